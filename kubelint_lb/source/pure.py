"""ruamel's pure-Python parser, made to tell the same as the C parser.

It serves where no C parser is installed, and for text that the C parser refuses and kubectl accepts.
"""

from __future__ import annotations

import re
from typing import Any

_SURROGATE = re.compile("[\\ud800-\\udfff]")
_TAG_BEFORE = re.compile(r"![^\s,\[\]{}]*\s+\Z")


class _Mark:
    __slots__ = ("index",)

    def __init__(self, index: int) -> None:
        self.index = index


class PureParser:
    """Events of a text. `directives` matches the lines before the first document."""

    def __init__(self, text: str, directives: re.Pattern[str]) -> None:
        from ruamel.yaml import YAML

        if head := directives.match(text):
            # ruamel fails on this directive where nothing is constructed; as a comment it takes the same room.
            text = head[0].replace("%YAML", "#YAML") + text[head.end() :]
        yaml = YAML(typ="safe", pure=True)
        yaml.version = (1, 1)  # as libyaml reads; the scalars are resolved here anyway
        self._text = text
        _, self._parser = yaml.get_constructor_parser(text)

    def get_event(self) -> Any:
        """The next event. Raises what the parser raises."""
        event = self._parser.get_event()
        value = getattr(event, "value", None)
        if isinstance(value, str) and _SURROGATE.search(value):
            # JSON writes `\\ud83d\\ude00` for one character.
            event.value = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if getattr(event, "anchor", None) is not None and getattr(event, "tag", None) is not None:
            self._start_at_tag(event)
        return event

    def _start_at_tag(self, event: Any) -> None:
        """Of `!!str &a x`, ruamel gives the anchor as the start."""
        start = event.start_mark.index
        if tag := _TAG_BEFORE.search(self._text, max(0, start - 200), start):
            event.start_mark = _Mark(tag.start())
