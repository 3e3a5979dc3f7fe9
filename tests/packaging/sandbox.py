"""Commands, git and virtual environments for the packaging tests."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]

# What a person's machine would not set; `kubelint-lb` must be found by installing it, not through this process.
_PRIVATE = ("PYTHONPATH", "VIRTUAL_ENV", "KUBELINT_LB_CORPUS")


def run(*command: str | Path, cwd: Path, expect: int | None = 0) -> subprocess.CompletedProcess[str]:
    """Run `command` in `cwd` and return its result; fails with its output unless it ends with the code `expect`."""
    environment = {
        **{name: value for name, value in os.environ.items() if name not in _PRIVATE and not name.startswith("GIT_")},
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "NO_COLOR": "1",
    }
    result = subprocess.run(
        [str(part) for part in command], cwd=cwd, env=environment, capture_output=True, text=True, check=False
    )
    crashed = "Traceback (most recent call last)" in result.stderr
    if expect is not None and (crashed or result.returncode != expect):
        words = " ".join(str(part) for part in command)
        pytest.fail(f"{words}\nended with {result.returncode}, not {expect}\n{result.stdout}\n{result.stderr}")
    return result


def git(*arguments: str, cwd: Path) -> str:
    """Run git with a name of its own, so that a commit works on a machine without one."""
    identity = ("-c", "user.name=Tester", "-c", "user.email=tester@example.com", "-c", "commit.gpgsign=false")
    return run("git", *identity, *arguments, cwd=cwd).stdout


@dataclass(frozen=True)
class Environment:
    """An empty virtual environment."""

    folder: Path

    @property
    def program(self) -> Path:
        return self.folder / "bin" / "kubelint-lb"

    def install(self, *arguments: str | Path) -> None:
        """Install kubelint-lb as pip's `arguments` say; the dependencies may still be there from an earlier test."""
        pip = (self.folder / "bin" / "python", "-m", "pip")
        run(*pip, "uninstall", "--quiet", "--yes", "kubelint-lb", cwd=self.folder)
        run(*pip, "install", "--quiet", *arguments, cwd=self.folder)
