"""A fingerprint says what a finding is, wherever it stands; order and bytes are the same in every run."""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from kubelint_lb.engine.fingerprint import field_of
from kubelint_lb.engine.run import lint
from kubelint_lb.report.finding import Finding, Report
from kubelint_lb.settings.settings import Settings
from kubelint_lb.settings.severity import Severity
from kubelint_lb.source.node import Mapping
from kubelint_lb.source.parse import parse_text
from tests.conftest import LintTree, write_tree
from tests.engine.slips import RULE, SLIP

PORTS = "service-port-invalid"
SERVICE = """\
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop, labels: {a: 1, b: 2}}
spec:
  selector: {app: web}
  ports:
    - name: a
      port: 0
    - name: b
      port: 99999
"""


def prints(report: Report) -> dict[str, str]:
    """Fingerprints by field."""
    found = {one.field: one.fingerprint for one in report.findings}
    assert len(found) == len(report.findings)
    return found


def test_it_is_sixteen_hex_digits_and_names_the_field(lint_tree: LintTree) -> None:
    report = lint_tree(SERVICE, select=(RULE, PORTS))
    assert sorted(prints(report)) == ["metadata.labels.a", "metadata.labels.b", "spec.ports[0].port", "spec.ports[1].port"]
    assert all(len(one) == 16 and int(one, 16) >= 0 for one in prints(report).values())
    assert len(set(prints(report).values())) == 4


def test_it_stays_when_lines_move(lint_tree: LintTree) -> None:
    before = prints(lint_tree(SERVICE, select=(RULE, PORTS)))
    moved = "# more\n\n---\n" + SERVICE.replace("spec:", "\n# words\nspec:\n  type: ClusterIP")
    assert prints(lint_tree(moved, select=(RULE, PORTS))) == before


def test_it_stays_in_another_file_and_spelling(lint_tree: LintTree, tmp_path: Path) -> None:
    before = prints(lint_tree(SERVICE, select=PORTS))
    (tmp_path / "manifest.yaml").unlink()
    quoted = SERVICE.replace("name: a", 'name: "a"').replace("apiVersion: v1", "'apiVersion': v1")
    assert prints(lint_tree({"sub/web.yaml": quoted}, select=PORTS)) == before


def test_it_stays_when_items_change_places(lint_tree: LintTree) -> None:
    before = set(prints(lint_tree(SERVICE, select=PORTS)).values())
    head, first, second = SERVICE.partition("    - name: a\n      port: 0\n")
    assert set(prints(lint_tree(head + second + first, select=PORTS)).values()) == before


def test_it_stays_when_the_words_change(lint_tree: LintTree) -> None:
    before = prints(lint_tree(SERVICE, select=PORTS))
    assert prints(lint_tree(SERVICE.replace("99999", "70000"), select=PORTS)) == before


@pytest.mark.parametrize(
    ("old", "new"), [("name: web", "name: shop"), ("namespace: shop", "namespace: bar"), ("kind: Service", "kind: Pod")]
)
def test_it_differs_for_another_object(lint_tree: LintTree, old: str, new: str) -> None:
    before = prints(lint_tree(SERVICE, select=RULE))
    after = prints(lint_tree(SERVICE.replace(old, new), select=RULE))
    assert not set(before.values()) & set(after.values())


def test_equals_are_told_apart_by_their_order(lint_tree: LintTree) -> None:
    report = lint_tree(SLIP + "---\n" + SLIP, select=RULE)
    assert len({one.fingerprint for one in report.findings}) == 2


def test_an_alias_has_a_field_of_its_own(lint_tree: LintTree) -> None:
    text = SLIP.replace("    release: 1.10\n", "    release: &r 1.10\n    again: *r\n")
    assert sorted(prints(lint_tree(text, select=RULE))) == ["metadata.labels.again", "metadata.labels.release"]


def test_odd_keys_are_quoted_in_fields(lint_tree: LintTree) -> None:
    text = SLIP.replace("release:", "app.kubernetes.io/version:")
    assert list(prints(lint_tree(text, select=RULE))) == ['metadata.labels["app.kubernetes.io/version"]']


def test_text_that_no_encoding_takes_has_a_fingerprint(lint_tree: LintTree) -> None:
    text = SLIP.replace("name: web", 'name: "w\\ud83d"')
    assert len(lint_tree({"web.json": text, "web.yaml": text}).findings) >= 2


@pytest.mark.parametrize(
    ("text", "steps", "path", "identity"),
    [
        ("a: {b: 1}", ("a", "b"), "a.b", "a.b"),
        ("a: [{name: x, port: 1}]", ("a", 0, "port"), "a[0].port", "a[name=x].port"),
        ("a: [{port: 80}]", ("a", 0, "port"), "a[0].port", "a[port=80].port"),
        ("a: [{host: h, path: /}]", ("a", 0, "path"), "a[0].path", "a[host=h,path=/].path"),
        ("a: [x, y]", ("a", 1), "a[1]", "a[=y]"),
        ("a: [{b: 1}]", ("a", 0, "b"), "a[0].b", "a[0].b"),
        ("a: [[1]]", ("a", 0, 0), "a[0][0]", "a[0][=1]"),
    ],
)
def test_fields_by_index_for_people_and_by_name_for_fingerprints(
    text: str, steps: tuple[str | int, ...], path: str, identity: str
) -> None:
    root = parse_text(text, "x.yaml")[0].root
    assert isinstance(root, Mapping)
    node = root.get(*steps)
    assert node is not None
    assert field_of(root, node) == (path, identity)


def test_a_key_has_the_field_of_its_value() -> None:
    root = parse_text("a: {b: 1}", "x.yaml")[0].root
    assert isinstance(root, Mapping)
    inner = root.get("a")
    assert isinstance(inner, Mapping)
    key = inner.key("b")
    assert key is not None
    assert field_of(root, key).path == "a.b"


# Order


def order(findings: tuple[Finding, ...]) -> list[tuple[object, ...]]:
    return [(one.location.path, one.location.span, one.rule, one.message) for one in findings]


def test_findings_stand_in_order_of_path_place_and_name(lint_tree: LintTree) -> None:
    files = {f"{name}.yaml": SERVICE + "---\n" + SLIP for name in ("b", "a", "c/a", "B")}
    report = lint_tree(files, select=(RULE, PORTS))
    assert order(report.findings) == sorted(order(report.findings))
    assert list(dict.fromkeys(one.location.path for one in report.findings)) == ["B.yaml", "a.yaml", "b.yaml", "c/a.yaml"]


def test_two_runs_are_equal_however_a_folder_is_listed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"{folder}{number}.yaml" for folder in ("", "x/", "x/y/", "z/") for number in range(5)]
    write_tree(tmp_path, dict.fromkeys(names, SERVICE + "---\n" + SLIP))
    settings = Settings(root=tmp_path.resolve(), severity=Severity.INFO)
    first = lint([tmp_path], settings)
    listing = os.scandir

    class Shuffled:
        def __init__(self, path: Path) -> None:
            with listing(path) as entries:
                self.entries = list(entries)
            random.Random(7).shuffle(self.entries)

        def __enter__(self) -> list[os.DirEntry[str]]:
            return self.entries

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr(os, "scandir", Shuffled)
    second = lint([tmp_path], settings)
    assert (second.findings, second.hidden, second.skipped) == (first.findings, first.hidden, first.skipped)
    assert second.summary == first.summary
    assert len(first.findings) > 50
