"""The program in a folder of its own, and clusters for it to read."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, TypeAlias

import pytest

from kubelint_lb.render.process import Outcome
from tests.cli.program import Program
from tests.cluster.recorded import Item, Kubectl
from tests.cluster.stub import answer

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
    """Makes the stub of kubectl that answers for a cluster with some objects the first on the PATH.

    It answers in this process, which takes a tenth of the time; with `process=True` it is run.
    """

    def make(items: Iterable[Item], *, process: bool = False, **said: Any) -> Kubectl:
        folder = tmp_path / "kubectl"
        folder.mkdir()
        kubectl = Kubectl(folder, items, said)
        monkeypatch.setenv("PATH", kubectl.path)
        if not process:
            monkeypatch.setattr("kubelint_lb.cluster.kubectl.run_client", _answered)
        return kubectl

    return make


def _answered(arguments: Sequence[str], seconds: float, most_bytes: int) -> Outcome:
    """What the stub on the PATH would answer."""
    program, *rest = arguments
    place = shutil.which(program)
    assert place is not None
    return Outcome(*answer(str(Path(place).parent), rest))
