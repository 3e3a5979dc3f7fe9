"""kubelint-lb: a linter for Kubernetes load balancing.

`lint(paths, settings) -> Report` is the public API, with `read_worlds` and `trace(world, request) -> Trace`; each is
imported when first asked for.
"""

from __future__ import annotations

# Not from `typing`: importing that takes longer than saying again what was found.
TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from kubelint_lb.engine.reading import read_worlds
    from kubelint_lb.engine.run import lint
    from kubelint_lb.engine.trace import trace
    from kubelint_lb.report.finding import Finding, Report
    from kubelint_lb.settings.settings import Settings
    from kubelint_lb.settings.severity import Severity
    from kubelint_lb.traffic.request import Request, Trace

__all__ = ["Finding", "Report", "Request", "Settings", "Severity", "Trace", "__version__", "lint", "read_worlds", "trace"]
__version__ = "0.1.0"

_HOMES = {
    "Finding": "kubelint_lb.report.finding",
    "Report": "kubelint_lb.report.finding",
    "Request": "kubelint_lb.traffic.request",
    "Settings": "kubelint_lb.settings.settings",
    "Severity": "kubelint_lb.settings.severity",
    "Trace": "kubelint_lb.traffic.request",
    "lint": "kubelint_lb.engine.run",
    "read_worlds": "kubelint_lb.engine.reading",
    "trace": "kubelint_lb.engine.trace",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_HOMES[name]), name)
