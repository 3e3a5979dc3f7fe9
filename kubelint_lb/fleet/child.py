"""A process that lints one tree after another: a task a line on its standard input, an outcome a line on its standard output.

It ends when its input does, at once, whatever it is at: nobody would hear of it, and another may do the tree by then.
"""

from __future__ import annotations

import json
import os
import queue
import shutil
import sys
import threading
from pathlib import Path

from kubelint_lb.fleet.task import Outcome, Status, lint_tree, task_from

IDLE_SECONDS = 60.0
LOST = 1


def main(scratch: str) -> None:
    """Serves until the input ends, or until nothing was asked for a while. `scratch` is a folder for what is unpacked."""
    answers = os.dup(sys.stdout.fileno())
    # Nothing that prints may write between the answers.
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    tasks: queue.SimpleQueue[str] = queue.SimpleQueue()
    threading.Thread(target=_read, args=(tasks, scratch), daemon=True).start()
    while True:
        try:
            text = tasks.get(timeout=IDLE_SECONDS)
        except queue.Empty:
            shutil.rmtree(scratch, ignore_errors=True)
            return
        outcome = lint_tree(task_from(text), Path(scratch))
        os.write(answers, outcome_text(outcome))


def _read(tasks: queue.SimpleQueue[str], scratch: str) -> None:
    for line in sys.stdin:
        tasks.put(line)
    shutil.rmtree(scratch, ignore_errors=True)
    os._exit(LOST)


def outcome_text(outcome: Outcome) -> bytes:
    """An outcome as a line."""
    return json.dumps(outcome).encode() + b"\n"


def outcome_from(line: bytes) -> Outcome:
    """The outcome that `outcome_text` wrote. Raises ValueError."""
    name, status, reason = json.loads(line)
    return Outcome(name, Status(status), reason)
