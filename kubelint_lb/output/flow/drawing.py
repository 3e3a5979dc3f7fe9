"""What all drawings of traffic share: the pictures of the units as one, with what is found in their objects."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from kubelint_lb.output.paths import Paths
from kubelint_lb.report.finding import Finding
from kubelint_lb.source.place import Location
from kubelint_lb.traffic.picture import Arrow, Box, Picture


class Drawing(NamedTuple):
    """Pictures, one a unit, and the findings by object (kind, namespace, name)."""

    pictures: tuple[Picture, ...]
    findings: dict[tuple[str, str | None, str], list[Finding]]
    paths: Paths

    def found_in(self, box: Box) -> list[Finding]:
        """The findings in the object of a box, less those in another part of it."""
        found = self.findings.get(box.subject, [])
        if box.part is None or not found:
            return found
        parts = [one.part for picture in self.pictures for one in picture.boxes if one.subject == box.subject and one.part]
        mine = [one for one in found if _is_in(one, box.part)]
        return [one for one in found if one in mine or not any(_is_in(one, part) for part in parts)]

    def place(self, box: Box) -> str:
        """`path:line` of a box, empty where it is nowhere."""
        return f"{self.paths(box.place.path)}:{box.place.span[0]}" if box.place is not None else ""

    def numbered(self) -> list[tuple[Picture, list[tuple[str, Box]], list[tuple[str, str, Arrow]]]]:
        """The pictures with a name for each box that holds in the whole drawing (`n1`, `n2`, …), and the arrows between them."""
        found = []
        count = 0
        for picture in self.pictures:
            names = {}
            for box in picture.boxes:
                count += 1
                names[box.key] = f"n{count}"
            boxes = [(names[box.key], box) for box in picture.boxes]
            found.append((picture, boxes, [(names[one.source], names[one.target], one) for one in picture.arrows]))
        return found


def _is_in(finding: Finding, part: Location) -> bool:
    return finding.location.path == part.path and part.span.touches(*finding.location.span[:2])


def drawing_of(pictures: Sequence[Picture], findings: Iterable[Finding], paths: Paths) -> Drawing:
    """A drawing of those pictures that hold anything."""
    by_object: dict[tuple[str, str | None, str], list[Finding]] = defaultdict(list)
    for one in findings:
        if one.object is not None:
            by_object[one.object.kind, one.object.namespace, one.object.name].append(one)
    return Drawing(tuple(one for one in pictures if one.boxes), dict(by_object), paths)


def counted(findings: Sequence[Finding]) -> str:
    """`1 error, 2 warnings`, the worst first; empty for none."""
    counts: dict[str, int] = {}
    for one in sorted(findings, key=lambda one: -one.severity.rank):
        counts[one.severity.value] = counts.get(one.severity.value, 0) + 1
    return ", ".join(f"{number} {name}{'s' if number > 1 and name != 'info' else ''}" for name, number in counts.items())
