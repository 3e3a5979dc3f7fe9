"""Environments to install into, and copies of the repository to install from."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import pytest

from tests.packaging.sandbox import REPOSITORY, Environment, git, run


@pytest.fixture(scope="session")
def package_index(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Skips where packages can't be had; in CI that is a failure, so that these tests can't vanish unnoticed."""
    folder = tmp_path_factory.mktemp("index")
    probe = run(sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "hatchling", cwd=folder, expect=None)
    if probe.returncode == 0:
        return
    reason = f"no package index is reachable: {probe.stderr.strip().splitlines()[-1:]}"
    if os.environ.get("CI", "").lower() in {"true", "1"}:
        pytest.fail(reason)
    pytest.skip(reason)


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory, package_index: None) -> Environment:
    """A virtual environment, made once for all tests of a process: making one takes longer than most tests."""
    folder = tmp_path_factory.mktemp("environment")
    run(sys.executable, "-m", "venv", folder, cwd=folder)
    return Environment(folder)


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """The repository as it stands, committed or not, as a git repository with one commit of its own."""
    if not (REPOSITORY / ".git").exists():
        pytest.skip("needs the git work tree of the project: git says which files belong to it")
    folder = tmp_path / "checkout"
    names = git("ls-files", "-z", "--cached", "--others", "--exclude-standard", cwd=REPOSITORY).split("\0")
    for name in filter(None, names):
        if (REPOSITORY / name).is_file():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(REPOSITORY / name, folder / name)
    git("init", "--quiet", "--initial-branch=main", cwd=folder)
    git("add", "--all", cwd=folder)
    git("commit", "--quiet", "--message=as it stands", cwd=folder)
    return folder
