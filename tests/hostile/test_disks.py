"""Disks without room: what cannot be written is told, and what was there stays."""

from __future__ import annotations

import errno
import os
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.program import CLEAN, SERVICE, Program
from tests.engine.work_tree import WorkTree

CHART = {"chart/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n", "chart/templates/web.yaml": CLEAN}
KUSTOMIZATION = {
    "app/kustomization.yaml": "namePrefix: x-\nresources: [web.yaml]\nreplacements: [{source: {kind: A}, targets: []}]\n",
    "app/web.yaml": SERVICE,
}


def full(*_: object, **__: object) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.fixture(params=["no folder", "no file", "no bytes"])
def full_disk(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Temporary folders cannot be made, or files in them, or have room for nothing."""
    match request.param:
        case "no folder":
            monkeypatch.setattr(tempfile, "mkdtemp", full)
            monkeypatch.setattr(tempfile, "mkstemp", full)
        case "no file":
            monkeypatch.setattr(tempfile, "mkstemp", full)
            monkeypatch.setattr(Path, "mkdir", full)
            monkeypatch.setattr(Path, "symlink_to", full)
        case _:
            monkeypatch.setattr(Path, "write_bytes", full)
            monkeypatch.setattr(Path, "write_text", full)


@pytest.fixture
def tree(program: Program) -> Program:
    """A shop in git that is rendered by both tools, with a change since."""
    work_tree = WorkTree(program.folder)
    work_tree.commit({**CHART, **KUSTOMIZATION})
    program.write("other.yaml", SERVICE.replace("name: web", "name: other"))
    return program


@pytest.mark.parametrize(
    "arguments",
    [
        ["check"],
        ["check", "--no-cache"],
        ["check", "--new-since", "HEAD"],
        ["check", "--fix", "--unsafe-fixes"],
        ["check", "--fix", "--unsafe-fixes", "--diff"],
        ["check", "--write-baseline", "baseline.json"],
        ["check", "--output", "report.json", "--format", "json"],
        ["diff", "HEAD"],
    ],
    ids=" ".join,
)
def test_a_full_disk_is_no_defect(tree: Program, full_disk: Callable[[], None], arguments: list[str]) -> None:
    before = {path: path.read_bytes() for path in tree.folder.rglob("*.yaml")}
    result = tree(*arguments)
    assert result.code in {0, 1, 2}, result.err
    assert "Traceback" not in result.err
    assert result.code != 2 or "No space left on device" in result.err
    assert all(path.read_bytes() == data for path, data in before.items()) or "--fix" in arguments
    assert not list(tree.folder.rglob("*.tmp"))


def test_a_preview_of_fixes_copies_only_what_is_read(program: Program) -> None:
    os.mkfifo(program.folder / "pipe.yaml")
    (program.folder / "link.yaml").symlink_to("nowhere.yaml")
    (program.folder / "hole.yaml").touch()
    os.truncate(program.folder / "hole.yaml", 10**12)
    result = program("check", "--fix", "--unsafe-fixes", "--diff")
    assert (result.code, result.err.count("Traceback")) == (0, 0) or "+" in result.out
