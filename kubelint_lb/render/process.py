"""Runs a tool: an argument list, never a shell; a time limit, bounded output; for renderers, bounded memory and an environment of
our own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Collection, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, NamedTuple

from kubelint_lb.cache.answers import note_passing

# Large charts print some megabytes; more than this is a tool gone wild.
MOST_BYTES = 64 * 1024 * 1024
# A template of one line can ask for all the memory there is; what it takes to render the largest charts is a tenth of this.
MOST_MEMORY = 4 * 1024 * 1024 * 1024
_CHUNK = 65_536
# Nothing listens there: whatever a tool tries to fetch fails at once, instead of leaving the machine.
_NOWHERE = "http://127.0.0.1:9"
# What programs need to start at all; everything else of the user's environment (KUBECONFIG, tokens, plug-ins) stays out.
_KEPT = ("PATH", "SYSTEMROOT", "PATHEXT")

# What the machine is to blame for.
_PASSING = re.compile(
    r"no space left|permission denied|too many open files|cannot allocate|out of memory|resource temporarily|input/output error"
    r"|signal: |fork/exec",
    re.IGNORECASE,
)

# What each thread waits for.
_RUNNING: dict[int, subprocess.Popen[bytes]] = {}


class Outcome(NamedTuple):
    """What a tool did. `code` is its exit code; None where it was stopped (`timed_out` or `too_much`) or did not start."""

    code: int | None
    stdout: str
    stderr: str
    timed_out: bool = False
    too_much: bool = False

    @property
    def succeeded(self) -> bool:
        """It ran to its end and was content."""
        return self.code == 0

    @property
    def failed_for_good(self) -> bool:
        """It ran to its end and was not content, for no fault of the machine's: run again it would fail again."""
        return self.code is not None and self.code > 0 and _PASSING.search(self.stderr) is None


def run_tool(arguments: Sequence[str], folder: Path, seconds: float) -> Outcome:
    """Runs a program in a folder for some seconds at most. Raises nothing: what goes wrong is in the outcome."""
    try:
        made = tempfile.TemporaryDirectory(prefix="kubelint-lb-", ignore_cleanup_errors=True)
    except OSError as error:
        return Outcome(None, "", f"has no home: {error.strerror}")
    with made as home:
        return _run(arguments, folder, _environment(home), seconds, _Bounds(MOST_BYTES, MOST_MEMORY))


def run_client(arguments: Sequence[str], seconds: float, most_bytes: int) -> Outcome:
    """Runs a program that the user asked for by name, in the user's own environment: it is to find its settings and log in as
    it does in a shell. Bounded by seconds and by bytes of output; raises nothing either."""
    return _run(arguments, Path.cwd(), dict(os.environ), seconds, _Bounds(most_bytes, None))


def stop_tools(threads: Collection[int]) -> None:
    """Ends the tools that run in some threads, known by their identifiers: these go on as if the tools had failed."""
    for thread, process in list(_RUNNING.items()):
        if thread in threads:
            end_all_of(process)


class _Bounds(NamedTuple):
    """The most that a tool may print, and hold in memory (None: as much as there is), in bytes."""

    output: int
    memory: int | None


def _run(arguments: Sequence[str], folder: Path, environment: Mapping[str, str], seconds: float, bounds: _Bounds) -> Outcome:
    try:
        process = subprocess.Popen(
            list(arguments),
            cwd=folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
    except OSError as error:
        note_passing(arguments[0])
        return Outcome(None, "", f"cannot be started: {error.strerror or error}")
    _RUNNING[threading.get_ident()] = process
    try:
        if bounds.memory is not None:
            _bound_memory(process.pid, bounds.memory)
        outcome = _attend(process, seconds, bounds.output)
        if not outcome.succeeded and not outcome.failed_for_good:
            note_passing(arguments[0])
        return outcome
    finally:
        del _RUNNING[threading.get_ident()]


def _environment(home: str) -> dict[str, str]:
    kept = {name: os.environ[name] for name in _KEPT if name in os.environ}
    proxies = dict.fromkeys(("HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy"), _NOWHERE)
    folders = {"HOME": home, "USERPROFILE": home, "TMPDIR": home, "XDG_CACHE_HOME": f"{home}/cache"}
    return {**kept, **proxies, **folders, "LC_ALL": "C"}


def _bound_memory(pid: int, most: int) -> None:
    """From outside: what runs between fork and exec is not safe beside threads. Only Linux can."""
    if sys.platform == "linux":
        import resource

        with suppress(OSError):  # it has ended already
            resource.prlimit(pid, resource.RLIMIT_DATA, (most, most))


class _Reader(threading.Thread):
    """Reads a pipe to its end, and keeps no more than a bound; a tool that writes more is stopped."""

    def __init__(self, pipe: IO[bytes], process: subprocess.Popen[bytes], most_bytes: int) -> None:
        super().__init__(daemon=True)
        self._most_bytes = most_bytes
        self._pipe = pipe
        self._process = process
        self._data = bytearray()
        self.too_much = False

    def run(self) -> None:
        with self._pipe:
            while chunk := self._pipe.read1(_CHUNK):  # type: ignore[attr-defined]
                self._data += chunk
                if len(self._data) > self._most_bytes:
                    self.too_much = True
                    end_all_of(self._process)
                    return

    @property
    def text(self) -> str:
        return self._data.decode("utf-8", errors="replace")


def _attend(process: subprocess.Popen[bytes], seconds: float, most_bytes: int) -> Outcome:
    readers = [_Reader(pipe, process, most_bytes) for pipe in (process.stdout, process.stderr) if pipe is not None]
    for reader in readers:
        reader.start()
    timed_out = False
    try:
        process.wait(seconds)
    except subprocess.TimeoutExpired:
        timed_out = True
    finally:
        end_all_of(process)  # also what the tool may have left running
        process.wait()
    for reader in readers:
        reader.join()
    too_much = any(reader.too_much for reader in readers)
    code = None if timed_out or too_much else process.returncode
    return Outcome(code, readers[0].text, readers[1].text, timed_out, too_much)


def end_all_of(process: subprocess.Popen[bytes]) -> None:
    """Ends a process that leads a session of its own, with everything that it started."""
    with suppress(OSError):
        if hasattr(os, "killpg"):
            os.killpg(process.pid, signal.SIGKILL)
        else:
            process.kill()
