"""A manifest with one known finding, and the finding it must give: what tests of reading look for."""

from __future__ import annotations

from kubelint_lb.deploy.skipped import SkipReason
from kubelint_lb.report.finding import Report

RULE = "annotation-not-string"

# The label's value is a number to YAML, at line 6, column 14.
SLIP = """\
apiVersion: v1
kind: Service
metadata:
  name: web
  labels:
    release: 1.10
spec:
  selector: {app: web}
  ports: [{port: 80}]
"""
GOOD = SLIP.replace("1.10", '"1.10"')


def places(report: Report) -> list[tuple[str, int, int]]:
    """Path, line and column of what is shown."""
    return [(one.location.path, *one.location.span[:2]) for one in report.findings]


def rules(report: Report) -> list[str]:
    """The rules of what is shown, with their messages' keys."""
    return [f"{one.rule}[{one.message_key}]" for one in report.findings]


def reasons(report: Report) -> dict[str, SkipReason]:
    """Why files were not linted."""
    return {one.path: one.reason for one in report.skipped}
