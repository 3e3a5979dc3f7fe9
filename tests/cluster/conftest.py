"""The program in a folder of its own, and clusters for it to read."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from tests.cli.program import Program
from tests.cluster.recorded import Item, Kubectl

Cluster: TypeAlias = Callable[..., Kubectl]


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    """In an empty folder: nothing here says anything about the cluster."""
    for name in ("NO_COLOR", "FORCE_COLOR", "CI", "COLUMNS", "KUBECONFIG"):
        monkeypatch.delenv(name, raising=False)
    folder = tmp_path / "work"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return Program(folder, capsys)


@pytest.fixture
def cluster(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Cluster:
    """Makes the stub of kubectl that answers for a cluster with some objects the first on the PATH."""

    def make(items: Iterable[Item], **said: Any) -> Kubectl:
        folder = tmp_path / "kubectl"
        folder.mkdir()
        kubectl = Kubectl(folder, items, said)
        monkeypatch.setenv("PATH", kubectl.path)
        return kubectl

    return make
