"""yaml-syntax and duplicate-key: what is wrong before there is an object."""

from __future__ import annotations

import pytest

from tests.conftest import LintText

HEAD = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n"
GOOD = HEAD + "spec:\n  ports:\n    - port: 80\n"


@pytest.mark.parametrize(
    ("rest", "place"),
    [
        ("  labels: {a: [b}\n", (5, 17)),
        ("\tlabels: {}\n", (5, 1)),
        ("  labels: 'a\n", (5, 11)),
        ("  labels:\n    a: b\n   c: d\n", (7, 4)),
        ("  labels: a: b\n", (5, 12)),
        ("  labels: @a\n", (5, 11)),
        ('  labels: "\\q"\n', (5, 12)),
    ],
    ids=["bracket", "tab", "quote", "indentation", "two colons", "reserved sign", "escape"],
)
def test_a_syntax_error_has_its_place(lint_text: LintText, rest: str, place: tuple[int, int]) -> None:
    (found,) = lint_text(HEAD + rest, select="yaml-syntax")
    assert (found.message_key, found.severity, found.place) == ("syntax", "error", place)
    assert found.message.startswith("This document does not parse (")


def test_an_error_costs_one_document_not_the_file(lint_text: LintText) -> None:
    text = GOOD + "---\n" + HEAD + "  labels: {a: [b}\n---\n" + GOOD.replace("name: web", "name: web\n  labels: {a: 1}")
    found = lint_text(text, select=["yaml-syntax", "annotation-not-string"])
    assert [(one.rule, one.line) for one in found] == [("yaml-syntax", 13), ("annotation-not-string", 19)]


@pytest.mark.parametrize(
    "text",
    [
        "name: ci\non: [push\n",  # no object of Kubernetes
        "apiVersion: v1\nkind: Service\nmetadata: {name: {{ .Release.Name }}-web\n",  # a template
        GOOD + "...\n# done\n",
        "%YAML 1.1\n---\n" + GOOD,
        "\ufeff" + GOOD,
        GOOD.replace("\n", "\r\n"),
    ],
    ids=["not Kubernetes", "template", "end mark", "directive", "BOM", "CRLF"],
)
def test_text_that_is_no_fault_of_the_manifest(lint_text: LintText, text: str) -> None:
    assert lint_text(text, select="manifest") == []


def test_an_alias_that_contains_itself(lint_text: LintText) -> None:
    (found,) = lint_text(HEAD + "  labels: &a\n    b: *a\n", select="yaml-syntax")
    assert (found.message_key, found.place) == ("aliases", (6, 8))
    assert "anchor 'a' contains itself" in found.message


def test_an_alias_without_an_anchor(lint_text: LintText) -> None:
    (found,) = lint_text(HEAD + "  labels: *nobody\n", select="yaml-syntax")
    assert (found.message_key, found.place) == ("aliases", (5, 11))


def test_an_alias_bomb(lint_text: LintText) -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]" for n in range(1, 9)]
    (found,) = lint_text(GOOD + "\n".join(lines) + "\n", select="yaml-syntax")
    assert found.message_key == "aliases"
    assert "unfold to more than" in found.message


def test_very_deep_nesting(lint_text: LintText) -> None:
    (found,) = lint_text(HEAD + "  labels: " + "[" * 5000 + "]" * 5000 + "\n", select="yaml-syntax")
    assert (found.message_key, found.line) == ("too-deep", 5)
    assert found.message.startswith("This document is nested deeper than")


def test_a_key_written_twice_points_at_the_second(lint_text: LintText) -> None:
    (found,) = lint_text(GOOD + "spec:\n  ports: []\n", select="duplicate-key")
    assert (found.message_key, found.severity, found.place) == ("twice", "error", (8, 1))
    assert (found.end_line, found.end_column) == (8, 5)
    assert found.message == "The key spec is written twice in one map: the first value is lost."
    assert found.related == [("manifest.yaml", 5, 1, "first written here: this value is lost")]


def test_the_same_value_twice_is_harmless_to_kubectl(lint_text: LintText) -> None:
    (found,) = lint_text(HEAD + "spec:\n  selector: {a: b}\n  selector:\n    a: b\n", select="duplicate-key")
    assert (found.message_key, found.severity, found.place) == ("twice-equal", "warning", (7, 3))
    assert found.related == [("manifest.yaml", 6, 3, "first written here")]


def test_three_times_make_two_findings(lint_text: LintText) -> None:
    found = lint_text(HEAD + "  labels: {a: b, a: c, a: d}\n", select="duplicate-key")
    assert [(one.place, one.related[0][1:3]) for one in found] == [((5, 18), (5, 12)), ((5, 24), (5, 18))]


def test_keys_of_two_maps_are_no_duplicates(lint_text: LintText) -> None:
    text = HEAD + "spec:\n  ports:\n    - port: 80\n    - port: 81\n"
    assert lint_text(text, select="duplicate-key") == []


def test_a_merged_key_may_be_overridden(lint_text: LintText) -> None:
    text = HEAD + "  labels: &common {a: b}\n  annotations:\n    <<: *common\n    a: c\n"
    assert lint_text(text, select="duplicate-key") == []


def test_two_merges_are_legal(lint_text: LintText) -> None:
    text = HEAD + "  labels: &one {a: b}\n  annotations:\n    <<: *one\n    <<: *one\n"
    assert lint_text(text, select="duplicate-key") == []


def test_duplicates_outside_kubernetes_are_not_our_business(lint_text: LintText) -> None:
    assert lint_text("a: 1\na: 2\n", select="duplicate-key") == []
    assert lint_text("kind: values\na: 1\na: 2\n", select="duplicate-key") == []


def test_duplicates_in_json(lint_text: LintText) -> None:
    text = '{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a", "name": "b"}}'
    (found,) = lint_text({"a.json": text}, select="duplicate-key")
    assert (found.path, found.place) == ("a.json", (1, 67))
