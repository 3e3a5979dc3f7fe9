"""Running the program in this process, and a manifest with two findings to run it on."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple

import pytest

from kubelint_lb.cli.main import main

# A warning in line 8 and an info in line 6.
SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  sessionAffinity: ClientIP
  selector: {app: web}
  sessionAffinityConfig: {clientIP: {timeoutSeconds: 20000}}
  ports:
    - port: 80
"""
CLEAN = SERVICE.replace("20000", "600")


class Result(NamedTuple):
    """What a run left behind."""

    code: int
    out: str
    err: str


class Program:
    """The program, with the current folder a temporary one that holds `web.yaml`."""

    def __init__(self, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
        self.folder = folder
        self._capsys = capsys

    def __call__(self, *arguments: str) -> Result:
        with pytest.raises(SystemExit) as end:
            main(list(arguments))
        captured = self._capsys.readouterr()
        code = end.value.code
        return Result(code if isinstance(code, int) else 0, captured.out, captured.err)

    def write(self, name: str, text: str) -> Path:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
        return file


def command(*arguments: str) -> list[str]:
    """The program as a process of its own."""
    return [sys.executable, "-m", "kubelint_lb", *arguments]
