"""What a run can see, and so what an answer rests on."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kubelint_lb.cache import seen
from kubelint_lb.cache.seen import CannotTell, may_matter, settled_surroundings, surroundings
from kubelint_lb.settings import root
from kubelint_lb.source.discover import may_be_read
from kubelint_lb.source.names import KUSTOMIZATIONS, NEVER_READ, SUFFIXES
from tests.conftest import write_tree


def test_it_looks_where_others_read(tmp_path: Path) -> None:
    assert all(may_matter(f"web{suffix}") and may_be_read(f"web{suffix}") for suffix in SUFFIXES)
    assert {root.CONFIG_NAME, *root._OTHER_NAMES, "pyproject.toml", ".git"} == set(seen._MARKERS)
    before = surroundings(str(tmp_path))
    write_tree(tmp_path, {f"{folder}/web.yaml": "" for folder in NEVER_READ - {".git"}})
    assert surroundings(str(tmp_path)) == before


@pytest.mark.parametrize("name", ["Chart.yaml", *sorted(KUSTOMIZATIONS)])
def test_beside_what_is_rendered_any_file_counts(tmp_path: Path, name: str) -> None:
    write_tree(tmp_path, {name: "", "web.env": "A=1\n"})
    before = surroundings(str(tmp_path))
    write_tree(tmp_path, {"web.env": "A=20\n"})
    assert surroundings(str(tmp_path)) != before


def test_a_folder_that_cannot_be_listed(tmp_path: Path) -> None:
    with pytest.raises(CannotTell):
        surroundings(str(tmp_path / "none"))


def test_more_files_than_anybody_waits_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tree(tmp_path, {"a.txt": "", "b.txt": "", "c.yaml": ""})
    monkeypatch.setattr(seen, "_MOST_FILES", 2)
    with pytest.raises(CannotTell):
        surroundings(str(tmp_path))


def test_a_link_to_a_folder_elsewhere(tmp_path: Path) -> None:
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "link.yaml").symlink_to("/")
    with pytest.raises(CannotTell):
        surroundings(str(tmp_path / "tree"))


def test_a_link_to_a_file_elsewhere_is_what_that_is(tmp_path: Path) -> None:
    write_tree(tmp_path, {"elsewhere/web.yaml": "a: 1\n"})
    (tmp_path / "tree").mkdir()
    (tmp_path / "tree" / "web.yaml").symlink_to(tmp_path / "elsewhere" / "web.yaml")
    before = surroundings(str(tmp_path / "tree"))
    (tmp_path / "elsewhere" / "web.yaml").write_text("a: 20\n")
    assert surroundings(str(tmp_path / "tree")) != before


@pytest.mark.parametrize("seconds", [3600, 0], ids=["in the future", "on a full second, just now"])
def test_dates_that_tell_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    write_tree(tmp_path, {"web.yaml": "a: 1\n"})
    status = os.stat(tmp_path / "web.yaml")  # noqa: PTH116 - the one that is patched below
    second = status.st_mtime_ns // 1_000_000_000 * 1_000_000_000 + seconds * 1_000_000_000
    monkeypatch.setattr(seen, "_seen", lambda entry, _root: (entry.path, second))
    monkeypatch.setattr("kubelint_lb.cache.seen.time.time_ns", lambda: second + 1_000_000 - 2 * seconds * 1_000_000_000)
    with pytest.raises(CannotTell):
        settled_surroundings(str(tmp_path))
