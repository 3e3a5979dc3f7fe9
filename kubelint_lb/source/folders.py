"""How near two files of a tree are. Folders are relative paths with `/`; the root is empty."""

from __future__ import annotations

from typing import NamedTuple


class Place(NamedTuple):
    """A file and its folder."""

    folder: str
    path: str


def parent(folder: str) -> str:
    """The folder above; the root's is the root."""
    return folder.rpartition("/")[0]


def is_within(folder: str, above: str) -> bool:
    """`folder` is `above` or lies below it."""
    return not above or folder == above or folder.startswith(above + "/")


def are_in_line(folder: str, other: str) -> bool:
    """One is the other, or lies in it."""
    return is_within(folder, other) or is_within(other, folder)


def distance(path: str, other: str) -> int:
    """How far a definition in file `other` is from a reference in file `path`.

    0 the same file, 1 the same folder, 2 below that folder, then one more for each folder to climb until `other` lies below.
    """
    if path == other:
        return 0
    folder, there = path.rpartition("/")[0], other.rpartition("/")[0]
    if folder == there:
        return 1
    climbed = 0
    while not is_within(there, folder):
        folder = parent(folder)
        climbed += 1
    return 2 + climbed


def are_neighbours(folder: str, other: str) -> bool:
    """One lies in the other, or both lie in one folder that is not the root."""
    if are_in_line(folder, other):
        return bool(folder and other) or folder == other
    return parent(folder) == parent(other) != ""
