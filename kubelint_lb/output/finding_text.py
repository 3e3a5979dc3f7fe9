"""One finding for who asks why: what it says, its excerpts, and the answers for every reference of its object."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from kubelint_lb.output.cells import printable_lines
from kubelint_lb.output.excerpt import Sources
from kubelint_lb.output.palette import Palette
from kubelint_lb.output.paths import Paths
from kubelint_lb.output.style import Style
from kubelint_lb.output.text import sheet
from kubelint_lb.report.finding import Finding, Report
from kubelint_lb.traffic.evidence import Evidence

_PAGE = 100


def finding_text(finding: Finding, report: Report, evidence: Iterable[Evidence], paths: Paths) -> str:
    """The finding as `check --verbose` shows it, then its suppression and the evidence."""
    style = Style(color=False, width=_PAGE, cwd=Path.cwd(), sarif_root=report.root, verbose=True)
    lines = list(sheet(finding, style, Sources(report.sources), paths, Palette(color=False)))
    if finding.suppressed is not None:
        lines.append(f"\nIt is suppressed ({finding.suppressed.kind}): {finding.suppressed.reason or 'no reason is given'}.")
    found = list(_lines(evidence, paths))
    if found:
        lines += ["\nWhat is known of what its object refers to, and of what refers to it:", *found]
    return printable_lines("\n".join(lines)) + "\n"


def _lines(evidence: Iterable[Evidence], paths: Paths) -> Iterator[str]:
    for one in evidence:
        places = [f"{paths(place.path)}:{place.span[0]}" for place in one.places]
        yield f"  {one.answer:<8} {one.words}  ({', '.join([f'{paths(one.said.path)}:{one.said.span[0]}', *places])})"
