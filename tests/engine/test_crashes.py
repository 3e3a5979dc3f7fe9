"""A detector that fails is a finding with its place; everything else is still reported, and the exit code is 3."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest

from kubelint_lb.detectors.api import Context, Issue, View
from kubelint_lb.detectors.manifest import annotation_not_string, yaml_syntax
from kubelint_lb.settings.settings import RuleOverride
from kubelint_lb.settings.severity import Severity
from kubelint_lb.traffic.objects import Objects
from tests.conftest import LintTree
from tests.engine.slips import RULE, SLIP, places, rules

Check = Callable[[Any, Context], Iterator[Issue]]
TWO = SLIP + "---\n" + SLIP.replace("name: web", "name: shop").replace("kind: Service", "kind: Pod")


def crash_at_once(view: View, _ctx: Context) -> Iterator[Issue]:
    raise ValueError(f"no idea what {view.name} is")


def crash_in_the_middle(view: View, _ctx: Context) -> Iterator[Issue]:
    yield Issue(view.node, "empty", what="label", key="one")
    raise KeyError("two")


def recurse(view: View, ctx: Context) -> Iterator[Issue]:
    yield from recurse(view, ctx)


def point_nowhere(view: View, _ctx: Context) -> Iterator[Issue]:
    yield Issue(None, "empty", what="label", key="one")  # type: ignore[arg-type]


def relate_to_nothing(view: View, _ctx: Context) -> Iterator[Issue]:
    yield Issue(view.node, "empty", what="label", key="one").related(None, "here")  # type: ignore[arg-type]


def say_nothing_known(view: View, _ctx: Context) -> Iterator[Issue]:
    yield Issue(view.node, "no-such-message")


def forget_a_word(view: View, _ctx: Context) -> Iterator[Issue]:
    yield Issue(view.node, "empty", what="label")


@pytest.mark.parametrize(
    ("check", "error"),
    [
        (crash_at_once, "ValueError: no idea what web is"),
        (recurse, "RecursionError: maximum recursion depth exceeded"),
        (point_nowhere, "AttributeError: 'NoneType' object has no attribute 'span'"),
        (relate_to_nothing, "AttributeError: 'NoneType' object has no attribute 'span'"),
        (say_nothing_known, "KeyError: 'no-such-message'"),
        (forget_a_word, "KeyError: 'key'"),
    ],
)
def test_a_crash_is_a_finding_at_its_object(
    lint_tree: LintTree, monkeypatch: pytest.MonkeyPatch, check: Check, error: str
) -> None:
    monkeypatch.setattr(annotation_not_string, "check", check)
    report = lint_tree(SLIP + "---\nkind: Pod\napiVersion: v1\nmetadata: {}\nmetadata: {}\n", select=("manifest",))
    first, *others = report.findings
    assert (first.rule, first.message_key, first.severity) == ("internal-error", "crashed", Severity.ERROR)
    assert first.message.startswith(f"The rule {RULE} failed on this object: {error}")
    assert first.location.span[:2] == (4, 9)
    assert first.object is not None
    assert (first.object.kind, first.object.name) == ("Service", "web")
    assert "duplicate-key" in {one.rule for one in others}
    assert report.exit_code == 3


def test_what_was_found_before_a_crash_stays(lint_tree: LintTree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotation_not_string, "check", crash_in_the_middle)
    report = lint_tree(TWO, select=RULE)
    assert rules(report) == [f"{RULE}[empty]", "internal-error[crashed]"] * 2


def test_a_crash_over_a_document_is_a_finding_at_its_fault(lint_tree: LintTree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_syntax, "check", crash_at_once)
    report = lint_tree("apiVersion: v1\nkind: Service\nmetadata: {name: [}\n", select="yaml-syntax")
    assert rules(report) == ["internal-error[crashed]"]
    assert places(report) == [("manifest.yaml", 3, 19)]


def test_a_view_that_fails_is_a_finding(lint_tree: LintTree, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(self: Objects, manifest: object) -> View:
        raise IndexError("no view")

    monkeypatch.setattr(Objects, "view", fail)
    report = lint_tree(SLIP, select=RULE)
    assert [one.message for one in report.findings] == [f"The rule {RULE} failed on this object: IndexError: no view."]


def test_nothing_hides_a_crash(lint_tree: LintTree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(annotation_not_string, "check", crash_at_once)
    text = SLIP.replace("name: web", "name: web  # kubelint-lb: ignore[internal-error] please")
    quiet = {"internal-error": RuleOverride(severity=Severity.INFO)}
    report = lint_tree(text, select=RULE, fail_on=None, rules=quiet)
    assert rules(report) == ["internal-error[crashed]"]
    assert report.exit_code == 3
