"""The few facts that decide whether a rule takes part in a run, read from its file without a YAML parser.

Parsing three hundred heads would take longer than linting a file; most rules' kinds do not even occur in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from kubelint_lb.catalogue.heads import HEADS
from kubelint_lb.catalogue.rule import Rule
from kubelint_lb.catalogue.rule_file import document, read_head, rule_of
from kubelint_lb.settings.errors import CatalogueError

_KINDS = re.compile(r"^kinds: *\[([A-Za-z0-9, ]*)\] *$", re.MULTILINE)
_NEEDS = re.compile(r"^needs: *\[([A-Za-z0-9, ]*)\] *$", re.MULTILINE)
_ANNOTATIONS = re.compile(r"^annotations: *\[([-A-Za-z0-9./, ]*)\] *$", re.MULTILINE)
_DEFAULT = re.compile(r"^default:[ \t]*([a-z]+)", re.MULTILINE)
_SEPARATOR = re.compile(r"^---", re.MULTILINE)


class Outline(NamedTuple):
    """A rule seen from afar; `text` is its whole file."""

    name: str
    family: str
    enabled: bool
    kinds: tuple[str, ...]
    needs: tuple[str, ...]
    path: str
    text: str
    annotations: tuple[str, ...] = ()
    own: bool = True  # it comes with the program, and is seen to look up what it says


def outline(text: str, path: str, name: str, family: str) -> Outline:
    """What a rule file says at a glance; where the glance is not enough, its head is parsed. Raises CatalogueError."""
    tail = _SEPARATOR.search(text, 3)
    end = tail.start() if tail else len(text)
    kinds = _KINDS.search(text, 0, end)
    needs = _NEEDS.search(text, 0, end)
    annotations = _ANNOTATIONS.search(text, 0, end)
    written = ((needs, "\nneeds:"), (annotations, "\nannotations:"))
    if kinds is None or any(found is None and key in text[:end] for found, key in written):
        rule = read_head(text, path, family)
        return Outline(name, family, rule.enabled, rule.kinds, rule.needs, path, text, rule.annotations)
    default = _DEFAULT.search(text, 0, end)
    enabled = default is None or default[1] == "on"
    return Outline(name, family, enabled, _names(kinds[1]), _listed(needs), path, text, _listed(annotations))


def _listed(found: re.Match[str] | None) -> tuple[str, ...]:
    return _names(found[1]) if found is not None else ()


def _names(listed: str) -> tuple[str, ...]:
    return tuple(name.strip() for name in listed.split(",") if name.strip())


def _rule(found: Outline) -> Rule:
    """The rule of a file of ours, of its head as it was read before if it is the same."""
    kept = HEADS.get(found.text, found.path)
    if kept is not None:
        try:
            return rule_of(kept, found.path, found.family)
        except CatalogueError:  # it was spoilt; the file is what counts
            pass
    head = document(found.text, found.path, 0)
    rule = rule_of(head, found.path, found.family)
    HEADS.put(found.text, head)
    return rule


class LazyRules(Mapping[str, Rule]):
    """Rules by name, in order; each head is parsed when somebody first asks for it."""

    def __init__(self, outlines: Mapping[str, Outline], ready: Mapping[str, Rule]) -> None:
        self._outlines = outlines
        self._ready = dict(ready)

    def __getitem__(self, name: str) -> Rule:
        rule = self._ready.get(name)
        if rule is None:
            rule = self._ready[name] = _rule(self._outlines[name])
        return rule

    def __contains__(self, name: object) -> bool:
        return name in self._outlines

    def __iter__(self) -> Iterator[str]:
        return iter(self._outlines)

    def __len__(self) -> int:
        return len(self._outlines)
