"""Trees on a Dask cluster that is there already. Workers see the trees and the output folder by the same paths as we do.

What Dask promises is that a task is done at least once: when a worker is lost, so are results that only it held. Here that
is enough. A task's result is on disk, with its record written last: done again, it finds the record of this run and tells.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import CancelledError
from itertools import islice
from typing import Any

from kubelint_lb.fleet.isolated import Isolated
from kubelint_lb.fleet.local import asked
from kubelint_lb.fleet.task import Outcome, Status, Task, task_from, task_text
from kubelint_lb.settings.errors import UsageError

_CONNECT_SECONDS = 20
# Tasks that the scheduler holds for each thread of a worker: so many that none waits for us, and no more, whatever the fleet.
_AHEAD = 4
_LEAST_AHEAD = 32

_ENDED = frozenset({"finished", "error"})

# A process for each thread of a Dask worker: a tree that crashes or takes too long must not take the worker along.
_own = threading.local()


def on_cluster(tasks: Sequence[Task], scheduler: str, seconds: float) -> Iterator[Outcome]:
    """The outcomes in the order in which trees are done. Raises UsageError where there is no cluster to do them."""
    try:
        from distributed import Client, as_completed
    except ImportError:
        raise UsageError("--scheduler takes Dask: pip install 'kubelint-lb[fleet]'") from None
    _quiet()
    try:
        client = Client(scheduler, timeout=_CONNECT_SECONDS, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError(f"--scheduler: no Dask scheduler at {scheduler}: {error}") from None
    with client:
        try:
            client.wait_for_workers(1, timeout=_CONNECT_SECONDS)
        except TimeoutError:
            raise UsageError(f"--scheduler: the scheduler at {scheduler} has no workers") from None
        try:
            yield from _completed(client, as_completed([], loop=client.loop), tasks, seconds)
        except (OSError, CancelledError):
            raise UsageError("the scheduler was lost; what was done is kept, and the same command goes on from there") from None


def _quiet() -> None:
    """What Dask logs about workers and schedulers that went away, with tracebacks, is handled, or told in words, by us."""
    import logging

    for name in ("distributed", *(one for one in logging.Logger.manager.loggerDict if one.startswith("distributed."))):
        logging.getLogger(name).setLevel(logging.CRITICAL)


def _completed(client: Any, completed: Any, tasks: Sequence[Task], seconds: float) -> Iterator[Outcome]:
    rest = iter(tasks)
    submitted: dict[str, Task] = {}

    def submit() -> None:
        """Gives the scheduler what its workers, as many as there are now, will soon ask for."""
        ahead = max(_LEAST_AHEAD, _AHEAD * sum(client.nthreads().values()))
        for task in islice(rest, max(0, ahead - len(submitted))):
            # A name of its own for each tree of each run: the scheduler never takes two for the same, or one for two.
            key = f"kubelint-lb-{task.run}-{task.target.folder}"
            submitted[key] = task
            completed.add(_submitted(client, key, task, seconds))

    submit()
    for number, future in enumerate(completed, 1):
        task = submitted.pop(future.key)
        status = future.status
        if status == "cancelled" or client.status != "running":
            raise ConnectionError
        if status not in _ENDED:
            # A result was there, and its worker was lost with it: the scheduler has it done again, or forgot it.
            key = future.key if status == "pending" else f"{future.key}-again"
            submitted[key] = task
            completed.add(future if status == "pending" else _submitted(client, key, task, seconds))
            continue
        yield _outcome(future, task)
        # Not each time: that asks the scheduler for its workers.
        if number % (_LEAST_AHEAD // 4) == 0:
            submit()


def _submitted(client: Any, key: str, task: Task, seconds: float) -> Any:
    try:
        return client.submit(lint_on_worker, task_text(task), seconds, key=key, pure=False)
    except Exception:
        # Plain text can always be submitted, but for a client that has closed itself, which has several errors for that.
        raise ConnectionError from None


def lint_on_worker(text: str, seconds: float) -> tuple[str, str, str]:
    """What a worker runs: plain values in and out."""
    if not hasattr(_own, "worker"):
        _own.worker = Isolated()
    name, status, reason = asked(_own.worker, task_from(text), seconds)
    return name, status.value, reason


def _outcome(future: Any, task: Task) -> Outcome:
    """What a task returned, or that it failed: the scheduler gives up on one that several workers died of."""
    if future.status == "finished":
        name, status, reason = future.result()
        return Outcome(name, Status(status), reason)
    error = future.exception()
    return Outcome(task.target.name, Status.FAILED, f"the cluster gave up on it: {type(error).__name__}: {error}")
