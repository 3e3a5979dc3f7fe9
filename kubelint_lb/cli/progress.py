"""Tells somebody at a terminal that a long run is still going."""

from __future__ import annotations

import sys
import threading
import time
from typing import TYPE_CHECKING

from kubelint_lb.cli.console import shows_progress

if TYPE_CHECKING:
    from types import TracebackType

_ERASE = "\r\x1b[K"


class Progress:
    """While entered, a line on standard error that says how many seconds have passed; the first after one second."""

    def __init__(self) -> None:
        self._done = threading.Event()
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Progress:
        if shows_progress():
            self._thread = threading.Thread(target=self._tell, daemon=True)
            self._thread.start()
        return self

    def __exit__(self, _kind: type[BaseException] | None, _error: BaseException | None, _trace: TracebackType | None) -> None:
        self._done.set()
        if self._thread is not None:
            self._thread.join()

    def _tell(self) -> None:
        started = time.monotonic()
        shown = False
        while not self._done.wait(1):
            sys.stderr.write(f"{_ERASE}kubelint-lb: reading and checking, {time.monotonic() - started:.0f} s")
            sys.stderr.flush()
            shown = True
        if shown:
            sys.stderr.write(_ERASE)
            sys.stderr.flush()
