"""One line for each finding, for editors, `grep` and people in a hurry; then the summary."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kubelint_lb.output.closing import closing
from kubelint_lb.output.oneline import finding_line
from kubelint_lb.output.palette import Palette
from kubelint_lb.output.paths import Paths

if TYPE_CHECKING:
    from kubelint_lb.output.style import Style
    from kubelint_lb.report.finding import Report


def render(report: Report, style: Style) -> str:
    """The findings, then what `closing` says, each on lines of its own."""
    paths = Paths(report.root, style.cwd)
    palette = Palette(color=style.color)
    lines = [finding_line(finding, paths, palette) for finding in report.findings]
    lines += closing(report, style, paths, palette)
    return "".join(f"{line}\n" for line in lines)
