"""annotation-not-string: labels and annotations are text, by the rules of kubectl's YAML reader."""

from __future__ import annotations

import pytest

from tests.conftest import LintText

RULE = "annotation-not-string"


def service(value: str, field: str = "annotations") -> str:
    head = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n"
    return f"{head}  {field}:\n    example.com/key: {value}\nspec: {{ports: [{{port: 80}}]}}\n"


@pytest.mark.parametrize("field", ["labels", "annotations"])
def test_a_bare_boolean_points_at_the_value_and_is_fixed_by_quotes(lint_text: LintText, field: str) -> None:
    (found,) = lint_text(service("yes", field), select=RULE)
    assert (found.message_key, found.severity) == ("scalar", "error")
    assert (found.place, found.end_line, found.end_column) == ((6, 22), 6, 25)
    assert found.message == (
        f"The {field[:-1]} example.com/key is yes without quotes, which YAML reads as true or false: "
        "the API server takes only text and refuses the object."
    )
    fix = found.finding.fix
    assert fix is not None
    assert (fix.safety, fix.edits[0].text) == ("safe", '"yes"')


@pytest.mark.parametrize(
    "value",
    [
        "y", "N", "no", "on", "Off", "true", "FALSE", "10", "-1", "010", "0x1F", "0b1", "0o17", "1_000", "1__", "1e3", "1.10",
        ".5", ".inf", ".NaN",
    ],
)  # fmt: skip
def test_what_yaml_reads_as_no_text_keeps_its_spelling_when_quoted(lint_text: LintText, value: str) -> None:
    (found,) = lint_text(service(value), select=RULE)
    assert found.message_key == "scalar"
    assert found.finding.fix is not None
    assert found.finding.fix.edits[0].text == f'"{value}"'


@pytest.mark.parametrize(
    "value",
    [
        '"true"', "'10'", "text", "2026-11-23", "2026-11-23T10:00:00Z", "1:30", "1.2.3", "10s", "0xZZ", "yess", "tRue", "=", "<<",
        "!!str 10", "! 10", "|\n      10", ">-\n      true", '""', "${PORT}", "{{ .Values.port }}", "_1", "0b2", "12e03x",
    ],
)  # fmt: skip
def test_text_is_fine(lint_text: LintText, value: str) -> None:
    assert lint_text(service(value), select=RULE) == []


@pytest.mark.parametrize("value", ["", "~", "null"])
def test_an_empty_value_is_accepted_as_an_empty_text(lint_text: LintText, value: str) -> None:
    (found,) = lint_text(service(value), select=RULE)
    assert (found.message_key, found.severity, found.line) == ("empty", "info", 6)


@pytest.mark.parametrize(("value", "kind"), [("[a, b]", "a list"), ("{a: b}", "a map"), ("[]", "a list")])
def test_a_collection_cannot_be_quoted_by_the_tool(lint_text: LintText, value: str, kind: str) -> None:
    (found,) = lint_text(service(value), select=RULE)
    assert (found.message_key, found.place, found.finding.fix) == ("collection", (6, 22), None)
    assert f"is {kind}:" in found.message


def test_a_number_by_tag_stays_a_number_inside_quotes(lint_text: LintText) -> None:
    (found,) = lint_text(service("!!int 10"), select=RULE)
    assert (found.message_key, found.place, found.finding.fix) == ("scalar", (6, 28), None)


def test_an_alias_is_reported_where_it_stands_and_not_fixed_there(lint_text: LintText) -> None:
    text = "apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  labels: {a: &one 1, b: *one}\nspec: {ports: [{port: 80}]}\n"
    first, second = lint_text(text, select=RULE)
    assert (first.place, second.place) == ((5, 20), (5, 26))
    assert first.finding.fix is not None
    assert second.finding.fix is None


def test_pods_are_looked_at_too(lint_text: LintText) -> None:
    text = """\
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: report, labels: {a: 1}}
        spec:
          schedule: "0 1 * * *"
          jobTemplate:
            metadata: {labels: {a: 2}}
            spec:
              template:
                metadata: {labels: {a: 3}, annotations: {b: on}}
                spec: {containers: [{name: a, image: a}]}
        """
    found = lint_text(text, select=RULE)
    assert [one.place for one in found] == [(3, 38), (7, 28), (10, 32), (10, 53)]
    assert found[2].field == "spec.jobTemplate.spec.template.metadata.labels.a"


def test_a_bare_pod_is_reported_once(lint_text: LintText) -> None:
    text = "apiVersion: v1\nkind: Pod\nmetadata: {name: a, labels: {b: 1}}\nspec: {containers: []}\n"
    assert [one.place for one in lint_text(text, select=RULE)] == [(3, 33)]


def test_labels_shared_by_an_alias_are_reported_once(lint_text: LintText) -> None:
    text = """\
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: a, labels: &labels {b: 1}}
        spec:
          template:
            metadata: {labels: *labels}
            spec: {containers: []}
        """
    assert [one.place for one in lint_text(text, select=RULE)] == [(3, 41)]


def test_items_of_a_list_are_objects_of_their_own(lint_text: LintText) -> None:
    text = """\
        apiVersion: v1
        kind: List
        items:
          - apiVersion: v1
            kind: Service
            metadata: {name: a, labels: {b: 1}}
            spec: {ports: [{port: 80}]}
        """
    (found,) = lint_text(text, select=RULE)
    assert (found.place, found.finding.object and found.finding.object.name) == ((6, 37), "a")


def test_json_numbers_are_no_text_either(lint_text: LintText) -> None:
    text = '{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a", "labels": {"b": 1}}, "spec": {"ports": []}}'
    (found,) = lint_text({"a.json": text}, select=RULE)
    assert (found.path, found.place) == ("a.json", (1, 83))
