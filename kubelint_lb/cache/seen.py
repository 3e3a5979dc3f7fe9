"""What a run could see: by it one can tell, without reading anything, that another run would see the same."""

from __future__ import annotations

import os
import sys
import time

from kubelint_lb.source.names import NEVER_READ, RENDERED, SUFFIXES

try:  # without OpenSSL, which takes longer to load than an answer to find
    from _blake2 import blake2b
except ImportError:  # pragma: no cover - a Python that keeps it elsewhere
    from hashlib import blake2b

# Whoever has more does not want to wait for a list of it.
_MOST_FILES = 100_000
_SUFFIXES = (*SUFFIXES, ".toml", ".tgz")
_TOOLS = ("helm", "kustomize", "kubectl", "git")
# What above a root would make another folder the root, or say something of it.
_MARKERS = (".kubelint-lb.yaml", ".kubelint-lb.yml", "kubelint-lb.yaml", "kubelint-lb.yml", "pyproject.toml", ".git")
# A file that was changed so short a time ago (nanoseconds) may change again and look the same: clocks of file systems are coarse.
_TICK, _COARSE_TICK = 20_000_000, 2_000_000_000


def digest_of(text: str) -> str:
    """A short name for a text."""
    return blake2b(text.encode("utf-8", "surrogateescape"), digest_size=20).hexdigest()


class CannotTell(Exception):  # noqa: N818 - it says what is the case
    """The surroundings cannot be told apart from others in reasonable time."""


def settled_surroundings(root: str) -> str:
    """The surroundings, once whatever changes from now on will look different. Raises CannotTell."""
    digest, newest = _look(root)
    age = time.time_ns() - newest
    if age < 0 or (newest % 1_000_000_000 == 0 and age < _COARSE_TICK):
        raise CannotTell
    if age < _TICK:
        time.sleep(_TICK / 1e9)
    return digest


def surroundings(root: str) -> str:
    """A digest of all that a run over a root may depend on: the files below it by size, dates and number, what git says, what
    lies above, the rendering tools, and this program. Raises CannotTell."""
    return _look(root)[0]


def _look(root: str) -> tuple[str, int]:
    """The digest, and when the last change was made below the root, in nanoseconds."""
    digest = blake2b(digest_size=20)
    newest = 0
    for line in (*_program(), *_tools(), *_above(root), *_git(root)):
        digest.update(line.encode("utf-8", "surrogateescape"))
    read, others = _entries(root)
    # Only what is rendered is made of files that have any name; of all others it is enough that they are there.
    rendered = any(one.name in RENDERED for one in read)
    for entry in (*read, *others):
        line, changed = _seen(entry, root) if rendered or may_matter(entry.name) else (f"{entry.path}\n", 0)
        digest.update(line.encode("utf-8", "surrogateescape"))
        newest = max(newest, changed)
    return digest.hexdigest(), newest


def _entries(root: str) -> tuple[list[os.DirEntry[str]], list[os.DirEntry[str]]]:
    """The files and links below a root: those that a run may read, and all others."""
    read, others = [], []
    waiting = [root]
    while waiting:
        for entry in _listed(waiting.pop()):
            if entry.is_dir(follow_symlinks=False):
                waiting.append(entry.path)
            elif may_matter(entry.name):
                read.append(entry)
            else:
                others.append(entry)
        if len(read) + len(others) > _MOST_FILES:
            raise CannotTell
    return read, others


def may_matter(name: str) -> bool:
    """Read by its name, or by one of the tools that decide what is read."""
    return name.endswith(_SUFFIXES) or name[:1] == "." or name in RENDERED


def _listed(folder: str) -> list[os.DirEntry[str]]:
    try:
        with os.scandir(folder) as listing:
            return sorted((one for one in listing if one.name not in NEVER_READ), key=lambda one: one.name)
    except (OSError, ValueError):
        raise CannotTell from None


def _seen(entry: os.DirEntry[str], root: str) -> tuple[str, int]:
    """How a file or link looks, and when it was changed."""
    try:
        status = entry.stat(follow_symlinks=False)
        line = f"{entry.path}\t{_looks(status)} {status.st_mode}\n"
        if entry.is_symlink():
            target = os.path.realpath(entry.path)
            inside = target.startswith(root + os.sep)
            if os.path.isdir(target) and not inside:
                raise CannotTell
            line += f"{target}\t{'' if inside else _stamp(target)}\n"
    except OSError:
        raise CannotTell from None
    return line, max(status.st_mtime_ns, status.st_ctime_ns)


def _looks(status: os.stat_result) -> str:
    return f"{status.st_size} {status.st_mtime_ns} {status.st_ctime_ns} {status.st_ino}"


def _stamp(path: str) -> str:
    """Size and dates of a file; empty where there is none."""
    try:
        return _looks(os.stat(path))
    except OSError:
        return ""


def _program() -> list[str]:
    """This program: its version, the interpreter, and what is installed beside it; of a checkout, every file."""
    package = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
    around = os.path.dirname(package)
    installed = [f"{place}\t{_stamp(place)}" for place in sys.path if os.path.isdir(place)]
    lines = [sys.version, sys.executable, package, _stamp(os.path.join(package, "__init__.py")), *installed]
    if os.path.exists(os.path.join(around, "pyproject.toml")):
        for name in ("kubelint_lb", "rules", "schemas"):
            for folder, _, files in os.walk(os.path.join(around, name)):
                if not folder.endswith("__pycache__"):
                    lines += [f"{one}\t{_stamp(os.path.join(folder, one))}" for one in sorted(files)]
    return lines


def _tools() -> list[str]:
    """The programs that a run may call, where they are found."""
    found = []
    for tool in _TOOLS:
        places = (os.path.join(folder, tool) for folder in os.get_exec_path())
        place = next((one for one in places if os.access(one, os.X_OK)), "")
        found.append(f"{tool}\t{place}\t{_stamp(os.path.realpath(place)) if place else ''}\n")
    return found


def _above(root: str) -> list[str]:
    """What lies in the folders above a root that would matter."""
    lines = []
    folder = os.path.dirname(root)
    while True:
        lines += [f"{folder}/{name}\t{_stamp(os.path.join(folder, name))}\n" for name in _MARKERS if name != ".git"]
        lines.append(f"{folder}/.git\t{os.path.exists(os.path.join(folder, '.git'))}\n")
        above = os.path.dirname(folder)
        if above == folder:
            return lines
        folder = above


def _git(root: str) -> list[str]:
    """What git knows of a root: which commit is checked out, what is staged, where it came from."""
    folder = root
    while not os.path.exists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return []
        folder = above
    own = os.path.join(folder, ".git")
    if os.path.isfile(own):
        own = os.path.join(folder, _text(own).removeprefix("gitdir:").strip())
    common = os.path.join(own, _text(os.path.join(own, "commondir")).strip() or ".")
    head = _text(os.path.join(own, "HEAD")).strip()
    branch = head.removeprefix("ref:").strip()
    stamped = [os.path.join(own, "index"), os.path.join(common, "packed-refs"), os.path.join(common, "config")]
    stamped.append(os.path.expanduser("~/.gitconfig"))
    lines = [folder, head, *(_text(os.path.join(place, branch)) for place in (own, common) if branch != head)]
    return [f"{one}\n" for one in (*lines, *map(_stamp, stamped))]


def _text(file: str) -> str:
    try:
        with open(file, encoding="utf-8", errors="surrogateescape") as opened:
            return opened.read(10_000)
    except OSError:
        return ""
