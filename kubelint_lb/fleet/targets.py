"""What is to be linted: the trees that words on the command line and lines of list files name."""

from __future__ import annotations

import os
import re
import shlex
from collections.abc import Iterable, Iterator, Sequence
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from kubelint_lb.deploy.revisions import GitError, Repository
from kubelint_lb.fleet.teams import TeamRule, no_team
from kubelint_lb.settings.errors import Mistake, UsageError

_URL = re.compile(r"([a-z][a-z0-9+.-]*)://", re.IGNORECASE)
_MOST_READABLE = 60  # characters: file systems take 255, and a digest comes behind
_LIST_KEYS = ("team", "name", "complete")
_BOOLEANS = {"true": True, "false": False}


class TargetListError(UsageError):
    """Mistakes in a list of targets, each with its place."""

    def __init__(self, mistakes: Sequence[Mistake]) -> None:
        super().__init__("\n".join(map(str, mistakes)))


class Target(NamedTuple):
    """One tree. `place` is the absolute path of a folder, a repository, a tarball or a dump; `branch` a git revision, empty for
    the files as they are. `name` is what people call it, `team` whose it is (empty: nobody's). `complete`: it holds everything.
    """

    name: str
    team: str
    place: str
    branch: str = ""
    complete: bool = False

    @property
    def folder(self) -> str:
        """The name of the folder with its reports: readable, and not that of another tree, in whatever letters."""
        # The end of a long name says more than where all trees lie.
        readable = re.sub(r"[^A-Za-z0-9._-]+", "-", self.name)[-_MOST_READABLE:].strip("-.") or "tree"
        return f"{readable}-{sha256(self.name.encode(errors='surrogateescape')).hexdigest()[:8]}"


def targets_of(words: Iterable[str], team_of: TeamRule = no_team) -> tuple[Target, ...]:
    """The trees that `words` name, by name. `@FILE` stands for the lines of a list, `PLACE#BRANCH` for a branch, or for many.

    A tree that is named twice is one. Raises UsageError for a list that cannot be read, for a URL that is not of this machine,
    and for two trees of the same name. Whether a tree is there is not looked at: one that is not must not stop the rest.
    """
    by_name: dict[str, Target] = {}
    for target in _all_of(words, team_of):
        other = by_name.setdefault(target.name, target)
        if (other.place, other.branch) != (target.place, target.branch):
            raise UsageError(
                f"two trees are called {target.name}: {other.place} and {target.place}; give one another name=… in a list"
            )
    return tuple(by_name[name] for name in sorted(by_name))


def _all_of(words: Iterable[str], team_of: TeamRule) -> Iterator[Target]:
    for word in words:
        if word.startswith("@") and len(word) > 1:
            yield from _listed(Path(word[1:]), team_of)
        else:
            yield from _named(word, Path.cwd(), {}, team_of)


def _listed(file: Path, team_of: TeamRule) -> Iterator[Target]:
    """The trees of a list: one a line, with `team=`, `name=` and `complete=` behind it; relative to the list's folder."""
    try:
        lines = file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {file}: {getattr(error, 'strerror', None) or 'it is not UTF-8'}") from None
    mistakes: list[Mistake] = []
    found: list[Target] = []
    for number, line in enumerate(lines, 1):
        try:
            # A number sign within a word begins a branch, so a comment is a line of its own.
            place, *said = [] if line.lstrip().startswith("#") or not line.strip() else shlex.split(line)
        except ValueError as error:
            if line.strip() and not line.lstrip().startswith("#"):
                mistakes.append(Mistake(str(file), number, 1, f"{error}".lower()))
            continue
        attributes = dict(word.partition("=")[::2] for word in said)
        if unknown := [key for key in attributes if key not in _LIST_KEYS]:
            mistakes.append(Mistake(str(file), number, 1, f"'{unknown[0]}' is none of {', '.join(_LIST_KEYS)}"))
        elif attributes.get("complete", "true") not in _BOOLEANS:
            mistakes.append(Mistake(str(file), number, 1, "complete is true or false"))
        else:
            found += _named(place, file.parent.absolute(), attributes, team_of)
    if mistakes:
        raise TargetListError(mistakes)
    yield from found


def _named(word: str, here: Path, attributes: dict[str, str], team_of: TeamRule) -> Iterator[Target]:
    scheme = _URL.match(word)
    if scheme and scheme[1].lower() != "file":
        raise UsageError(f"{word}: nothing is fetched from the network; clone it first, `git clone --mirror` does")
    written = word.removeprefix("file://") if scheme else word
    path, _, branch = written.partition("#")
    place = os.path.normpath(here / path)
    complete = _BOOLEANS[attributes.get("complete", "false")]
    for one in _branches(place, branch):
        name = attributes.get("name") or _name_of(path)
        if one and ("name" not in attributes or one != branch):
            name = f"{name}#{one}"
        yield Target(name, attributes.get("team") or team_of(name), place, one, complete)


def _name_of(path: str) -> str:
    """A path as it was written, without what says nothing: names stay the same when other trees come and go."""
    name = Path(os.path.normpath(path)).as_posix()
    while name.startswith("../"):
        name = name[3:]
    return name if name not in {".", ".."} else Path(os.path.abspath(path)).name or "root"  # noqa: PTH100 - links stay


def _branches(place: str, branch: str) -> list[str]:
    """A branch, or all those that a pattern with `*` means; the pattern itself where there are none, to be told of later."""
    if "*" not in branch:
        return [branch]
    try:
        return Repository(Path(place), named=True).branches_like(branch) or [branch]
    except (GitError, OSError):
        return [branch]
