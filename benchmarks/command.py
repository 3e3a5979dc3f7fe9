"""Runs a command as a child and says what it cost."""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass
from pathlib import Path

PROGRAM = Path(sys.executable).parent / "kubelint-lb"


@dataclass(frozen=True)
class Cost:
    """Wall time in seconds; the largest memory that the child held, in bytes; the time of processors, in seconds, that it took
    with the processes it waited for."""

    seconds: float
    peak: int
    processors: float


def measure(*command: str | Path, cwd: Path, worst: int = 1) -> Cost:
    """Run `command` in `cwd`, its output thrown away. Raises RuntimeError if it ends with a code above `worst`."""
    arguments = [str(part) for part in command]
    silence = [(os.POSIX_SPAWN_OPEN, stream, os.devnull, os.O_RDWR, 0) for stream in (0, 1, 2)]
    here = Path.cwd()
    os.chdir(cwd)
    try:
        start = time.perf_counter()
        child = os.posix_spawn(arguments[0], arguments, os.environ, file_actions=silence)
    finally:
        os.chdir(here)
    _, status, usage = os.wait4(child, 0)
    seconds = time.perf_counter() - start
    if not 0 <= os.waitstatus_to_exitcode(status) <= worst:
        raise RuntimeError(f"{' '.join(arguments)} ended with {os.waitstatus_to_exitcode(status)}")
    # Linux counts in KiB, macOS in bytes.
    peak = usage.ru_maxrss * (1 if sys.platform == "darwin" else 1024)
    return Cost(seconds, peak, usage.ru_utime + usage.ru_stime)
