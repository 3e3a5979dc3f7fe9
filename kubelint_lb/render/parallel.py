"""Several renderings at a time; where a run is stopped, so are they, with what they started."""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Callable, Iterable
from concurrent.futures import CancelledError, ThreadPoolExecutor, wait
from typing import TypeVar

from kubelint_lb.render.process import stop_tools

_One = TypeVar("_One")
_Made = TypeVar("_Made")
_MOST_WORKERS = 8
_LONG_WAIT = 0.2  # seconds
_PAUSE = 0.02  # seconds in which a thread that was about to start a tool has done so


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def workers() -> int:
    """How many renderings go on at a time where nobody says: the tools take several processors each, and much memory."""
    return min(_MOST_WORKERS, processors())


def in_parallel(work: Callable[[_One], _Made], things: Iterable[_One], workers: int) -> list[_Made]:
    """What the work makes of each thing, in order. An interrupt does not wait for the tools that the work runs: it ends them."""
    busy: set[int] = set()
    stopped = threading.Event()

    def watched(one: _One) -> _Made:
        busy.add(threading.get_ident())
        try:
            if stopped.is_set():
                raise CancelledError
            return work(one)
        finally:
            busy.discard(threading.get_ident())

    with ThreadPoolExecutor(workers) as pool:
        try:
            jobs = [pool.submit(watched, one) for one in things]
            # A signal that comes just before a thread begins to wait does not wake it, so nobody waits for long.
            while wait(jobs, _LONG_WAIT).not_done:
                pass
            return [job.result() for job in jobs]
        except BaseException:
            stopped.set()
            while busy:
                stop_tools(busy)
                time.sleep(_PAUSE)
            raise
