"""A worker process as its owner sees it: asked for one tree at a time, ended when it takes too long, replaced when it died."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import threading
from contextlib import suppress

from kubelint_lb.fleet.child import outcome_from
from kubelint_lb.fleet.task import Outcome, Status, Task, task_text
from kubelint_lb.render.process import end_all_of

# It sees just the modules that we see, and not the folder it happens to start in (-P): that may be somebody's checkout.
_START = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from kubelint_lb.fleet.child import main; main(sys.argv[2])"
# What a process remembers of trees (parsed rules of theirs, patterns) must not add up.
_MOST_TREES = 200
_ATTEMPTS = 2


class Isolated:
    """Lints trees in a process of its own, which is started when needed. Only one thread may ask."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._scratch = ""
        self._trees = 0
        self._run = ""
        self._ended = False

    def ask(self, task: Task, seconds: float) -> Outcome:
        """What became of a tree. One that ends its process is tried once more: it may have been ended for another's sake."""
        ended = ""
        for _ in range(_ATTEMPTS):
            outcome, ended = self._try(task, seconds)
            if outcome is not None:
                return outcome
        return Outcome(task.target.name, Status.FAILED, f"the process that linted it ended twice: {ended}")

    def end(self) -> None:
        """Ends the process for good; for another thread than the one that asks."""
        self._ended = True
        self._close()

    def _close(self) -> None:
        """Ends the process and what it started, and removes what it had unpacked."""
        process, self._process = self._process, None
        if process is not None:
            end_all_of(process)
            process.wait()
            for stream in (process.stdin, process.stdout):
                if stream is not None:
                    with suppress(OSError):
                        stream.close()
        if self._scratch:
            shutil.rmtree(self._scratch, ignore_errors=True)
            self._scratch = ""

    def _try(self, task: Task, seconds: float) -> tuple[Outcome | None, str]:
        """The outcome, or how the process ended."""
        # What a process knows of files is of one run: in the next, rules and configuration under the same path may be others.
        used_up = self._trees >= _MOST_TREES or self._run != task.run
        if used_up or self._process is None or self._process.poll() is not None:
            self._start()
        self._run = task.run
        process = self._process
        if process is None or process.stdin is None or process.stdout is None:
            return None, "it did not start"
        self._trees += 1
        late = threading.Event()
        timer = threading.Timer(seconds, _end_late, (process, late))
        timer.daemon = True
        timer.start()
        try:
            process.stdin.write(task_text(task).encode() + b"\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except OSError:
            line = b""
        finally:
            timer.cancel()
        with suppress(ValueError):
            return outcome_from(line), ""
        if line.endswith(b"\n"):
            end_all_of(process)  # it goes on, but what it says is no answer
        code = process.wait()
        self._close()
        if late.is_set():
            return Outcome(task.target.name, Status.FAILED, f"it took longer than {seconds:g} s"), ""
        return None, f"signal {-code}" if code < 0 else f"exit code {code}"

    def _start(self) -> None:
        self._close()
        if self._ended:
            return
        self._scratch = tempfile.mkdtemp(prefix="kubelint-lb-fleet-")
        path = json.dumps([one for one in sys.path if one])
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", _START, path, self._scratch],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            start_new_session=True,  # Ctrl-C is for us, and Helm or kustomize can be ended with it
        )
        self._trees = 0


def _end_late(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    late.set()
    end_all_of(process)
