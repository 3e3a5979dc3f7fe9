"""Suppressions with a last day: past it the finding is back and says since when."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from kubelint_lb.report.finding import Report
from kubelint_lb.settings.settings import Ignored, ObjectSuppression, PerPath
from kubelint_lb.source.place import Location
from kubelint_lb.source.span import Span
from tests.conftest import write_tree
from tests.engine.trees import RULE, check, places, sticky

LAST, AFTER = "2027-06-30", "2027-07-01"
WORDS = "the suppression here held until 2027-06-30"


def commented(root: Path, today: str, words: str = "until 2027-06-30 long calls") -> Report:
    write_tree(root, {"web.yaml": sticky(comment=f" # kubelint-lb: ignore[{RULE}] {words}")})
    return check(root, today=today)


def annotated(root: Path, today: str) -> Report:
    annotations = f'  annotations: {{kubelint-lb.dev/ignore.{RULE}: "until 2027-06-30: long calls"}}\nspec:'
    write_tree(root, {"web.yaml": sticky().replace("spec:", annotations)})
    return check(root, today=today)


def per_path(root: Path, today: str, until: str = LAST) -> Report:
    write_tree(root, {"web.yaml": sticky(), ".kubelint-lb.yaml": "# here\n"})
    ignored = (Ignored("service", Location(".kubelint-lb.yaml", Span(1, 1, 1, 7))),)
    return check(root, today=today, per_path=(PerPath(("web.yaml",), ignored, reason="long calls", until=until),))


def by_identity(root: Path, today: str) -> Report:
    write_tree(root, {"web.yaml": sticky(), ".kubelint-lb.yaml": "# here\n"})
    where = Location(".kubelint-lb.yaml", Span(1, 1, 1, 7))
    suppression = ObjectSuppression(RULE, name="web", reason="long calls", until=LAST, location=where)
    return check(root, today=today, objects=(suppression,))


Run = Callable[[Path, str], Report]
KINDS = pytest.mark.parametrize(
    ("run", "place"),
    [
        (commented, ("web.yaml", 11)),
        (annotated, ("web.yaml", 6)),
        (per_path, (".kubelint-lb.yaml", 1)),
        (by_identity, (".kubelint-lb.yaml", 1)),
    ],
)


@KINDS
def test_a_suppression_holds_through_its_last_day(run: Run, place: tuple[str, int], tmp_path: Path) -> None:
    report = run(tmp_path, LAST)
    assert report.findings == ()
    assert [one.suppressed.reason for one in report.suppressed if one.suppressed] == ["long calls"]


@KINDS
def test_past_it_the_finding_is_back_with_a_note(run: Run, place: tuple[str, int], tmp_path: Path) -> None:
    report = run(tmp_path, AFTER)
    (finding,) = [one for one in report.findings if one.rule == RULE]
    (note,) = finding.related
    assert (note.location.path, note.location.span.line, note.message) == (*place, WORDS)
    assert report.sources[note.location.path], "its excerpt can be shown"
    assert [one for one in places(report.findings) if "unused" in one] == [], "it would hide this finding if it still held"


def test_of_two_suppressions_the_one_that_holds_counts(tmp_path: Path) -> None:
    write_tree(tmp_path, {"web.yaml": sticky(comment=f" # kubelint-lb: ignore[{RULE}] until 2020-01-01 was known")})
    objects = (ObjectSuppression(RULE, name="web", reason="long calls"),)
    report = check(tmp_path, objects=objects, today=LAST)
    assert [one for one in report.findings if one.rule == RULE] == []


def test_of_two_entries_for_a_path_the_one_that_holds_longer_counts(tmp_path: Path) -> None:
    write_tree(tmp_path, {"web.yaml": sticky()})
    entries = (
        PerPath(("web.yaml",), (Ignored(RULE),), reason="for good"),
        PerPath(("*.yaml",), (Ignored(RULE),), until="2020-01-01"),
    )
    assert check(tmp_path, per_path=entries, today=LAST).findings == ()


@pytest.mark.parametrize("day", ["30/06/2027", "2027-6-30", "2027-13-01", "2027.06.30"])
def test_a_day_that_is_none_is_reported(tmp_path: Path, day: str) -> None:
    report = commented(tmp_path, AFTER, f"until {day} long calls")
    assert places(report.findings) == ["web.yaml:11:29 unused-suppression[bad-until]"]
    assert report.findings[0].message == f"This suppression of {RULE} never ends: {day} is no day such as 2027-06-30."


@pytest.mark.parametrize("words", ["until 1.36 is out", "until the new nodes come", "until 2 pods run", "until2027-01-01"])
def test_words_that_name_no_day_are_a_reason(tmp_path: Path, words: str) -> None:
    report = commented(tmp_path, AFTER, words)
    assert report.findings == ()
    assert [one.suppressed.reason for one in report.suppressed if one.suppressed] == [words]


def test_a_day_is_no_reason(tmp_path: Path) -> None:
    report = commented(tmp_path, LAST, "until 2027-06-30")
    assert [one.message_key for one in report.hidden if one.rule == "unused-suppression"] == ["no-reason"]


def test_a_suppression_that_ended_and_would_hide_nothing_is_unused(tmp_path: Path) -> None:
    comment = f" # kubelint-lb: ignore[{RULE}] until 2020-01-01 long calls"
    write_tree(tmp_path, {"web.yaml": sticky(comment=comment, seconds=600)})
    assert places(check(tmp_path, today=LAST).findings) == ["web.yaml:11:27 unused-suppression[unused]"]
