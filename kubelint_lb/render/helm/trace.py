"""Where a template writes what was rendered from it: the line that holds a value, or the action that printed it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from kubelint_lb.render.helm.template import HOLE, Entry, chunks, fits
from kubelint_lb.source.node import Document, Mapping, Node, Scalar, SourceText
from kubelint_lb.source.node import Sequence as SequenceNode
from kubelint_lb.source.steps import Way
from kubelint_lb.source.stretch import Literal, Stretch

# What likeness is worth: a text that is the same, a key that is there, a text that cannot be.
_SAME, _THERE, _OTHER = 3, 1, -4
_LOOP = re.compile(r"\{\{-?\s*range\b")
# Enough to tell the parts of a template apart.
_MOST_ITEMS = 24
_MOST_DEPTH = 8


class Template:
    """One template file, for all objects that come from it."""

    def __init__(self, source: SourceText) -> None:
        self.document = Document(source, 0, len(source.text))
        self._chunks = list(chunks(source))
        self._loops = _LOOP.search(source.text) is not None

    def trace(self, rendered: Node) -> TemplateTrace:
        """Finds the document of the template that a rendered object comes from."""
        scores = [_likeness(chunk, rendered, 0) for chunk in self._chunks]
        best = max(scores, default=0)
        found = self._chunks[scores.index(best)] if scores else Entry(-1, 0, 0)
        # Of a loop, or of parts that are alike, one text may be many values.
        once = scores.count(best) == 1 and not self._loops
        return TemplateTrace(self.document, found, rendered, once=once)


def written_at(place: Node) -> str:
    """What a template says at a place of it."""
    start = place.document.base
    return place.document.source.text[start + place.start : start + place.end]


class TemplateTrace:
    """One rendered object and the document of a template that it comes from."""

    def __init__(self, document: Document, chunk: Entry, rendered: Node, *, once: bool) -> None:
        self._document = document
        self._once = once
        self._chunk = chunk
        self._rendered = rendered

    @property
    def object_place(self) -> Stretch:
        """The object's `kind`, else its first line."""
        kinds = self._chunk.named("kind")
        entry = kinds[0] if kinds else self._chunk
        return self._place(entry.start, max(entry.end, entry.value_end))

    def locate(self, way: Way, _node: Node) -> Node | None:
        """The place of a rendered value or key; of what an action printed, the action; None where that cannot be told.

        A Literal where a text is surely written there, and nowhere else in the template.
        """
        entry, value, once = self._chunk, self._rendered, self._once
        for depth, step in enumerate(way.steps):
            child = value.get(step)
            if child is None:
                return None
            found = entry.named(step) if isinstance(step, str) else _items(entry, child)
            if not found:
                return self._unwritten(entry, depth)
            chosen = _choose(found, child, value, step)
            once = once and _is_only(entry, found, chosen, value, step)
            entry, value = chosen, child
        if not way.to_key and once and isinstance(value, Scalar) and self._says(entry, value):
            return Literal(self._document, entry.value_start, entry.value_end)
        return self._of_key(entry) if way.to_key else self._of_value(entry, value)

    def _says(self, entry: Entry, value: Scalar) -> bool:
        written = self._document.text[entry.value_start : entry.value_end]
        return "{{" not in written and written in {value.text, f'"{value.text}"', f"'{value.text}'"}

    def _of_key(self, entry: Entry) -> Node | None:
        return self._place(entry.start, entry.end) if entry.key is not None else None

    def _of_value(self, entry: Entry, value: Node) -> Node | None:
        if entry.value:
            right = not isinstance(value, Scalar) or _likeness(entry, value, 0) >= 0
            return self._place(entry.value_start, entry.value_end) if right else None
        if not entry.children:
            return self._place(entry.start, entry.end)
        return self._place(entry.children[0].start, entry.stop)

    def _unwritten(self, entry: Entry, depth: int) -> Node | None:
        """A value that stands nowhere: its nearest ancestor's value or action prints it, if only one does."""
        printed = [child for child in entry.children if child.printed]
        if entry.value:
            return self._place(entry.value_start, entry.value_end)
        if len(printed) == 1:
            return self._place(printed[0].start, printed[0].end)
        # `spec` alone would tell less than the object's kind.
        return self._place(entry.start, entry.end) if depth > 1 else None

    def _place(self, start: int, end: int) -> Stretch:
        return Stretch(self._document, start, end)


def _items(entry: Entry, child: Node) -> list[Entry]:
    """The items of a list that may have made one; where an action prints items too, only those that look like it."""
    items = [one for one in entry.children if one.item]
    if isinstance(child, Mapping) and any(one.printed for one in entry.children):
        return [one for one in items if _likeness(one, child, 0) > len(_absent(one, child))]
    return items


def _is_only(entry: Entry, found: Sequence[Entry], chosen: Entry, parent: Node, step: str | int) -> bool:
    """Nothing else of the template can have made the part of a parent at a step: of a list, all items were rendered, in order."""
    if not isinstance(step, int):
        return len(found) == 1 and chosen.key == step
    if any(one.printed for one in entry.children) or not isinstance(parent, SequenceNode) or len(parent.items) != len(found):
        return False
    return chosen is found[step]


def _absent(entry: Entry, node: Mapping) -> set[str]:
    """Keys that a part of a template writes and that were not rendered: perhaps for a condition, perhaps it is another."""
    keys = {child.key for child in entry.children if child.key is not None}
    return {key for key in keys if not any(fits(key, name) for name in node.entries)}


def _choose(found: Sequence[Entry], child: Node, parent: Node, step: str | int) -> Entry:
    """The entry most like what was rendered; of several list items alike, the one with the same index."""
    scores = [_likeness(one, child, 0) for one in found]
    best = [one for one, score in zip(found, scores, strict=True) if score == max(scores)]
    if isinstance(step, int) and len(best) > 1:
        if isinstance(parent, SequenceNode) and len(found) == len(parent.items) and found[step] in best:
            return found[step]
        return best[min(step, len(best) - 1)]
    return best[0]


def _likeness(entry: Entry, node: Node, depth: int) -> int:
    """How much a part of a template looks like what was rendered; below zero where it cannot be it."""
    if isinstance(node, Scalar):
        return _scalar_likeness(entry, node)
    if depth >= _MOST_DEPTH:
        return 0
    total = 0
    if isinstance(node, Mapping):
        for name, value in node.entries.items():
            found = entry.named(name)
            if found:
                total += _THERE + max(_likeness(one, value, depth + 1) for one in found[:_MOST_ITEMS])
    elif isinstance(node, SequenceNode):
        items = [child for child in entry.children if child.item][:_MOST_ITEMS]
        if items:
            total = sum(max(_likeness(one, value, depth + 1) for one in items) for value in node.items[:_MOST_ITEMS])
    return total


def _scalar_likeness(entry: Entry, node: Scalar) -> int:
    written = entry.value
    if not written or written[0] in "|>&*!":
        return 0
    if not fits(written, node.text):
        return _OTHER
    return _SAME if written.strip(HOLE + " \"'") else 0
