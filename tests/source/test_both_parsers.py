"""The C parser and the pure one give equal values at equal places for what both accept.

With KUBELINT_LB_CORPUS set to a folder of repositories, over their files too.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from kubelint_lb.source.decode import NotText, decode
from kubelint_lb.source.discover import discover
from kubelint_lb.source.node import Mapping, Node, Scalar, Sequence
from kubelint_lb.source.parse import parse_text

CORPUS = os.environ.get("KUBELINT_LB_CORPUS")
# The pure parser is slow: larger files say nothing more.
LARGEST = 60_000

TEXTS = [
    "a: 1\nb:\n  - c\n  -\n  - d: e\n    f:\n",
    "a: {b: [1, {c: }, \"d\"], 'e': f}\n",
    "a: &x {b: 1}\nc: *x\nd: {<<: *x, e: 2}\nf: [*x]\n",
    "a: &x !!str 1\nb: !!str &y 2\nc: [&z 3, *z]\n",
    "a: |\n  b\n\n  c\n\n\nd: >-\n  e\n  f\ng: |+\n  h\n\n",
    "a: 'b\n  c'\nd: \"e\n\n  f\"\n",
    "# é😀\na: é😀 # c\n\"b\": 'ü'\n",
    "a: 1\r\nb: |\r\n  c\r\nd: [e,\r\n  f]\r\n",
    "? a\n: - b\n? [c]\n: d\n?\n: e\n",
    "- - - a\n    - b\n  - c\n- d\n",
    "a:\n- b\n-\n  c: d\n- - e\n",
    '{"a": {"b": [1, 2.5, true, null, "x\\ny"]}, "c": []}\n',
    "a: {{ x }}\nb: [{{ y }}]\n",
    "{a: {b: c,}, d: [1,\n 2,],}\n",
    "a: ~\nb: \nc:\n  d:\n\ne: ''\n",
    "--- # x\na: 1\n---\n- b\n...\n",
    "%YAML 1.1\n---\na: 1\n",
    "a: !mine {b: 1}\nc: !<tag:x> [2]\n",
    "a: =\nb: <<\nc: -d\n",
    "a : 1\n'b' : 2\n",
]


def flat(node: Node | None, path: str = "") -> Iterator[tuple[object, ...]]:
    """Every value and key below a node with its place."""
    if node is None:
        return
    yield path, type(node).__name__, tuple(node.span)
    if isinstance(node, Scalar):
        yield path, repr(node.value), node.text, node.plain
    elif isinstance(node, Mapping):
        for name, value in node.items():
            key = node.key(name)
            yield path, name, key and tuple(key.span)
            yield from flat(value, f"{path}.{name}")
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield from flat(item, f"{path}[{index}]")


def compare(text: str, path: str) -> None:
    fast, slow = parse_text(text, path), parse_text(text, path, pure=True)
    accepted = [(one, other) for one, other in zip(fast, slow, strict=True) if not one.faults and not other.faults]
    for one, other in accepted:
        assert list(flat(one.root)) == list(flat(other.root)), path
        assert [tuple(key.span) for twice in one.duplicates for key in twice[:2]] == [
            tuple(key.span) for twice in other.duplicates for key in twice[:2]
        ]


@pytest.mark.parametrize("text", TEXTS)
def test_texts(text: str) -> None:
    compare(text, "a.yaml")
    assert all(not document.faults for document in parse_text(text, "a.yaml", pure=True))


@pytest.mark.skipif(not CORPUS, reason="set KUBELINT_LB_CORPUS to a folder of repositories")
@pytest.mark.parametrize("repository", sorted(path for path in Path(CORPUS or ".").iterdir() if path.is_dir()) if CORPUS else [])
def test_repositories(repository: Path) -> None:
    for found in discover(repository):
        try:
            text = decode((repository / found.path).read_bytes())
        except (OSError, NotText):
            continue
        if len(text) <= LARGEST:
            compare(text, found.path)
