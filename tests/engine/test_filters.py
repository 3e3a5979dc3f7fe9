"""Severities, what is hidden, exit codes: the order in which findings are sifted (severity, suppression, minimum, exit)."""

from __future__ import annotations

from pathlib import Path

import pytest

from kubelint_lb.engine.run import lint
from kubelint_lb.report.finding import Finding
from kubelint_lb.settings.errors import UsageError
from kubelint_lb.settings.settings import Ignored, PerPath, RuleOverride, Settings
from kubelint_lb.settings.severity import Severity
from tests.conftest import LintTree, write_tree
from tests.engine.slips import GOOD, RULE, SLIP, rules

ERROR, WARNING, INFO = Severity.ERROR, Severity.WARNING, Severity.INFO
AFFINITY = "affinity-timeout-unbounded"
# An error (a label), a warning (no limit, with pods in sight) and an info (a suppression without a reason).
THREE = """\
apiVersion: v1
kind: Service
metadata:
  name: web
  labels: {release: 1.10}
  annotations:
    a: 1  # kubelint-lb: ignore[annotation-not-string]
spec:
  selector: {app: web}
  sessionAffinity: ClientIP
  ports: [{port: 80}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: web}]}
"""
CHOSEN = (RULE, AFFINITY, "unused-suppression")


def severities(findings: tuple[Finding, ...]) -> list[tuple[str, Severity]]:
    return [(one.rule, one.severity) for one in findings]


def test_three_severities(lint_tree: LintTree) -> None:
    report = lint_tree(THREE, select=CHOSEN)
    assert severities(report.findings) == [(RULE, ERROR), ("unused-suppression", INFO), (AFFINITY, WARNING)]
    assert report.summary.findings == {ERROR: 1, WARNING: 1, INFO: 1}
    assert (report.hidden, report.summary.suppressed) == ((), 1)


@pytest.mark.parametrize(
    ("minimum", "fail_on", "shown", "exit_code"),
    [
        (INFO, INFO, 3, 1),
        (WARNING, WARNING, 2, 1),
        (ERROR, ERROR, 1, 1),
        (ERROR, None, 1, 0),
        (WARNING, None, 2, 0),
        (WARNING, ERROR, 2, 1),
        (ERROR, WARNING, 2, 1),
        (ERROR, INFO, 3, 1),
    ],
)
def test_what_is_below_the_minimum_is_counted_as_hidden(
    tmp_path: Path, minimum: Severity, fail_on: Severity | None, shown: int, exit_code: int
) -> None:
    """A lower --fail-on lowers the minimum: nobody fails for something unseen."""
    write_tree(tmp_path, {"web.yaml": THREE})
    report = lint([tmp_path], Settings(select=CHOSEN, severity=minimum, fail_on=fail_on))
    assert (len(report.findings), len(report.hidden), report.summary.hidden) == (shown, 3 - shown, 3 - shown)
    assert report.exit_code == exit_code
    assert sum(report.summary.findings.values()) == shown


@pytest.mark.parametrize(("fail_on", "exit_code"), [(ERROR, 0), (WARNING, 1), (INFO, 1), (None, 0)])
def test_the_exit_code_looks_at_what_is_left(lint_tree: LintTree, fail_on: Severity | None, exit_code: int) -> None:
    report = lint_tree(THREE, select=(AFFINITY,), fail_on=fail_on)
    assert (severities(report.findings), report.exit_code) == ([(AFFINITY, WARNING)], exit_code)


def test_what_is_suppressed_does_not_fail(lint_tree: LintTree) -> None:
    entry = PerPath(("*",), (Ignored("ALL"),), reason="r")
    report = lint_tree(THREE, select=(RULE, AFFINITY), per_path=(entry,))
    assert (report.findings, report.hidden, len(report.suppressed), report.exit_code) == ((), (), 3, 0)


def test_a_configured_severity_comes_before_all_filters(tmp_path: Path) -> None:
    lowered = {RULE: RuleOverride(severity=INFO), AFFINITY: RuleOverride(severity=ERROR)}
    write_tree(tmp_path, {"web.yaml": THREE})
    report = lint([tmp_path], Settings(select=CHOSEN, rules=lowered))
    assert severities(report.findings) == [(AFFINITY, ERROR)]
    assert severities(report.hidden) == [(RULE, INFO), ("unused-suppression", INFO)]
    assert severities(report.suppressed) == [(RULE, INFO)]


def test_a_severity_for_a_path_holds_there_only(lint_tree: LintTree) -> None:
    entries = (
        PerPath(("old/**",), rules={RULE: RuleOverride(severity=INFO)}),
        PerPath(("old/dead/**",), rules={RULE: RuleOverride(off=True)}),
    )
    files = {"new.yaml": SLIP, "old/a.yaml": SLIP, "old/dead/a.yaml": SLIP}
    report = lint_tree(files, select=RULE, per_path=entries)
    assert [(one.location.path, one.severity) for one in report.findings] == [("new.yaml", ERROR), ("old/a.yaml", INFO)]


def test_a_clean_run(lint_tree: LintTree) -> None:
    report = lint_tree(GOOD)
    assert (report.findings, report.hidden, report.suppressed, report.skipped, report.exit_code) == ((), (), (), (), 0)
    assert report.sources == {}


def test_rules_that_were_enabled_are_told_with_their_words(lint_tree: LintTree) -> None:
    report = lint_tree(GOOD, select=CHOSEN)
    assert [one.name for one in report.rules] == sorted(CHOSEN)
    assert all(one.summary and one.help_markdown and one.url for one in report.rules)


def test_sources_hold_every_file_that_a_finding_shows(lint_tree: LintTree) -> None:
    report = lint_tree({"a.yaml": SLIP, "b.yaml": GOOD}, select=RULE)
    assert set(report.sources) == {"a.yaml"}
    assert report.sources["a.yaml"][:2] == ("apiVersion: v1", "kind: Service")


@pytest.mark.parametrize("option", ["select", "ignore"])
def test_an_unknown_rule_is_a_usage_error_with_the_nearest(lint_tree: LintTree, option: str) -> None:
    with pytest.raises(UsageError, match=r"unknown rule, family or profile 'servise' \(did you mean 'service'\?\)"):
        lint_tree(GOOD, **{"select": (), option: ("servise",)})


def test_nothing_to_lint(lint_tree: LintTree) -> None:
    report = lint_tree({})
    assert (rules(report), report.summary.files, report.exit_code) == ([], 0, 0)


def test_lint_takes_defaults(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert lint([]).exit_code == 0
