"""The summary as JSON, for scripts. All but `run` follows from the trees, the configuration and the last run."""

from __future__ import annotations

from typing import Any, NamedTuple

from kubelint_lb import __version__
from kubelint_lb.fleet.summary import Change, RuleSummary, Summary, TeamSummary, TreeSummary, Trend
from kubelint_lb.fleet.task import Status
from kubelint_lb.output.json_text import counts_of, dump

VERSION = 1


class RunFacts(NamedTuple):
    """What another run over the same trees would say otherwise: when it began (ISO 8601, UTC) and how long it took."""

    started: str
    seconds: float


def summary_json(summary: Summary, facts: RunFacts) -> str:
    """The text of `fleet.json`; the order of the keys is part of the format."""
    return dump(
        {
            "version": VERSION,
            "tool": {"name": "kubelint-lb", "version": __version__},
            "totals": _totals(summary),
            "trend": None if summary.trend is None else _trend(summary.trend),
            "rules": [_rule(one) for one in summary.rules],
            "teams": [_team(one) for one in summary.teams],
            "trees": [_tree(one) for one in summary.trees],
            "run": {
                "started": facts.started,
                "seconds": round(facts.seconds, 3),
                "linted": summary.counted(Status.LINTED),
                "kept": summary.counted(Status.KEPT),
                "failed": summary.counted(Status.FAILED),
            },
        }
    )


def _totals(summary: Summary) -> dict[str, Any]:
    trees = summary.trees
    return {
        "trees": len(trees),
        "failed": len(summary.failed),
        "files": sum(one.files for one in trees),
        "manifests": sum(one.manifests for one in trees),
        "units": sum(one.units for one in trees),
        "findings": counts_of(summary.severities),
        "suppressed": sum(one.suppressed for one in trees),
    }


def _trend(trend: Trend) -> dict[str, int]:
    return {
        "trees_came": trend.came,
        "trees_went": trend.went,
        "trees_compared": trend.compared,
        **_change(trend.change),
    }


def _rule(rule: RuleSummary) -> dict[str, Any]:
    return {
        "rule": rule.rule,
        "severity": rule.severity,
        "findings": rule.findings,
        "trees": rule.trees,
        "teams": rule.teams,
        **_change(rule.change),
    }


def _team(team: TeamSummary) -> dict[str, Any]:
    return {
        "team": team.team,
        "trees": team.trees,
        "failed": team.failed,
        "findings": counts_of(team.severities),
        "rules": team.rules,
        **_change(team.change),
    }


def _tree(tree: TreeSummary) -> dict[str, Any]:
    return {
        "name": tree.name,
        "team": tree.team,
        "folder": f"trees/{tree.folder}",
        "kind": tree.kind,
        # Whether it was linted now or earlier is a fact of the run, not of the tree.
        "failed": tree.reason if tree.status is Status.FAILED else None,
        "files": tree.files,
        "manifests": tree.manifests,
        "units": tree.units,
        "suppressed": tree.suppressed,
        "skipped": tree.skipped,
        "notices": list(tree.notices),
        "findings": counts_of(tree.severities),
        "rules": tree.rules,
        **(_change(tree.change) if tree.change is not None else {"new": None, "gone": None}),
    }


def _change(change: Change) -> dict[str, int]:
    return {"new": change.new, "gone": change.gone}
