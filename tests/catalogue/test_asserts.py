"""A team's own rules, written in YAML: JSON Schema fragments at places of objects."""

from __future__ import annotations

from pathlib import Path

import pytest

from kubelint_lb.settings.errors import CatalogueError
from kubelint_lb.settings.severity import Severity
from tests.conftest import LintTree, write_tree

RULE = """\
name: team-label
severity: warning
confidence: high
since: "1"
kinds: [Service, Ingress]
messages:
  no-team: "{name} belongs to no team: {reason}."
  odd-team: {text: "{name} belongs to {value}.", severity: info}
assert:
  - at: metadata
    schema: {required: [labels]}
    message: no-team
  - at: metadata.labels
    schema: {required: [team]}
    message: no-team
  - at: metadata.labels.team
    schema: {enum: [shop, search]}
    message: odd-team
---
summary: Somebody answers for every Service.
why: |
  At night.
remedy: |
  Add the label.

  Or ask.
"""
SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: web
  labels:
    app: web
spec:
  selector: {app: web}
  ports:
    - name: http
      port: 80
    - name: metrics
      port: 90
"""


@pytest.fixture
def team(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of rules."""
    folder = tmp_path_factory.mktemp("rules")
    write_tree(folder, {"house/team-label.yaml": RULE})
    return folder


def rule_with(folder: Path, asserts: str) -> tuple[Path]:
    """A folder with one rule that asserts something, with the message `odd`."""
    head, _, _ = RULE.partition("messages:")
    tail = RULE[RULE.index("---") :]
    text = head.replace("team-label", "our-own") + f'messages:\n  odd: "{{value}}: {{reason}}"\nassert:\n  - {asserts}\n' + tail
    write_tree(folder, {"ours/our-own.yaml": text.replace("[Service, Ingress]", "[Any]")})
    return (folder / "ours",)


def test_a_rule_of_the_team_s_own(lint_tree: LintTree, team: Path) -> None:
    (found,) = lint_tree(SERVICE, select="team-label", rule_paths=(team,)).findings
    assert (found.rule, found.family, found.message_key) == ("team-label", "house", "no-team")
    assert (found.severity, found.confidence.value, found.help, found.url) == (Severity.WARNING, "high", "Add the label.", "")
    assert found.message == "Service web belongs to no team: 'team' is a required property."
    assert (found.field, found.location.span) == ("metadata.labels", (5, 3, 5, 9))


def test_it_runs_beside_the_others_without_being_selected(lint_tree: LintTree, team: Path) -> None:
    report = lint_tree(SERVICE, rule_paths=(team,))
    assert "team-label" in {one.rule for one in report.findings}
    assert [one.name for one in report.rules].count("team-label") == 1
    assert lint_tree(SERVICE, rule_paths=(team,), ignore=("house",)).findings == ()


def test_a_value_is_pointed_at_and_shown(lint_tree: LintTree, team: Path) -> None:
    (found,) = lint_tree(SERVICE.replace("app: web\nspec", "team: sales\nspec"), select="team-label", rule_paths=(team,)).findings
    assert (found.message, found.severity) == ("Service web belongs to sales.", Severity.INFO)
    assert found.location.span == (6, 11, 6, 16)


@pytest.mark.parametrize("team_name", ["shop", "{{ team }}", "${TEAM}", "sh-${TEAM}"])
def test_what_fits_or_may_fit_is_no_finding(lint_tree: LintTree, team: Path, team_name: str) -> None:
    text = SERVICE.replace("app: web\nspec", f"team: {team_name}\nspec")
    assert lint_tree(text, select="team-label", rule_paths=(team,)).findings == ()


def test_other_kinds_are_not_looked_at(lint_tree: LintTree, team: Path) -> None:
    assert lint_tree(SERVICE.replace("kind: Service", "kind: Pod"), select="team-label", rule_paths=(team,)).findings == ()


@pytest.mark.parametrize(
    ("asserts", "places"),
    [
        ("{at: 'spec.ports[*].port', schema: {maximum: 80}, message: odd}", [(13, 13)]),
        ("{at: 'spec.ports[*]', schema: {properties: {port: {minimum: 100}}}, message: odd}", [(11, 13), (13, 13)]),
        ("{at: 'spec.ports[*]', schema: {required: [protocol]}, message: odd}", [(10, 7), (12, 7)]),
        ("{at: spec.ports, schema: {maxItems: 1}, message: odd}", [(9, 3)]),
        ("{at: spec.selector, schema: {required: [team]}, message: odd}", [(8, 13)]),
        ("{at: 'spec.selector[*]', schema: {const: shop}, message: odd}", [(8, 19)]),
        ("{at: 'spec[\"selector\"].app', schema: {const: shop}, message: odd}", [(8, 19)]),
        ("{at: spec, schema: {required: [type]}, message: odd}", [(7, 1)]),
        ("{at: spec, schema: {required: [type, externalIPs]}, message: odd}", [(7, 1)]),
        ("{at: spec, schema: {properties: {ports: {items: {properties: {name: {maxLength: 4}}}}}}, message: odd}", [(12, 13)]),
        ("{at: spec.type, schema: {const: ClusterIP}, message: odd}", []),
        ("{at: kind, schema: {$ref: '#/$defs/x', $defs: {x: {const: Pod}}}, message: odd}", [(2, 7)]),
    ],
)
def test_the_error_s_path_is_the_place(lint_tree: LintTree, team: Path, asserts: str, places: list[tuple[int, int]]) -> None:
    report = lint_tree(SERVICE, select="our-own", rule_paths=rule_with(team, asserts))
    assert [one.location.span[:2] for one in report.findings] == places


