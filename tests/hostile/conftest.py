"""A program that nobody should run, and the mark that it leaves if somebody does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import program

__all__ = ["Trap", "program", "trap"]


class Trap:
    """A program that leaves a file behind."""

    def __init__(self, folder: Path) -> None:
        self._mark = folder / "sprung"
        self.program = folder / "trap"
        self.program.write_text(f"#!/bin/sh\n: > '{self._mark}'\nexec cat\n")
        self.program.chmod(0o755)

    @property
    def command(self) -> str:
        """How a shell runs it."""
        return str(self.program)

    @property
    def sprung(self) -> bool:
        """Somebody ran it."""
        return self._mark.exists()

    def reset(self) -> None:
        """Forgets what the test itself set off."""
        self._mark.unlink(missing_ok=True)


@pytest.fixture
def trap(tmp_path: Path) -> Trap:
    folder = tmp_path / "trap"
    folder.mkdir()
    return Trap(folder)
