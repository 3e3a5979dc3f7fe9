"""Trees on this machine: as many processes as asked for, each with a thread that waits for it."""

from __future__ import annotations

import queue
import threading
from collections.abc import Iterable, Iterator

from kubelint_lb.fleet.isolated import Isolated
from kubelint_lb.fleet.task import Outcome, Status, Task


def on_processes(tasks: Iterable[Task], jobs: int, seconds: float) -> Iterator[Outcome]:
    """The outcomes in the order in which trees are done; each tree has `seconds` at most."""
    waiting: queue.SimpleQueue[Task] = queue.SimpleQueue()
    number = 0
    for number, task in enumerate(tasks, 1):  # noqa: B007 - counted
        waiting.put(task)
    done: queue.SimpleQueue[Outcome] = queue.SimpleQueue()
    workers = [Isolated() for _ in range(min(jobs, number))]
    for worker in workers:
        threading.Thread(target=_serve, args=(worker, waiting, done, seconds), daemon=True).start()
    try:
        for _ in range(number):
            yield done.get()
    finally:
        # After a Ctrl-C no thread may start another process.
        while not waiting.empty():
            waiting.get()
        for worker in workers:
            worker.end()


def _serve(worker: Isolated, waiting: queue.SimpleQueue[Task], done: queue.SimpleQueue[Outcome], seconds: float) -> None:
    while True:
        try:
            task = waiting.get_nowait()
        except queue.Empty:
            return
        done.put(asked(worker, task, seconds))


def asked(worker: Isolated, task: Task, seconds: float) -> Outcome:
    """The outcome; that no process could be started, or asked, is one, too: somebody waits for it."""
    try:
        return worker.ask(task, seconds)
    except Exception as error:
        return Outcome(task.target.name, Status.FAILED, f"no process could be asked: {type(error).__name__}: {error}")
