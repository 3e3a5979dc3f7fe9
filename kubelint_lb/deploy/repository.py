"""Which repository a tree is, and what it holds, as a deployment tool that clones it would see.

A clone seldom knows for sure what it is called: CI clones by other protocols, forks have other owners, exports have no remotes.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from enum import Enum
from functools import cached_property

from kubelint_lb.deploy.layout import Layout
from kubelint_lb.source.folders import is_within, parent
from kubelint_lb.source.node import Node
from kubelint_lb.source.placeholder import has_placeholder

# A `scheme://user@host:port/`, or the `user@host:` of scp.
_HOST = re.compile(r"(?:[a-z][a-z0-9+.-]*://[^/]*/+|[^/:]+:/*)", re.IGNORECASE)
# Parts of an address that Azure DevOps puts before or between the names.
_NO_NAMES = frozenset({"", "_git", "v3", "scm"})
_TRUNKS = ("", "HEAD", "main", "master")

Names = tuple[str, ...]


class Lies(Enum):
    """Where something that a deployment tool names lies: in this repository, in another one, or nobody can tell."""

    HERE = "here"
    PERHAPS = "perhaps"
    ELSEWHERE = "elsewhere"


class Remotes:
    """What git says of the work tree: the addresses it came from, its branch, and where the root of the run lies in it."""

    def __init__(self, addresses: Iterable[str] = (), branches: Iterable[str] = (), above: str = "") -> None:
        self.names = frozenset(filter(None, map(repository_name, addresses)))
        self.branches = frozenset((*_TRUNKS, *branches))
        self.above = above


class ThisRepository:
    """The tree that is linted. `files` are the paths of its manifests and other YAML and JSON, relative to the root of the run;
    `read` parses one of them (None where that cannot be done)."""

    def __init__(
        self, files: Collection[str], layout: Layout, read: Callable[[str], Node | None], remotes: Remotes | None = None
    ) -> None:
        self.files = files
        self.layout = layout
        self.read = read
        self._remotes = remotes or Remotes()
        self._votes: Counter[Names] = Counter()

    @cached_property
    def folders(self) -> frozenset[str]:
        """The folders that hold a file, directly or below."""
        found: set[str] = {""}
        for path in self.files:
            folder = parent(path)
            while folder not in found:
                found.add(folder)
                folder = parent(folder)
        return frozenset(found)

    def folder(self, path: str) -> str | None:
        """The folder, relative to the root of the run, that a path from the top of the repository means; None if the root does
        not hold it."""
        parts = [part for part in path.split("/") if part not in {"", "."}]
        above = self._remotes.above
        normal = "/".join(parts)
        if ".." in parts or not is_within(normal, above):
            return None
        return normal[len(above) :].lstrip("/")

    def from_top(self, path: str) -> str:
        """A path as it is seen from the top of the repository."""
        return "/".join(filter(None, (self._remotes.above, path)))

    def hear(self, address: str, path: str) -> None:
        """Somebody says that a repository at this address holds this path: where no remote is known, the most such say which
        repository this is. The top of a repository proves nothing."""
        folder, name = self.folder(path), repository_name(address)
        if folder and name and folder in self.folders:
            self._votes[name] += 1

    def lies(self, address: str, revision: str) -> Lies:
        """Whether a repository at this address, at this revision, is this one."""
        name = repository_name(address)
        if name is None:
            return Lies.PERHAPS
        found = self._by_remotes(name) if self._remotes.names else self._by_votes(name)
        trunk = revision.removeprefix("refs/heads/") in self._remotes.branches
        return Lies.PERHAPS if found is Lies.HERE and not trunk else found

    def _by_remotes(self, name: Names) -> Lies:
        if name in self._remotes.names:
            return Lies.HERE
        # A fork, or the same name of another owner.
        return Lies.PERHAPS if name[-1] in {one[-1] for one in self._remotes.names} else Lies.ELSEWHERE

    def _by_votes(self, name: Names) -> Lies:
        own = self._votes[name]
        most = max((votes for one, votes in self._votes.items() if one != name), default=0)
        return Lies.HERE if own > most else Lies.PERHAPS


def repository_name(address: str) -> Names | None:
    """Owner and name in an address, in small letters and whatever the protocol and the host; None where that is not said."""
    if has_placeholder(address):
        return None
    match = _HOST.match(address.strip())
    path = address.strip()[match.end() :] if match else address.strip()
    parts = [part for part in path.lower().rstrip("/").removesuffix(".git").split("/") if part not in _NO_NAMES]
    return tuple(parts) or None
