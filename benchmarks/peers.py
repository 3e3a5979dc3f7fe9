"""Other linters: the same files, whole processes in turns, medians; ours anew and once more. Each where it is installed."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.command import PROGRAM, measure
from benchmarks.manifests import write_tree

# How each is called on a folder, and whether it has to be given the files one by one.
PEERS = {
    "kube-linter": (("kube-linter", "lint", "."), False),
    "kube-score": (("kube-score", "score"), True),
    "kubectl-validate": (("kubectl-validate", "."), False),
    "checkov": (("checkov", "--quiet", "--compact", "--framework", "kubernetes", "-d", "."), False),
}
ANEW = (PROGRAM, "check", "--no-cache", "--no-render", "--fail-on", "never", "--quiet", ".")
AGAIN = (PROGRAM, "check", "--no-render", "--fail-on", "never", "--quiet", ".")
_WORST_CODE = 255  # what others end with where they find something, or do not like a file
_SUFFIXES = frozenset({".yaml", ".yml"})
_MOST_FILES = 3000  # that fit on a command line


def report(runs: int = 5) -> Iterator[str]:
    """A line for each tree of KUBELINT_LB_CORPUS with 50 or more files, and for one small file: seconds and ratios to ours."""
    there = {name: peer for name, peer in PEERS.items() if shutil.which(peer[0][0])}
    yield f"{'tree':<42} files    anew    again  " + "  ".join(f"{name:>17}" for name in there)
    with tempfile.TemporaryDirectory() as name:
        small = Path(name).resolve()
        write_tree(small, 1)
        for folder in (small, *_trees()):
            yield _line(folder, "one small file" if folder == small else folder.name, there, runs)


def _trees() -> list[Path]:
    corpus = os.environ.get("KUBELINT_LB_CORPUS")
    folders = sorted(one for one in Path(corpus).iterdir() if one.is_dir()) if corpus else []
    return [one for one in folders if len(_files(one)) >= 50]


def _files(folder: Path) -> list[Path]:
    return sorted(one for one in folder.rglob("*") if one.suffix in _SUFFIXES and one.is_file())[:_MOST_FILES]


def _line(folder: Path, label: str, peers: dict[str, tuple[tuple[str, ...], bool]], runs: int) -> str:
    files = _files(folder)
    commands: dict[str, tuple[str | Path, ...]] = {"anew": ANEW, "again": AGAIN}
    for name, (command, by_file) in peers.items():
        place = shutil.which(command[0]) or command[0]
        commands[name] = (place, *command[1:], *(files if by_file else ()))
    times: dict[str, list[float]] = {name: [] for name in commands}
    for turn in range(runs + 1):
        for name, called in commands.items():
            seconds = measure(*called, cwd=folder, worst=_WORST_CODE).seconds
            if turn:  # the first only warms the disk, and our cache
                times[name].append(seconds)
    ours = median(times["anew"])
    others = "  ".join(f"{median(times[name]):6.2f} s ({ours / median(times[name]):5.2f} x)" for name in peers)
    return f"{label:<42} {len(files):5d}  {ours:5.2f} s  {median(times['again']):5.2f} s  {others}"


def versions() -> Iterator[str]:
    """What is measured beside ours, for the record."""
    for name, (command, _) in PEERS.items():
        place = shutil.which(command[0])
        if place is not None:
            done = subprocess.run([place, "version"], capture_output=True, text=True, check=False)
            yield f"{name}: {(done.stdout or done.stderr).strip().splitlines()[0] if done.stdout or done.stderr else 'installed'}"
