"""A small mutator for machines without atheris: the same seed and number always give the same input."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random
from typing import TypeAlias

_Mutation: TypeAlias = Callable[[bytes, Random], bytes]
_LONGEST = 100_000  # bytes of an input
_MOST = 6  # mutations of one
# Of YAML, Kubernetes and the tools that read it; what has a meaning gets further than noise does.
_WORDS = tuple(
    word.encode()
    for word in (
        "- ", ": ", "? ", "[", "]", "{", "}", "&a ", "*a", "<<: *a", "|\n", ">-\n", "'", '"', "#", "---\n", "...\n",
        "%YAML 1.2\n", "!!int ", "!!binary ", "!!str ", "!", "null", "~", "true", "no", ".nan", "-.inf", "0x1F", "1e999", "-1",
        "65536", "99999999999999999999", "1:30", "2024-01-01", "*", "''", "{{ x }}", "{{- if .Values.x }}", "${X}", "$(X)", "🚢",
        "\\ud800", "\u202e", "\u2028", "\x85", "\ufeff", "\t", "\r", "\r\n", "\x1b[31m", "\0", "(a+)+$", "[[:", "(?<", "\\", "..",
        "../..", "/", "//", "%2F", "*.example", ".", "-", "List", "items:", "kind: Service\n", "apiVersion: v1\n", "ServiceList",
        "kind: Kustomization\n", "metadata:", "namespace: ", "name: ", "labels:", "annotations:", "spec:", "rules:", "port: ",
        "weight: ", "#file: kustomization.yaml\n", "#file: Chart.yaml\n", "#file: .gitignore\n", "# kubelint-lb: ignore[ALL]",
        "# kubelint-lb: ignore-file", "patches:\n", "resources: [.]\n", "components: [..]\n", "sops:", "ENC[AES256_GCM,",
    )
)  # fmt: skip
# As UTF-8 cannot be, and marks of other encodings.
_BYTES = (b"\xff", b"\xfe\xff", b"\xff\xfe", b"\x00\x00\xfe\xff", b"\xc0\x80", b"\xed\xa0\x80", b"\xf5", b"\xe2\x80")


def mutated(seeds: Sequence[bytes], seed: int, number: int) -> bytes:
    """The input of a number: one of the seeds, changed a few times."""
    choice = Random(f"{seed}:{number}")
    data = choice.choice(seeds)
    for _ in range(choice.randint(1, _MOST)):
        if choice.random() < 0.1:
            data = _crossed(data, choice.choice(seeds), choice)
        data = choice.choice(_MUTATIONS)(data, choice)[:_LONGEST]
    return data


def _crossed(data: bytes, other: bytes, choice: Random) -> bytes:
    return data[: choice.randint(0, len(data))] + other[choice.randint(0, len(other)) :]


def _flip(data: bytes, choice: Random) -> bytes:
    if not data:
        return data
    index = choice.randrange(len(data))
    return data[:index] + bytes((data[index] ^ (1 << choice.randrange(8)),)) + data[index + 1 :]


def _insert(data: bytes, choice: Random) -> bytes:
    index = choice.randint(0, len(data))
    return data[:index] + choice.choice(_WORDS + _BYTES) + data[index:]


def _remove(data: bytes, choice: Random) -> bytes:
    start, end = _stretch(data, choice)
    return data[:start] + data[end:]


def _repeat(data: bytes, choice: Random) -> bytes:
    start, end = _stretch(data, choice)
    return data[:end] + data[start:end] * choice.choice((1, 1, 2, 50)) + data[end:]


def _cut(data: bytes, choice: Random) -> bytes:
    return data[: choice.randint(0, len(data))]


def _move(data: bytes, choice: Random) -> bytes:
    start, end = _stretch(data, choice)
    rest = data[:start] + data[end:]
    index = choice.randint(0, len(rest))
    return rest[:index] + data[start:end] + rest[index:]


def _stretch(data: bytes, choice: Random) -> tuple[int, int]:
    start = choice.randint(0, len(data))
    return start, min(len(data), start + choice.choice((1, 2, 8, 40, 300)))


def _other_value(data: bytes, choice: Random) -> bytes:
    lines = data.split(b"\n")
    index = choice.randrange(len(lines))
    key, colon, _ = lines[index].partition(b":")
    if colon:
        lines[index] = key + b": " + choice.choice(_WORDS).strip(b"\n")
    return b"\n".join(lines)


def _lines(data: bytes, choice: Random) -> bytes:
    """A line twice, in another place, or with another indent."""
    lines = data.split(b"\n")
    line = choice.choice(lines)
    index = choice.randrange(len(lines))
    match choice.randrange(3):
        case 0:
            lines.insert(index, line)
        case 1:
            lines[index] = line
        case _:
            lines[index] = b" " * choice.randrange(9) + lines[index].lstrip(b" ")
    return b"\n".join(lines)


_MUTATIONS: tuple[_Mutation, ...] = (
    _flip, _insert, _insert, _remove, _repeat, _cut, _move, _other_value, _other_value, _lines, _lines,
)  # fmt: skip
