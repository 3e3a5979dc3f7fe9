"""Reading: from text to nodes with places, against the C parser's bare event stream over the same documents."""

from __future__ import annotations

import gc
import os
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.manifests import write_tree
from kubelint_lb.deploy.tree import paused_collector
from kubelint_lb.source.decode import NotText, decode
from kubelint_lb.source.discover import discover
from kubelint_lb.source.parse import parse_text

GENERATED_OBJECTS = 4000


def report(runs: int = 7) -> Iterator[str]:
    """Lines that say the ratio, for the folder in KUBELINT_LB_CORPUS or a generated one."""
    corpus = os.environ.get("KUBELINT_LB_CORPUS")
    with tempfile.TemporaryDirectory() as name:
        root = Path(corpus or name).resolve()
        if not corpus:
            write_tree(root, GENERATED_OBJECTS)
        texts = list(_documents(root))
    size = sum(len(text.encode()) for text in texts)
    events, nodes = _best_in_turns(runs, lambda: _events(texts), lambda: _nodes(texts))
    yield f"documents:         {len(texts):6d}      {size / 1e6:.1f} MB, {corpus or 'generated'}"
    yield f"bare events:       {size / 1e6 / events:6.1f} MB/s"
    yield f"nodes:             {size / 1e6 / nodes:6.1f} MB/s"
    yield f"ratio to events:   {events / nodes:6.2f}      at least 0.60 is wanted"


def _documents(root: Path) -> Iterator[str]:
    """The documents below `root` that the C parser reads to their end."""
    for found in discover(root):
        if found.trouble:
            continue
        try:
            text = decode((root / found.path).read_bytes())
        except NotText:
            continue
        for document in parse_text(text, found.path):
            if document.root is not None and not document.faults and _readable(document.text):
                yield document.text


def _readable(text: str) -> bool:
    try:
        _events([text])
    except Exception:  # the parser raises what it likes
        return False
    return True


def _events(texts: Sequence[str]) -> None:
    from _ruamel_yaml import CParser  # type: ignore[import-not-found,unused-ignore]

    for text in texts:
        parser = CParser(text)
        while parser.get_event() is not None:
            pass


def _nodes(texts: Sequence[str]) -> list[object]:
    return [parse_text(text, "") for text in texts]


def _best_in_turns(runs: int, *works: Callable[[], object]) -> list[float]:
    """The shortest time of each work in seconds; the works take turns, so that a busy moment hits all."""
    best = [float("inf")] * len(works)
    for _ in range(runs):
        for number, work in enumerate(works):
            best[number] = min(best[number], _seconds(work))
            gc.collect()  # nodes and their documents refer to each other: nothing else frees them
    return best


def _seconds(work: Callable[[], object]) -> float:
    with paused_collector():  # as the program does while it reads
        start = time.perf_counter()
        made = work()  # kept, so that taking it apart is not timed
        seconds = time.perf_counter() - start
    del made
    return seconds
