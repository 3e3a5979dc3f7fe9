"""What a deployment tool does to objects after they are rendered: it fills variables in, then sets labels and annotations.

Source: fluxcd/pkg/kustomize `SubstituteVariables` and kustomize-controller: variables go into the object as YAML prints it, so
that a string which YAML prints without quotes may become a number; `commonMetadata` goes to `metadata` only.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from kubelint_lb.render.kustomize.laid_over import with_entry
from kubelint_lb.render.kustomize.substitute import Variables
from kubelint_lb.render.origin import Substituted, located
from kubelint_lb.source.node import Mapping, Node, Scalar, Sequence, to_python
from kubelint_lb.source.parse import parse_text
from kubelint_lb.source.scalars import ScalarValue
from kubelint_lb.source.values import name_text

_EXEMPT = "kustomize.toolkit.fluxcd.io/substitute"
# A string with one of these is printed with quotes, or as a block.
_QUOTED = re.compile(r"""[\s,\[\]{}#&*!|>'"%@`]|[-?:](?:\s|\Z)|.*(?::(?:\s|\Z)|\s#|[\n\t\x85\u2028\u2029]|\s\Z)""", re.DOTALL)

_ENDING = frozenset("'\"\\\t")


class Finish(NamedTuple):
    """What is done to each object: variables (None: none are filled in), labels and annotations, where they are written."""

    variables: Variables | None = None
    labels: Mapping | None = None
    annotations: Mapping | None = None

    def is_like(self, other: Finish) -> bool:
        """The same is done to the objects."""
        if to_python(self.labels) != to_python(other.labels) or to_python(self.annotations) != to_python(other.annotations):
            return False
        if self.variables is None or other.variables is None:
            return self.variables is other.variables
        return self.variables.is_like(other.variables)

    def text(self, text: str) -> str:
        """A name or namespace with the variables filled in."""
        return self.variables.fill(text).text if self.variables is not None else text

    def exempts(self, root: Mapping) -> bool:
        """No variables are filled in here: the object says so."""
        found = (root.get("metadata", field, _EXEMPT) for field in ("labels", "annotations"))
        return any(name_text(node) == "disabled" for node in found)

    def root(self, root: Mapping) -> Mapping:
        """The object as it is applied. What does not change is the same node."""
        if self.variables is not None and "$" in root.document.text and not self.exempts(root):
            found = _Filler(self.variables).node(root)
            root = found if isinstance(found, Mapping) else root
        for name, more in (("labels", self.labels), ("annotations", self.annotations)):
            if more is not None:
                root = _with_metadata(root, name, more)
        return root


class _Filler:
    """Fills variables into the nodes of one object."""

    def __init__(self, variables: Variables) -> None:
        self._variables = variables

    def node(self, node: Node) -> Node:
        """The node with what is known filled in; the same one where nothing changes."""
        if isinstance(node, Scalar):
            return self._scalar(node)
        if isinstance(node, Mapping):
            return self._mapping(node)
        if isinstance(node, Sequence):
            items = [self.node(item) for item in node.items]
            if all(new is old for new, old in zip(items, node.items, strict=True)):
                return node
            changed = Sequence(node.document, node.offset, items)
            changed.stop = node.stop
            return changed
        return node

    def _mapping(self, node: Mapping) -> Mapping:
        found: dict[str, Node] = {}
        keys = dict(node.key_nodes or {})
        for name, value in node.entries.items():
            new = self._variables.fill(name).text if "$" in name else name
            key = node.key(name) if new != name and new not in node.entries and new not in found else None
            if key is not None:
                keys[new] = Substituted(located(key), new, new, ())
            found[new if key is not None else name] = self.node(value)
        if all(new is old for new, old in zip(found.values(), node.entries.values(), strict=True)) and [*found] == [
            *node.entries
        ]:
            return node
        changed = Mapping(node.document, node.offset, found, node.key_offsets)
        changed.stop, changed.key_nodes = node.stop, keys
        return changed

    def _scalar(self, node: Scalar) -> Scalar:
        if "$" not in node.text or not isinstance(node.value, str):
            return node
        filled = self._variables.fill(node.text)
        if filled.text == node.text:
            return node
        definitions = tuple((name, self._variables.known[name].node) for name in filled.used)
        if _is_quoted(node.text):
            return self._new(node, filled.text, filled.text, definitions) if _stays_one(filled.text) else node
        if not filled.text.strip():
            return self._new(node, "", None, definitions)
        documents = parse_text(f"v: {filled.text}", "")
        root = documents[0].root if len(documents) == 1 and not documents[0].faults else None
        read = root.get("v") if isinstance(root, Mapping) and len(root.entries) == 1 else None
        # A list or a map that a variable brings is not looked into.
        return self._new(node, read.text, read.value, definitions) if isinstance(read, Scalar) else node

    def _new(self, node: Scalar, text: str, value: ScalarValue, definitions: tuple[tuple[str, Node], ...]) -> Scalar:
        return Substituted(located(node), text, value, definitions)


def _is_quoted(text: str) -> bool:
    return _QUOTED.match(text) is not None


def _stays_one(text: str) -> bool:
    """What was printed with quotes or as a block is still one text: nothing ends it early, and no line loses its indentation."""
    if not _ENDING.isdisjoint(text):
        return False
    return "\n" not in text or all(line[:1].strip() for line in text.split("\n"))


def _with_metadata(root: Mapping, name: str, more: Mapping) -> Mapping:
    """The object with more labels or annotations."""
    metadata = root.get("metadata")
    if not isinstance(metadata, Mapping):
        return root
    own = metadata.get(name)
    joined = _joined(own, more) if isinstance(own, Mapping) else more
    return with_entry(root, "metadata", root.key("metadata") or metadata, with_entry(metadata, name, more, joined))


def _joined(own: Mapping, more: Mapping) -> Mapping:
    for name, value in more.entries.items():
        own = with_entry(own, name, more.key(name) or value, value)
    return own
