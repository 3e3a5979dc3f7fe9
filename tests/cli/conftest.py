"""The program in a folder of its own, with no terminal and no environment that says anything about colour."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.program import SERVICE, Program


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Program:
    for name in ("NO_COLOR", "FORCE_COLOR", "CI", "COLUMNS"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    running = Program(tmp_path, capsys)
    running.write("web.yaml", SERVICE)
    return running
