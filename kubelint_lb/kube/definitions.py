"""The CustomResourceDefinitions that a repository holds: what the API server will ask of the objects of their kinds.

They are long, and there are many of them: a definition is parsed when an object of its kind is there.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from kubelint_lb.source.node import Mapping as MappingNode
from kubelint_lb.source.node import SourceText, to_python
from kubelint_lb.source.parse import parse_span, split

if TYPE_CHECKING:
    from kubelint_lb.kube.validation.schemas import Schema

_WORD = "CustomResourceDefinition"
# Each starts with a letter: descriptions of fields make definitions long, and a search for a letter skips them fast.
_DEFINITION = re.compile(rf"""kind["']?\s*:\s*["']?{_WORD}\b""")
_GROUP = re.compile(r"""group["']?\s*:\s*["']?([\w-]+(?:\.[\w-]+)+)""")
_NAMES = re.compile(r"""names["']?\s*:((?:[^:]*:){1,8})""")
_KIND = re.compile(r"""kind["']?\s*:\s*["']?([A-Z]\w*)""")
# A key with words for people behind it, and the lines that go on with them; a field of this name has a map behind it.
_DESCRIPTION = re.compile(r"^( *)description: (?![{&*!])[^\n]*\n(?:(?:\1 +[^\n]*| *)\n)*", re.MULTILINE)


def _blank(match: re.Match[str]) -> str:
    """As many lines with nothing in them: two thirds of a definition are words, which take long to parse."""
    return "\n" * match[0].count("\n")


class Definition(NamedTuple):
    """A document that may define kinds: where it lies in its file (0-based code points, `end` exclusive), and what it may be
    about, as well as a look at its text can tell."""

    path: str
    text: str
    start: int
    end: int
    groups: frozenset[str]
    kinds: frozenset[str]


class Definitions:
    """The definitions of some texts by path. Those of several files for one kind may differ; all of them count."""

    def __init__(self, texts: Mapping[str, str]) -> None:
        found = (one for path, text in texts.items() for one in _definitions(path, text))
        # Releases are kept beside what they are made of: the same definition in many files.
        self._found = list({one.text[one.start : one.end].strip("-\n "): one for one in reversed(list(found))}.values())[::-1]
        self._schemas: dict[tuple[str, str, str], tuple[Schema, ...]] = {}
        self._parsed: dict[tuple[str, int], Mapping[tuple[str, str, str], Schema]] = {}

    @cached_property
    def groups(self) -> Mapping[str, Collection[str]]:
        """The groups that a kind of a name may be of."""
        found: dict[str, set[str]] = {}
        for one in self._found:
            for kind in one.kinds:
                found.setdefault(kind, set()).update(one.groups)
        return found

    def schemas(self, group: str, version: str, kind: str) -> tuple[Schema, ...]:
        """What each definition of a kind says of a version of it."""
        key = (group, version, kind)
        if key not in self._schemas:
            relevant = (one for one in self._found if group in one.groups and kind in one.kinds)
            found = (self._types(one).get(key) for one in relevant)
            self._schemas[key] = tuple(one for one in found if one is not None)
        return self._schemas[key]

    def _types(self, one: Definition) -> Mapping[tuple[str, str, str], Schema]:
        place = (one.path, one.start)
        if place not in self._parsed:
            text = _DESCRIPTION.sub(_blank, one.text[one.start : one.end])
            source = SourceText(one.path, one.text[: one.start] + text)
            documents = parse_span(source, one.start, len(source.text))
            roots = [document.root for document in documents if not document.faults and isinstance(document.root, MappingNode)]
            self._parsed[place] = {key: schema for root in roots for key, schema in _types(root)}
        return self._parsed[place]


def _definitions(path: str, text: str) -> Iterator[Definition]:
    for start, end in split(text):
        chunk = text[start:end]
        if _WORD in chunk and _DEFINITION.search(chunk):
            kinds = (kind for names in _NAMES.finditer(chunk) for kind in _KIND.findall(chunk, *names.span(1)))
            yield Definition(path, text, start, end, frozenset(_GROUP.findall(chunk)), frozenset(kinds))


def _types(root: MappingNode) -> Iterator[tuple[tuple[str, str, str], Schema]]:
    """The versions of a definition by group, version and kind. Old ones (`v1beta1`) keep fields that nobody knows: they tell
    nothing. Their rules in CEL are not looked at."""
    from kubelint_lb.kube.validation.schemas import Schema
    from kubelint_lb.kube.validation.structural import object_type

    crd: Any = to_python(root)
    try:
        if crd["apiVersion"] != "apiextensions.k8s.io/v1" or crd["kind"] != _WORD:
            return
        group, kind = crd["spec"]["group"], crd["spec"]["names"]["kind"]
        for index, version in enumerate(crd["spec"]["versions"]):
            schema = object_type(version["schema"]["openAPIV3Schema"])
            place = root.get("spec", "versions", index, "name") or root
            yield (group, version["name"], kind), Schema(schema, {}, definition=place)
    except (KeyError, TypeError, AttributeError):  # not what it looks like: a template, or broken, which its author is told
        return
