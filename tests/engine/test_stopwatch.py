"""--profile-rules says which rules take the time; what is found stays the same."""

from __future__ import annotations

from kubelint_lb.report.rule_time import RuleTime, table
from tests.conftest import LintTree

SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {selector: {app: web}, ports: [{port: 70000}]}\n"


def test_every_rule_that_ran_is_there(lint_tree: LintTree) -> None:
    report = lint_tree(SERVICE, select=("service-port-invalid", "field-value"), profile_rules=True)
    assert [(one.rule, one.calls, one.issues) for one in report.times] == [("field-value", 1, 0), ("service-port-invalid", 1, 1)]
    assert lint_tree(SERVICE, select=("service-port-invalid", "field-value")).findings == report.findings


def test_the_table_has_the_slowest_first() -> None:
    times = (RuleTime("quick", 0.001, 1, 0), RuleTime("slow", 0.003, 10, 2))
    assert table(times) == (
        "rule   milliseconds  share   calls  issues\n"
        "slow            3.0    75%      10       2\n"
        "quick           1.0    25%       1       0"
    )
