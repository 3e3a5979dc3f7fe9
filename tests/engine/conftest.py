"""Fixtures of the engine's tests."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.engine.work_tree import WorkTree


@pytest.fixture
def tree(tmp_path: Path) -> WorkTree:
    folder = tmp_path / "repository"
    folder.mkdir()
    return WorkTree(folder)
