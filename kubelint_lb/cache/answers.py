"""What whole runs printed: the same run over the same surroundings prints the same, and need not be repeated."""

from __future__ import annotations

import os

from kubelint_lb.cache.folder import cache_folder, read_entry, sweep, write_entry
from kubelint_lb.cache.seen import CannotTell, digest_of, settled_surroundings, surroundings

_MOST_CHARACTERS = 5_000_000
_STREAMS = ("out", "err")
# What this process came by that may be otherwise another time.
_PASSING: list[str] = []


def note_passing(what: str) -> None:
    """Something did not go as it would another time: what this process prints is no answer to keep."""
    _PASSING.append(what)


class Answer:
    """What a run printed, in order, as (stream, text), and its exit code. The text of standard output is in Latin-1: one
    character for each byte."""

    __slots__ = ("code", "printed")

    def __init__(self, printed: list[tuple[str, str]], code: int) -> None:
        self.printed = printed
        self.code = code


def find_answer(question: list[str]) -> Answer | None:
    """What the same question was answered, where everything still looks as it did then. None where it does not, and where
    nothing is kept."""
    file = _file(question)
    data = read_entry(file) if file is not None else None
    if not isinstance(data, dict) or data.get("question") != question or not isinstance(data.get("root"), str):
        return None
    printed, code = data.get("printed"), data.get("code")
    if code not in (0, 1) or not isinstance(printed, list) or not all(map(_is_printed, printed)):
        return None
    try:
        return Answer([(one[0], one[1]) for one in printed], code) if surroundings(data["root"]) == data.get("seen") else None
    except CannotTell:
        return None


class Question:
    """A question before it is answered: what is seen now must be what is seen when the answer is there."""

    def __init__(self, question: list[str], root: str) -> None:
        self._question = question
        self._root = root
        try:
            self._seen: str | None = settled_surroundings(root)
        except CannotTell:
            self._seen = None

    def answered(self, answer: Answer) -> None:
        """Keeps an answer, unless something changed meanwhile or may be otherwise another time."""
        file = _file(self._question)
        size = sum(len(text) for _, text in answer.printed)
        if file is None or self._seen is None or _PASSING or size > _MOST_CHARACTERS or not self._still_looks_so():
            return
        printed = [list(one) for one in answer.printed]
        data = {"question": self._question, "root": self._root, "seen": self._seen, "printed": printed, "code": answer.code}
        write_entry(file, data)
        sweep(os.path.dirname(file))

    def _still_looks_so(self) -> bool:
        try:
            return surroundings(self._root) == self._seen
        except CannotTell:
            return False


def _file(question: list[str]) -> str | None:
    folder = cache_folder()
    if folder is None:
        return None
    return os.path.join(folder, "answers", f"{digest_of(chr(0).join(question))}.json")


def _is_printed(one: object) -> bool:
    return isinstance(one, list) and len(one) == 2 and one[0] in _STREAMS and isinstance(one[1], str)
