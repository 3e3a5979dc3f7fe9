"""What the checks of an object find, by path; and the nodes at which it stands."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kubelint_lb.kube.validation.plain import Path, written
from kubelint_lb.kube.validation.violation import Reason, Violation
from kubelint_lb.kube.versions import Version
from kubelint_lb.source.node import Mapping, Node, Scalar, Sequence


class Servers(NamedTuple):
    """The versions that an object may be applied to: the one that the user named, else all in support."""

    oldest: Version
    newest: Version

    def since(self, minor: int) -> bool:
        """All of them are of this minor version or a later one."""
        return self.oldest >= Version(1, minor)

    def before(self, minor: int) -> bool:
        """All of them are older than this minor version."""
        return self.newest < Version(1, minor)


class Findings:
    """What is refused of one object; `settled`: what is not there is surely not there."""

    def __init__(self, root: Mapping, servers: Servers, *, settled: bool) -> None:
        self.root = root
        self.servers = servers
        self.settled = settled
        # Volumes that come from elsewhere than the pod's own list.
        self.claims: frozenset[str] = claims_of(root)
        self._found: list[Violation] = []
        self._refused: set[Path] = set()
        # The fields that unknown ones are likely meant to be.
        self._misspelt: set[Path] = set()

    def __iter__(self) -> Iterator[Violation]:
        return iter(self._found)

    def add(self, reason: Reason, path: Path, words: str, near: str = "", *, node: Node | None = None) -> None:
        """Something is refused at a path; `node` where it does not stand there."""
        self._refused.add(path)
        self._found.append(Violation(node or self._place(path), reason, written(path), words, near))

    def value(self, path: Path, words: str, near: str = "") -> None:
        """The value is none of `words`."""
        self.add(Reason.VALUE, path, words, near)

    def required(self, path: Path, words: str = "") -> None:
        """The field has to be there."""
        if self.settled and path not in self._misspelt:
            self.add(Reason.REQUIRED, path, words)

    def conflict(self, path: Path, words: str, *, shown: Path | None = None) -> None:
        """The field does not go with another, as `words` say; `shown` is where that is best seen."""
        if self.settled and not self._is_misspelt(path):
            self.add(Reason.CONFLICT, path, words, node=self._place(shown) if shown is not None else None)

    def rule(self, path: Path, message: str) -> None:
        """A rule of the kind's own is broken, as its message says. Where something below lacks a field or is there twice it
        says no more than that."""
        inside = (f"{written(path)}[", f"{written(path)}.")
        below = any(one.reason in {Reason.DUPLICATE, Reason.REQUIRED} and one.path.startswith(inside) for one in self._found)
        if self.settled and not below and not self._is_misspelt(path):
            self.add(Reason.RULE, path, message)

    def unknown(self, path: Path, meant: str, node: Node) -> None:
        """The kind has no such field; `meant` is the one that is like it, or empty."""
        if meant:
            self._misspelt.add((*path[:-1], meant))
        self.add(Reason.UNKNOWN, path, str(path[-1]), meant, node=node)

    def _is_misspelt(self, path: Path) -> bool:
        """The field, or one below it, may be there under another name."""
        return any(one[: len(path)] == path for one in self._misspelt)

    def duplicate(self, path: Path, words: str) -> None:
        """The item is there twice."""
        self.add(Reason.DUPLICATE, path, words)

    def warning(self, path: Path, words: str) -> None:
        """The server takes it, and warns."""
        self.add(Reason.WARNING, path, words)

    def refuses(self, path: Path) -> bool:
        """Something is refused at this path already."""
        return path in self._refused

    def refuses_below(self, path: Path) -> bool:
        """Something is refused below this path: a field that is written in another way, say."""
        return any(len(one) > len(path) and one[: len(path)] == path for one in self._refused)

    def _place(self, path: Path) -> Node:
        """The value at a path; of what is not there, the key of the nearest parent that is."""
        node: Node = self.root
        place: Node | None = None
        for step in path:
            if isinstance(node, Mapping) and isinstance(step, str):
                below = node.get(step)
                key = node.key(step)
            else:
                below = (
                    node.items[step] if isinstance(node, Sequence) and isinstance(step, int) and step < len(node.items) else None
                )
                key = None
            if below is None or (isinstance(below, Scalar) and below.value is None and step != path[-1]):
                return key or place or self.root.key("kind") or self.root
            place = key or _first_key(below) or below
            node = below
        if isinstance(node, Scalar) and node.value is None:
            return place or node
        return node


def _first_key(node: Node) -> Node | None:
    """An item of a list has no key of its own: its first one stands for it."""
    return next(iter(node.keys()), None) if isinstance(node, Mapping) else None


def claims_of(root: Mapping) -> frozenset[str]:
    """The names of a StatefulSet's claims."""
    claims = root.get("spec", "volumeClaimTemplates")
    names = [claim.get("metadata", "name") for claim in claims.items] if isinstance(claims, Sequence) else []
    return frozenset(name.text for name in names if isinstance(name, Scalar))
