"""Declarative rules: what a place of an object has to hold, as a JSON Schema fragment or as set or not set.

`assert: [{at: spec.rules[*].host, schema: {...}, when: [{at: spec.tls, set: true}], related: {...}, message: key}]`. The schema
error's path gives the position. Conditions and fields have three answers: what a patch or a placeholder may yet change is not
known, and then nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from collections.abc import Mapping as Mapping_
from typing import TYPE_CHECKING, Any, NamedTuple

from kubelint_lb.detectors.api import Context, Issue
from kubelint_lb.source.node import Collection, Mapping, Node, Scalar, Sequence, holds_placeholder, to_python

if TYPE_CHECKING:
    from kubelint_lb.catalogue.rule import Rule
    from kubelint_lb.kube.view import View

# What a message of a declarative rule may name: the object, the value found, and the schema's own words.
FIELDS = ("name", "value", "reason")
_STEP = re.compile(r"""\.?([^.\[\]]+)|\[(\*|\d+)\]|\["([^"]+)"\]""")
_EACH = -1


class _Found(NamedTuple):
    """A value, and the key it stands under, if it is no item of a list."""

    node: Node
    key: Node | None


class _Demand:
    """What has to be so at a place: it fits a schema, it is set, or it is not."""

    def __init__(self, data: Mapping_[str, Any]) -> None:
        self.steps = _steps(str(data["at"]))
        self._schema = validator(data["schema"]) if "schema" in data else None
        self._set: bool | None = data.get("set")

    def misses(self, view: View) -> Iterator[tuple[Node, str]]:
        """Where it surely is not so, with words."""
        found = list(_walk(_Found(view.node, view.manifest.name_node), self.steps))
        if self._set is True and not found and _lacks(view, self.steps):
            yield view.place(*map(str, self.steps)), "it is not set"
        for one in found if not view.manifest.patched or self._set is not True else ():
            if self._set is False:
                yield one.key or one.node, "it is set"
            elif self._schema is not None and not holds_placeholder(one.node):
                yield from _errors(one, self._schema)

    def holds(self, view: View) -> bool:
        """It surely is so: at some place, where a path leads to several."""
        found = list(_walk(_Found(view.node, view.manifest.name_node), self.steps))
        if self._set is not None:
            return bool(found) if self._set else _lacks(view, self.steps)
        fits = (one for one in found if not holds_placeholder(one.node))
        return self._schema is not None and any(self._schema.is_valid(to_python(one.node)) for one in fits)


class _Assertion:
    """A demand, when it is made, the message where it is not met, and another place to show."""

    def __init__(self, data: Mapping_[str, Any]) -> None:
        self._demand = _Demand(data)
        self._conditions = [_Demand(one) for one in data.get("when", ())]
        self._message = str(data["message"])
        self._related: Mapping_[str, str] | None = data.get("related")

    def issues(self, view: View) -> Iterator[Issue]:
        """Where an object does not do what it should."""
        if not all(one.holds(view) for one in self._conditions):
            return
        for place, reason in self._demand.misses(view):
            issue = Issue(place, self._message, name=view.title, value=_shown(place), reason=reason)
            yield self._with_related(issue, view)

    def _with_related(self, issue: Issue, view: View) -> Issue:
        if self._related is not None:
            for one in _walk(_Found(view.node, view.manifest.name_node), _steps(self._related["at"])):
                return issue.related(_place(one), self._related["text"])
        return issue


def check_asserts(rule: Rule) -> Callable[[Any, Context], Iterable[Issue]]:
    """A detector made of a rule's asserts."""
    assertions = [_Assertion(one) for one in rule.asserts]

    def check(view: View, _ctx: Context) -> Iterator[Issue]:
        for one in assertions:
            yield from one.issues(view)

    return check


def _lacks(view: View, steps: list[str | int]) -> bool:
    """A place is surely not there: `[*]` asks whether the list is."""
    return view.lacks(*(step for step in steps if step != _EACH)) is True


def validator(schema: object) -> Any:
    """What tells the errors of a value. A schema elsewhere is never fetched."""
    from jsonschema import Draft202012Validator
    from referencing import Registry

    return Draft202012Validator(schema, registry=Registry())


def _errors(found: _Found, schema: Any) -> Iterator[tuple[Node, str]]:
    """The places where a value does not fit, each once, with the schema's words."""
    seen = set()
    errors = schema.iter_errors(to_python(found.node))
    for error in sorted(errors, key=lambda error: (list(map(str, error.absolute_path)), error.message)):
        place = _place(next(_walk(found, list(error.absolute_path)), found))
        if place.span not in seen:
            seen.add(place.span)
            yield place, error.message


def _place(found: _Found) -> Node:
    """The value itself, but of one that goes over many lines its key, or its first key."""
    node = found.node
    if not isinstance(node, Collection) or node.flow:
        return node
    if found.key is not None:
        return found.key
    return next(node.keys(), node) if isinstance(node, Mapping) else node


def _steps(path: str) -> list[str | int]:
    """`spec.rules[*].host` as keys, indexes and `*` (-1)."""
    found: list[str | int] = []
    for match in _STEP.finditer(path):
        name, index, quoted = match.groups()
        if index is not None:
            found.append(_EACH if index == "*" else int(index))
        else:
            found.append(quoted if quoted is not None else name)
    return found


def _walk(start: _Found, steps: list[str | int]) -> Iterator[_Found]:
    """What lies at the end of a path; nothing where a step leads nowhere."""
    if not steps:
        yield start
        return
    step, *rest = steps
    for child in _children(start.node, step):
        yield from _walk(child, rest)


def _children(node: Node, step: str | int) -> Iterator[_Found]:
    if isinstance(node, Mapping):
        for name in node.entries if step == _EACH else (str(step),):
            if (child := node.get(name)) is not None:
                yield _Found(child, node.key(name))
    elif isinstance(node, Sequence) and isinstance(step, int):
        for child in node.items if step == _EACH else node.items[step : step + 1]:
            yield _Found(child, None)


def _shown(node: Node) -> str:
    return node.text if isinstance(node, Scalar) else node.source
