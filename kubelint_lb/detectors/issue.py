"""What a detector yields: a problem at a node, with words, related places and edits; never a severity."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

from kubelint_lb.deploy.former import Former
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.source.node import Node, Scalar
from kubelint_lb.source.stretch import Insertion, Literal, Stretch

if TYPE_CHECKING:
    from kubelint_lb.kube.versions import Version

# What may fill a message: never None, which people would read as "port None". What is absent has words of its own.
Word: TypeAlias = "str | int | Version"


class TextEdit(NamedTuple):
    """Replace the text of a node."""

    node: Node
    text: str


def replace_node(node: Node, text: str) -> TextEdit:
    """The smallest edit: another text where a node stands."""
    return TextEdit(node, text)


def put_in(insertion: Insertion | None) -> TextEdit | None:
    """A text put in where nothing stands; None where there is no place for it."""
    return TextEdit(insertion.place, insertion.text) if insertion is not None else None


def cut(lines: Stretch | None) -> TextEdit | None:
    """Lines taken out; None where they cannot be."""
    return TextEdit(lines, "") if lines is not None else None


def _is_same(rendered: Node, written: Node) -> bool:
    """The very node, or the value as somebody wrote it: kustomize handed it on unchanged, or a template says it so."""
    if rendered is written or isinstance(written, Literal):
        return True
    if not isinstance(rendered, Scalar) or not isinstance(written, Scalar) or written.document.template:
        return False
    return rendered.value == written.value and type(rendered.value) is type(written.value)


class Issue:
    """What a detector found, at a node. `key` names the rule's message, `words` fill it; severity is not its business.

    `relations` are other places with words for them; `owner` is the object it is about, where that is not the object the
    detector was handed. Its methods return changed copies.
    """

    __slots__ = ("edits", "fix_title", "former", "key", "node", "owner", "relations", "words")

    def __init__(self, node: Node, key: str, /, **words: Word) -> None:
        self.node = node
        self.key = key
        self.words: Mapping[str, Word] = words
        self.relations: tuple[tuple[Node, str], ...] = ()
        self.fix_title = ""
        self.edits: tuple[TextEdit, ...] = ()
        self.owner: Manifest | None = None
        self.former: Former | None = None

    def _copy(self) -> Issue:
        copy = Issue(self.node, self.key, **self.words)
        copy.relations, copy.owner = self.relations, self.owner
        copy.fix_title, copy.edits = self.fix_title, self.edits
        copy.former = self.former
        return copy

    def moved(self, move: Callable[[Node], Node]) -> Issue:
        """The issue with every node replaced. Edits are dropped where a place moved to something else than the value as it was
        written: rendered text has no file to edit."""
        copy = self._copy()
        copy.node = move(self.node)
        copy.relations = tuple((move(node), words) for node, words in self.relations)
        edits = [TextEdit(move(edit.node), edit.text) for edit in self.edits]
        if all(_is_same(before.node, after.node) for before, after in zip(self.edits, edits, strict=True)):
            copy.edits = tuple(edits)
        else:
            copy.fix_title, copy.edits = "", ()
        return copy

    def since(self, former: Former | None) -> Issue:
        """The issue, caused by the change under review: it removed what the node refers to (None: it did not).

        The finding says so, and is reported though its own file is unchanged.
        """
        if former is None:
            return self
        copy = self._copy()
        copy.former = former
        if former.successor is not None and all(node is not former.successor.name_node for node, _ in copy.relations):
            return copy.related(former.successor.name_node, f"the name since {former.revision}")
        return copy

    def related(self, node: Node, words: str) -> Issue:
        """The issue with one more place in this or another object."""
        copy = self._copy()
        copy.relations = (*self.relations, (node, words))
        return copy

    def fix(self, title: str, *edits: TextEdit | None) -> Issue:
        """The issue with text edits that repair it; without any, where one of them cannot be made (None)."""
        made = tuple(edit for edit in edits if edit is not None)
        if not made or len(made) < len(edits):
            return self
        copy = self._copy()
        copy.fix_title, copy.edits = title, made
        return copy

    def unfixed(self) -> Issue:
        """The issue without edits: the text that they would change is in no file."""
        copy = self._copy()
        copy.fix_title, copy.edits = "", ()
        return copy

    def about(self, manifest: Manifest) -> Issue:
        """The issue, said of another object."""
        copy = self._copy()
        copy.owner = manifest
        return copy


Issues: TypeAlias = Iterator[Issue]
_Check = TypeVar("_Check", bound=Callable[..., Issues])


def detector(check: _Check) -> _Check:
    """Marks a module's detector; the engine finds it by the module's name."""
    return check
