"""Mistakes in what people wrote for the tool: each with its place, all of them at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Mistake(NamedTuple):
    """What is wrong and where; line and column are 1-based."""

    path: str
    line: int
    column: int
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}:{self.column}: {self.text}"


class UsageError(Exception):
    """The user has to change something before a run makes sense; the text says what."""


class FileError(UsageError):
    """One or more mistakes in a file."""

    def __init__(self, mistakes: Iterable[Mistake]) -> None:
        self.mistakes: tuple[Mistake, ...] = tuple(sorted(set(mistakes)))
        super().__init__("\n".join(map(str, self.mistakes)))


class ConfigError(FileError):
    """Mistakes in a configuration file."""


class CatalogueError(FileError):
    """Mistakes in a rule file, or in families.yaml or profiles.yaml."""


class SelectionError(UsageError):
    """A name that is no rule, family or profile."""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """` (did you mean 'x'?)` with up to three near names, or nothing."""
    near = nearest(word, known)
    if not near:
        return ""
    names = [f"'{name}'" for name in near]
    return f" (did you mean {' or '.join([', '.join(names[:-1]), names[-1]] if len(names) > 1 else names)}?)"


def nearest(word: str, known: Iterable[str], count: int = 3) -> Sequence[str]:
    """The names most like a word, best first; empty where none is near."""
    from difflib import get_close_matches

    by_folded = {name.lower().replace("_", "-"): name for name in sorted(known)}
    folded = word.lower().replace("_", "-")
    if folded in by_folded:
        return [by_folded[folded]]
    close = get_close_matches(folded, by_folded, n=count, cutoff=0.6)
    if len(close) > 1 and len(close[0]) > 3:  # one clear winner needs no company
        from difflib import SequenceMatcher

        scores = [SequenceMatcher(None, folded, name).ratio() for name in close]
        close = [name for name, score in zip(close, scores, strict=True) if score >= scores[0] - 0.1]
    return [by_folded[name] for name in close]
