"""Which files are read: YAML and JSON of the tree, less what is ignored, and never anything outside it."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from kubelint_lb.source.discover import FoundFile, discover, matcher


def make(root: Path, *paths: str) -> None:
    for path in paths:
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("a: 1\n")


def paths(found: Iterable[FoundFile]) -> list[str]:
    return sorted(one.path for one in found if not one.trouble)


def test_yaml_and_json_of_every_folder(tmp_path: Path) -> None:
    make(tmp_path, "a.yaml", "b.yml", "c.json", "d.txt", "e.yaml.tpl", "Kustomization", "x/y/z.yaml", ".hidden/a.yaml", ".a.yaml")
    assert paths(discover(tmp_path)) == [".a.yaml", ".hidden/a.yaml", "Kustomization", "a.yaml", "b.yml", "c.json", "x/y/z.yaml"]


def test_folders_of_tools_are_left_out(tmp_path: Path) -> None:
    make(tmp_path, ".git/a.yaml", ".venv/a.yaml", "node_modules/a/b.json", "web/node_modules/a.json", ".tox/a.json", "a.yaml")
    assert paths(discover(tmp_path)) == ["a.yaml"]


def test_what_git_ignores_is_ignored(tmp_path: Path) -> None:
    make(tmp_path, "a.yaml", "build/a.yaml", "web/build/b.yaml", "web/gen.yaml", "gen.yaml", "web/keep.yaml", "out.yaml/a.yaml")
    (tmp_path / ".gitignore").write_text("# what the build makes\nbuild/\n/gen.yaml\n\nout.yaml\n")
    assert paths(discover(tmp_path)) == ["a.yaml", "web/gen.yaml", "web/keep.yaml"]


def test_a_deeper_gitignore_counts_from_its_own_folder_and_wins(tmp_path: Path) -> None:
    make(tmp_path, "a/x.yaml", "a/b/x.yaml", "a/b/y.yaml", "y.yaml")
    (tmp_path / ".gitignore").write_text("x.yaml\n")
    (tmp_path / "a/.gitignore").write_text("/b/y.yaml\n!/b/x.yaml\n")
    assert paths(discover(tmp_path)) == ["a/b/x.yaml", "y.yaml"]


def test_excluded_patterns_count_from_the_root_and_cannot_be_taken_back(tmp_path: Path) -> None:
    make(tmp_path, "a.yaml", "vendor/a.yaml", "web/vendor/a.yaml", "web/a.yaml")
    (tmp_path / "vendor/.gitignore").write_text("!a.yaml\n")
    assert paths(discover(tmp_path, ["/vendor/"])) == ["a.yaml", "web/a.yaml", "web/vendor/a.yaml"]
    assert paths(discover(tmp_path, ["vendor"])) == ["a.yaml", "web/a.yaml"]
    assert paths(discover(tmp_path, ["**/a.yaml", "!web/a.yaml"])) == ["web/a.yaml"]


def test_a_loop_of_links_ends(tmp_path: Path) -> None:
    make(tmp_path, "a/b.yaml")
    (tmp_path / "a/again").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "self.yaml").symlink_to("self.yaml")
    found = list(discover(tmp_path))
    assert paths(found) == ["a/b.yaml"]
    assert [one for one in found if one.trouble] == [FoundFile("self.yaml", "a link that leads nowhere")]


def test_links_out_of_the_tree_are_told_not_read(tmp_path: Path) -> None:
    make(tmp_path, "secret.yaml", "repo/a.yaml")
    (tmp_path / "repo/out.yaml").symlink_to(tmp_path / "secret.yaml")
    (tmp_path / "repo/gone.yaml").symlink_to("nothing.yaml")
    found = {one.path: one.trouble for one in discover(tmp_path / "repo")}
    assert found == {"a.yaml": "", "gone.yaml": "a link that leads nowhere", "out.yaml": "a link that leaves the tree"}


def test_a_link_inside_the_tree_is_read_once(tmp_path: Path) -> None:
    make(tmp_path, "a.yaml", "manifest")
    (tmp_path / "b.yaml").symlink_to("a.yaml")  # read as a.yaml
    (tmp_path / "c.yaml").symlink_to("manifest")  # read here: nothing else would
    assert paths(discover(tmp_path)) == ["a.yaml", "c.yaml"]


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "folder.yaml").mkdir()
    assert list(discover(tmp_path)) == [FoundFile("pipe.yaml", "not a regular file")]


def test_a_folder_that_cannot_be_listed_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    make(tmp_path, "a.yaml", "closed/b.yaml")
    scandir = os.scandir

    def refuse(folder: Path) -> object:
        if Path(folder).name == "closed":
            raise PermissionError(13, "Permission denied")
        return scandir(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    assert list(discover(tmp_path)) == [FoundFile("a.yaml"), FoundFile("closed", "cannot list the folder: Permission denied")]


def test_a_matcher_of_nothing_is_none() -> None:
    assert matcher([]) is None
    assert matcher(["", "  "]) is None


def test_a_matcher_may_count_from_a_folder() -> None:
    matches = matcher(["/gen/*.yaml"], "deploy")
    assert matches is not None
    assert [matches(path) for path in ("deploy/gen/a.yaml", "gen/a.yaml", "deploy/a.yaml")] == [True, False, False]
