"""The page of a fleet: what it says, that it needs nothing else, and that names of other people are only words in it."""

from __future__ import annotations

from html.parser import HTMLParser
from pathlib import Path

from kubelint_lb.fleet import page as page_module
from kubelint_lb.fleet.page import page
from kubelint_lb.fleet.record import Found, Record, write_record
from kubelint_lb.fleet.summary import Adding, Summary
from kubelint_lb.fleet.targets import Target
from kubelint_lb.fleet.task import Outcome, Status
from kubelint_lb.settings.severity import Severity

HOSTILE = "<script>alert(1)</script>\"' onload=x & \u202eevil"


class _Page(HTMLParser):
    """The elements, attributes and words of a page, and which elements were not closed in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words = ""
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag != "meta":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.words += data + "\n"


def summary_of(folder: Path, *trees: tuple[str, str, tuple[str, ...]], failed: str = "") -> Summary:
    """Trees with a name, a team, and the rules that were found once each."""
    adding = Adding(None)
    for name, team, rules in sorted(trees):
        target = Target(name, team, f"/{name}")
        place = folder / target.folder
        place.mkdir()
        found = tuple(Found(rule, Severity.WARNING, str(number)) for number, rule in enumerate(rules))
        write_record(place, Record("k", "r", "", "folder", 1, 2, 1, 0, 0, found, ()))
        adding.add(target, Outcome(name, Status.LINTED), place)
    if failed:
        adding.add(Target(failed, HOSTILE, "/x"), Outcome(failed, Status.FAILED, HOSTILE), folder)
    return adding.summary()


def test_it_says_which_rules_where(tmp_path: Path) -> None:
    trees = [("a", "shop", ("one", "two")), ("b", "bank", ("one",)), ("c", "", ())]
    words = _Page(page(summary_of(tmp_path, *trees))).words
    assert "3 warnings in 3 trees." in words
    for expected in ("shop", "bank", "(no team)", "one", "two", "Rules by team"):
        assert expected in words


def test_hostile_names_are_only_words(tmp_path: Path) -> None:
    summary = summary_of(tmp_path, (HOSTILE, HOSTILE, (HOSTILE,)), ("a", "b", ()), failed="z" + HOSTILE)
    read = _Page(page(summary))
    assert read.open == []
    assert "script" not in read.tags
    assert not [name for name, _ in read.attributes if name.startswith("on")]
    assert {value for name, value in read.attributes if name == "href"} == {
        f"trees/{one.folder}/report.{kind}" for one in summary.trees if not one.reason for kind in ("json", "sarif")
    }
    assert "<script>alert(1)</script>" in read.words
    assert "\u202e" not in read.words


def test_it_needs_no_network_and_no_scripts_and_knows_the_dark(tmp_path: Path) -> None:
    text = page(summary_of(tmp_path, ("a", "", ("one",))))
    assert "http" not in text
    assert "<script" not in text
    assert "prefers-color-scheme: dark" in text


def test_a_large_fleet_shows_the_worst_and_says_so(tmp_path: Path, monkeypatch: object) -> None:
    most = page_module.MOST_ROWS
    trees = [(f"tree-{number}", "", ("one",) * (number % 3)) for number in range(most + 20)]
    words = _Page(page(summary_of(tmp_path, *trees))).words
    assert f"Trees ({most} of {most + 20}, with the most findings)" in words


def test_nothing_found(tmp_path: Path) -> None:
    assert "No problems found in 1 tree." in _Page(page(summary_of(tmp_path, ("a", "", ())))).words
