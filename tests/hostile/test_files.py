"""Files that are none, that have no end, or that change while they are read."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from kubelint_lb.engine.run import lint
from kubelint_lb.settings.settings import Settings
from kubelint_lb.source import files
from kubelint_lb.source.files import MOST_BYTES, read_file
from tests.cli.program import CLEAN, Program
from tests.conftest import LintTree
from tests.engine.trees import sticky
from tests.engine.work_tree import WorkTree


def test_a_file(tmp_path: Path) -> None:
    for content in (b"", b"a: 1\r\n", b"\0" * 200_000):
        (tmp_path / "a.yaml").write_bytes(content)
        assert read_file(tmp_path / "a.yaml") == content


def pipe(place: Path) -> None:
    os.mkfifo(place)


def device(place: Path) -> None:
    place.symlink_to("/dev/zero")


def folder(place: Path) -> None:
    place.mkdir()


def too_large(place: Path) -> None:
    place.touch()
    os.truncate(place, MOST_BYTES + 1)  # a hole: it takes no room


@pytest.mark.parametrize(
    ("make", "words"),
    [(pipe, "not a regular file"), (device, "not a regular file"), (folder, "Is a directory"), (too_large, "larger than 64 MB")],
)
def test_what_is_not_read_says_why(tmp_path: Path, make: Callable[[Path], None], words: str) -> None:
    make(tmp_path / "a.yaml")
    with pytest.raises(OSError, match=words) as error:
        read_file(tmp_path / "a.yaml")
    assert error.value.strerror == words


def test_a_file_that_grows_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"a: 1\n")
    read = os.read

    def growing(descriptor: int, size: int) -> bytes:
        with file.open("ab") as writing:
            writing.write(b"#" * 1_000_000)
        return read(descriptor, size)

    monkeypatch.setattr(os, "read", growing)
    monkeypatch.setattr(files, "MOST_BYTES", 3_000_000)
    with pytest.raises(OSError, match="larger than"):
        read_file(file)


def test_a_file_that_shrinks_while_it_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "a.yaml"
    file.write_bytes(b"a: 1\n" * 100)
    fstat = os.fstat

    def shrinking(descriptor: int) -> os.stat_result:
        found = fstat(descriptor)
        os.truncate(file, 5)
        return found

    monkeypatch.setattr(os, "fstat", shrinking)
    assert read_file(file) == b"a: 1\n"


# Whatever a program reads by its name, in a tree that deploys in every way.
READ = (
    ".gitignore", ".sourceignore", ".helmignore", "pyproject.toml", ".kubelint-lb.yaml", ".kubelint-lb.toml", "extra.yaml",
    "app/kustomization.yaml", "app/patch.yaml", "app/data.env", "app/transformer.yaml", "chart/Chart.yaml", "chart/values.yaml",
    "chart/values-prod.yaml", "chart/templates/web.yaml", "chart/charts/sub.tgz", "chart/values.schema.json", "chart/Chart.lock",
)  # fmt: skip
TREE = {
    "app/kustomization.yaml": (
        "namePrefix: a-\nresources: [web.yaml, ../extra.yaml]\npatches: [{path: patch.yaml}]\ntransformers: [transformer.yaml]\n"
        "configMapGenerator: [{name: data, envs: [data.env]}]\n"
    ),
    "app/web.yaml": CLEAN,
    "chart/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
    "chart/values.yaml": "a: 1\n",
    "chart/templates/web.yaml": CLEAN,
    "argo.yaml": (
        "apiVersion: argoproj.io/v1alpha1\nkind: Application\nmetadata: {name: shop}\nspec:\n"
        "  source: {repoURL: https://example.com/shop, path: chart, helm: {valueFiles: [values-prod.yaml]}}\n"
    ),
}


@pytest.mark.parametrize("make", [pipe, device, folder, too_large])
@pytest.mark.parametrize("name", READ)
def test_no_file_of_a_tree_is_waited_for(program: Program, name: str, make: Callable[[Path], None]) -> None:
    for path, text in TREE.items():
        program.write(path, text)
    place = program.folder / name
    place.unlink(missing_ok=True)
    make(place) if place.parent.is_dir() else program.write(f"{place.parent.relative_to(program.folder)}/.keep", "")
    result = program("check", "--no-render", "--no-cache", "--fail-on", "never")
    assert result.code in {0, 2}, result
    assert "Traceback" not in result.err


def test_a_pipe_that_is_asked_for_is_told(program: Program) -> None:
    os.mkfifo(program.folder / "objects")
    result = program("check", "--verbose", "objects")
    assert "not a regular file" in result.out


def test_a_file_that_became_a_pipe_after_it_was_found(
    lint_tree: LintTree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = os.open

    def swapped(path: str | Path, *arguments: int) -> int:
        if str(path).endswith("b.yaml"):
            Path(path).unlink()
            os.mkfifo(path)
        return opened(path, *arguments)

    monkeypatch.setattr(os, "open", swapped)
    report = lint_tree({"a.yaml": CLEAN, "b.yaml": CLEAN})
    assert [(one.path, one.detail) for one in report.skipped] == [("b.yaml", "not a regular file")]


def test_a_file_that_went_away_after_it_was_found(lint_tree: LintTree, monkeypatch: pytest.MonkeyPatch) -> None:
    opened = os.open

    def gone(path: str | Path, *arguments: int) -> int:
        if str(path).endswith("b.yaml"):
            Path(path).unlink()
        return opened(path, *arguments)

    monkeypatch.setattr(os, "open", gone)
    report = lint_tree({"a.yaml": CLEAN, "b.yaml": CLEAN})
    assert [(one.path, one.detail) for one in report.skipped] == [("b.yaml", "No such file or directory")]


def test_standard_input_without_an_end(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    with Path("/dev/zero").open() as zeros:
        monkeypatch.setattr("sys.stdin", zeros)
        result = program("check", "-")
    assert (result.code, result.err) == (2, "kubelint-lb: standard input is larger than 64 MB\n")


def test_a_revision_with_a_file_that_is_too_large(tmp_path: Path) -> None:
    (tmp_path / "repository").mkdir()
    tree = WorkTree(tmp_path / "repository")
    too_large(tree.folder / "b.yaml")
    tree.commit({"a.yaml": sticky("a", seconds=600), "c.yaml": sticky("c", seconds=600)})
    tree.delete("b.yaml")
    tree.write({"a.yaml": sticky("a"), "c.yaml": sticky("c")})
    for revision in ({"changed_since": "HEAD"}, {"new_since": "HEAD"}):
        report = lint([tree.folder], Settings(root=tree.folder, select=("service",), **revision))  # type: ignore[arg-type]
        assert [one.location.path for one in report.findings] == ["a.yaml", "c.yaml"]
