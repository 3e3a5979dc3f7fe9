"""The names of the formats, each with its module, which is imported only when the format is asked for."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kubelint_lb.output.style import Style
    from kubelint_lb.report.finding import Report

_MODULES = {
    "text": "text",
    "concise": "concise",
    "json": "json_report",
    "sarif": "sarif",
    "github": "github",
    "gitlab": "gitlab",
    "junit": "junit",
    "markdown": "markdown",
    "html": "html",
    "rdjson": "rdjson",
}

FORMATS: tuple[str, ...] = tuple(_MODULES)


def render(name: str, report: Report, style: Style) -> str:
    """The report in the format `name`: empty, or lines that each end in a newline.

    Raises KeyError for a name that is not in FORMATS.
    """
    module = import_module(f"kubelint_lb.output.{_MODULES[name]}")
    text: str = module.render(report, style)
    return text