@pytest.mark.parametrize(
    ("asserts", "places"),
    [
        ("{at: spec.type, set: true, message: odd}", [(7, 1)]),
        ("{at: spec.ports, set: true, message: odd}", []),
        ("{at: spec.selector, set: false, message: odd}", [(8, 3)]),
        ("{at: spec.type, set: true, when: [{at: spec.selector, set: true}], message: odd}", [(7, 1)]),
        ("{at: spec.type, set: true, when: [{at: spec.selector, set: false}], message: odd}", []),
        ("{at: spec.type, set: true, when: [{at: spec.externalName, set: false}], message: odd}", [(7, 1)]),
        ("{at: spec.type, set: true, when: [{at: 'spec.ports[*].port', schema: {const: 90}}], message: odd}", [(7, 1)]),
        ("{at: spec.type, set: true, when: [{at: 'spec.ports[*].port', schema: {const: 70}}], message: odd}", []),
        ("{at: spec.type, set: true, when: [{at: metadata.labels.app, schema: {const: api}}], message: odd}", []),
    ],
)
def test_conditions_and_what_has_to_be_set(lint_tree: LintTree, team: Path, asserts: str, places: list[tuple[int, int]]) -> None:
    report = lint_tree(SERVICE, select="our-own", rule_paths=rule_with(team, asserts))
    assert [one.location.span[:2] for one in report.findings] == places


@pytest.mark.parametrize(
    "asserts",
    [
        "{at: spec.type, set: true, message: odd}",
        "{at: spec.selector, schema: {const: 1}, when: [{at: spec.type, set: false}], message: odd}",
    ],
)
def test_what_a_kustomization_may_set_is_not_missing(lint_tree: LintTree, team: Path, asserts: str) -> None:
    files = {
        "base/service.yaml": SERVICE,
        "base/kustomization.yaml": "resources: [service.yaml]\nreplacements: [{path: x.yaml}]\n",
    }
    report = lint_tree(files, select="our-own", rule_paths=rule_with(team, asserts), render=False)
    assert report.findings == ()


def test_another_place_is_shown(lint_tree: LintTree, team: Path) -> None:
    asserts = "{at: spec.type, set: true, related: {at: 'spec.ports[*].name', text: a port}, message: odd}"
    (found,) = lint_tree(SERVICE, select="our-own", rule_paths=rule_with(team, asserts)).findings
    assert [(one.location.span[:2], one.message) for one in found.related] == [((10, 13), "a port")]


def test_a_user_s_rule_is_configured_and_suppressed_like_any(lint_tree: LintTree, team: Path) -> None:
    text = SERVICE.replace("  labels:", "  labels:  # kubelint-lb: ignore[team-label] an old one")
    report = lint_tree(text, select=("team-label", "unused-suppression"), rule_paths=(team,))
    assert (report.findings, len(report.suppressed)) == ((), 1)


@pytest.mark.parametrize(
    ("asserts", "mistake"),
    [
        ("{at: spec, schema: {}, message: od}", "9:37: there is no message 'od' (did you mean 'odd'?)"),
        ("{at: spec, schema: {type: strng}, message: odd}", "9:31: no JSON Schema: 'strng' is not valid"),
        ("{at: spec, schema: {pattern: '('}, message: odd}", "9:34: no JSON Schema: '(' is not a 'regex'"),
        ("{at: spec, schema: {$ref: 'https://example.org/x'}, message: odd}", "9:31: a schema elsewhere is not read"),
    ],
)
def test_mistakes_in_asserts_are_told_before_anything_is_linted(
    lint_tree: LintTree, team: Path, asserts: str, mistake: str
) -> None:
    folders = rule_with(team, asserts)
    with pytest.raises(CatalogueError) as caught:
        lint_tree(SERVICE, rule_paths=folders)
    assert str(caught.value).startswith(f"{folders[0] / 'our-own.yaml'}:{mistake}")


@pytest.mark.parametrize(
    ("message", "mistake"),
    [
        ('"{nam} is odd"', ":8:13: unknown field {nam}; a message may hold {name}, {value}, {reason}"),
        ('"{name is odd"', ":8:13: a brace in a message is written twice"),
        ('{text: "{}", severity: info}', ":8:20: unknown field {}"),
    ],
)
def test_mistakes_in_messages_are_told(lint_tree: LintTree, team: Path, message: str, mistake: str) -> None:
    write_tree(team, {"house/team-label.yaml": RULE.replace('{text: "{name} belongs to {value}.", severity: info}', message)})
    with pytest.raises(CatalogueError) as caught:
        lint_tree(SERVICE, rule_paths=(team,))
    assert mistake in str(caught.value)
