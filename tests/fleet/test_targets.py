"""Which trees words and lists name, what they are called and whose they are."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kubelint_lb.fleet.targets import Target, targets_of
from kubelint_lb.fleet.teams import team_rule
from kubelint_lb.settings.errors import UsageError
from tests.fleet.trees import git, repository


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def names(*words: str) -> list[str]:
    return [one.name for one in targets_of(words)]


def test_a_tree_is_called_what_was_written(here: Path) -> None:
    (target,) = targets_of(["./repos/shop/"])
    assert target == Target("repos/shop", "", str(here / "repos" / "shop"))


def test_trees_come_in_the_order_of_their_names_and_once_each() -> None:
    assert names("b", "a", "./b") == ["a", "b"]


def test_what_leads_up_says_nothing() -> None:
    assert names("../other/shop", "repos/../shop") == ["other/shop", "shop"]


def test_a_branch_is_part_of_the_name(here: Path) -> None:
    (target,) = targets_of(["shop.git#env/prod"])
    assert (target.name, target.place, target.branch) == ("shop.git#env/prod", str(here / "shop.git"), "env/prod")


def test_a_pattern_means_all_branches_that_it_matches(here: Path) -> None:
    folder = repository(here / "shop")
    for branch in ("env/prod", "env/test"):
        git(folder, "branch", branch)
    assert names("shop#env/*") == ["shop#env/prod", "shop#env/test"]
    assert names("shop#nothing/*") == ["shop#nothing/*"]  # and is told of, as a tree that could not be linted


def test_branches_that_only_a_remote_has(here: Path) -> None:
    git(repository(here / "shop"), "branch", "env/prod")
    git(here, "clone", "-q", "shop", "clone")
    assert names("clone#env/*") == ["clone#origin/env/prod"]


def test_a_url_of_a_repository_on_disk(here: Path) -> None:
    (target,) = targets_of([f"file://{here}/shop.git"])
    assert target.place == str(here / "shop.git")


def test_nothing_is_fetched() -> None:
    with pytest.raises(UsageError, match="nothing is fetched from the network; clone it first"):
        targets_of(["https://example.com/shop.git"])


def test_a_list_is_relative_to_where_it_lies(here: Path) -> None:
    (here / "lists").mkdir()
    (here / "lists" / "all.txt").write_text(
        "# the shops\n\n../shop.git#main team=shop\n'with space' name=spaced\ndump.yaml complete=true team=platform\n"
    )
    assert targets_of(["@lists/all.txt"]) == (
        Target("dump.yaml", "platform", str(here / "lists" / "dump.yaml"), complete=True),
        Target("shop.git#main", "shop", str(here / "shop.git"), "main"),
        Target("spaced", "", str(here / "lists" / "with space")),
    )


def test_mistakes_in_a_list_are_told_together(here: Path) -> None:
    (here / "all.txt").write_text("a tem=x\nb 'open\nc complete=perhaps\n")
    with pytest.raises(UsageError) as caught:
        targets_of(["@all.txt"])
    assert str(caught.value).splitlines() == [
        "all.txt:1:1: 'tem' is none of team, name, complete",
        "all.txt:2:1: no closing quotation",
        "all.txt:3:1: complete is true or false",
    ]


def test_a_list_that_is_not_there() -> None:
    with pytest.raises(UsageError, match=r"cannot read all.txt: No such file"):
        targets_of(["@all.txt"])


def test_two_trees_need_two_names(here: Path) -> None:
    (here / "all.txt").write_text("a name=shop\nb name=shop\n")
    with pytest.raises(UsageError, match="two trees are called shop"):
        targets_of(["@all.txt"])


@pytest.mark.parametrize("name", ["../../etc", "a/../../b", "CON", "x" * 300, "<b>", "a\nb", os.fsdecode(b"\xff")])
def test_the_folder_of_a_tree_is_one_harmless_name(name: str) -> None:
    folder = Target(name, "", "/x").folder
    assert len(folder) < 80
    assert set(folder).isdisjoint("/\\\n<>")
    assert not folder.startswith(".")


def test_names_that_differ_little_have_folders_of_their_own() -> None:
    assert len({Target(name, "", "/x").folder.lower() for name in ("a/b", "a-b", "A/b")}) == 3


# Teams


@pytest.mark.parametrize(
    ("pattern", "name", "team"),
    [
        ("first-folder", "shop/api", "shop"),
        ("first-folder", "/srv/shop/api", "srv"),
        ("first-folder", "api", ""),
        ("repos/{team}/*", "repos/shop/api", "shop"),
        ("repos/{team}/*", "other/shop/api", ""),
        ("**/{team}/*.git#*", "/srv/a/shop/api.git#env/prod", ""),
        ("**/{team}/*.git#**", "/srv/a/shop/api.git#env/prod", "shop"),
        ("{team}-*", "shop-api.v1", "shop"),
    ],
)
def test_whose_a_tree_is(pattern: str, name: str, team: str) -> None:
    assert team_rule(pattern)(name) == team


def test_a_pattern_without_a_team() -> None:
    with pytest.raises(UsageError, match=r"--team-by: 'repos/\*' is neither first-folder nor a pattern with one {team}"):
        team_rule("repos/*")


def test_what_a_list_says_goes_before_a_pattern(here: Path) -> None:
    (here / "all.txt").write_text("shop/a team=other\nshop/b\n")
    assert [one.team for one in targets_of(["@all.txt"], team_rule("{team}/*"))] == ["other", "shop"]
