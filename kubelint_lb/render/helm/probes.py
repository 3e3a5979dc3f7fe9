"""Values that are filled in later (`port: ${PORT}`): which rendered objects hold whatever becomes of them.

A template may calculate with a value or choose by it (`int`, `default`, `if`); what comes of the placeholder's own text is wrong
then. So the chart is rendered with other values in its place, too: objects that differ by more than that text depend on it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from kubelint_lb.render.helm.values import Values

_WHOLE = re.compile(r"\$\{[^{}]*\}")
# Five digits: Helm prints longer numbers in its own way. They must not occur otherwise, so they are no round ones.
_FIRST_NUMBER = 31_417

Objects = Sequence[tuple[str, str]]


class Probe(NamedTuple):
    """Other values, and which texts stand for which placeholder in what they make (none: nothing stands for them)."""

    values: Values
    stand_ins: Mapping[str, str]


def probes_of(values: Values) -> list[Probe]:
    """With a number for each value that is a placeholder, and with nothing; none where there is no such value."""
    found = list(dict.fromkeys(_placeholders(values)))
    if not found:
        return []
    numbers = {text: _FIRST_NUMBER + index for index, text in enumerate(found)}
    with_numbers = _replaced(values, numbers)
    with_nothing = _replaced(values, dict.fromkeys(found, ""))
    stand_ins = {str(number): text for text, number in numbers.items()}
    return [Probe(one, words) for one, words in ((with_numbers, stand_ins), (with_nothing, {})) if isinstance(one, dict)]


def certain(objects: Objects, probes: Iterable[tuple[Probe, Objects]], values: Values) -> set[int]:
    """The indexes of the objects that all probes made just so."""
    left = set(range(len(objects)))
    for probe, made in probes:
        if probe.stand_ins:
            others = {(name, _with(text, probe.stand_ins)) for name, text in made}
            left = {index for index in left if objects[index] in others}
        else:
            gone = dict.fromkeys(_placeholders(values), "")
            left = {index for index in left if (objects[index][0], _with(objects[index][1], gone)) in set(made)}
    return left


def _with(text: str, words: Mapping[str, str]) -> str:
    for old, new in words.items():
        text = text.replace(old, new)
    return text


def _placeholders(value: object) -> Iterable[str]:
    if isinstance(value, str) and _WHOLE.fullmatch(value):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _placeholders(one)


def _replaced(value: object, words: Mapping[str, object]) -> object:
    if isinstance(value, str):
        return words.get(value, value)
    if isinstance(value, dict):
        return {name: _replaced(one, words) for name, one in value.items()}
    return [_replaced(one, words) for one in value] if isinstance(value, list) else value
