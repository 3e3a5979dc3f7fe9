"""Runs kustomize, or the one inside kubectl, on a shadow tree."""

from __future__ import annotations

import json
import re
import shutil
import tempfile
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from kubelint_lb.cache.outputs import Cache, key_of, tool_identity
from kubelint_lb.render.kustomize.shadow import Shadow
from kubelint_lb.render.process import run_tool
from kubelint_lb.render.withhold import withhold
from kubelint_lb.source.parse import split

# kubectl logs its errors: `E0101 … run.go:72] "command failed" err="…"`.
_LOGGED = re.compile(r'^E\d{4} .*?\berr=(".*")\s*$', re.MULTILINE | re.DOTALL)
_LONGEST = 600


class Tool(NamedTuple):
    """A program that renders: its name for people, and how to call it."""

    name: str
    command: tuple[str, ...]


class KustomizeOutput(NamedTuple):
    """What came of a rendering: the texts of its objects, or why there are none."""

    objects: tuple[str, ...] = ()
    error: str = ""
    timed_out: bool = False


@lru_cache(maxsize=1)
def find_kustomize() -> Tool | None:
    """The kustomize on the PATH, else kubectl's; None without either."""
    if found := shutil.which("kustomize"):
        return Tool("kustomize", (found, "build"))
    if found := shutil.which("kubectl"):
        return Tool("kubectl kustomize", (found, "kustomize"))
    return None


def render(shadow: Shadow, tool: Tool, seconds: float, cache: Cache) -> KustomizeOutput:
    """The objects of a shadow tree, from the cache if they were rendered before. Raises nothing."""
    try:
        helm = tool_identity(shadow.helm) if shadow.helm is not None else b""
        key = key_of((tool_identity(tool.command[0]), " ".join(tool.command[1:]).encode(), helm, *shadow.parts()))
    except (OSError, ValueError) as error:
        return KustomizeOutput(error=f"cannot read its files: {getattr(error, 'strerror', None) or error}")
    failure = cache.failure(key)
    if failure is not None:
        return KustomizeOutput(error=failure)
    kept = cache.get(key)
    if kept is not None:
        return KustomizeOutput(tuple(text for _, text in kept))
    try:
        made = tempfile.TemporaryDirectory(prefix="kubelint-lb-", ignore_cleanup_errors=True)
    except OSError as error:
        return KustomizeOutput(error=f"cannot make a temporary tree: {error.strerror}")
    with made as name:
        tree = Path(name).resolve()
        try:
            folder = shadow.write(tree)
        except (OSError, ValueError) as error:
            return KustomizeOutput(error=f"cannot write a temporary tree: {getattr(error, 'strerror', None) or error}")
        arguments = (*tool.command, str(folder), "--load-restrictor", "LoadRestrictionsNone")
        if shadow.helm is not None:
            arguments += ("--enable-helm", "--helm-command", shadow.helm)
        outcome = run_tool(arguments, tree, seconds)
        if outcome.timed_out:
            return KustomizeOutput(timed_out=True)
        if outcome.too_much:
            return KustomizeOutput(error="it printed too much")
        if not outcome.succeeded:
            words = _words(outcome.stderr, tree)
            if outcome.failed_for_good:
                cache.put_failure(key, words)
            return KustomizeOutput(error=words)
    objects = tuple(withhold(outcome.stdout[start:end]) for start, end in split(outcome.stdout))
    cache.put(key, [("", one) for one in objects])
    return KustomizeOutput(objects)


def _words(errors: str, tree: Path) -> str:
    """What the tool complains of, in one line, with the user's paths."""
    found = _LOGGED.search(errors)
    words = errors
    if found is not None:
        try:
            words = json.loads(found[1])
        except ValueError:
            words = found[1]
    words = words.replace(f"{tree}/", "").replace(str(tree), ".").removeprefix("Error: ").removeprefix("error: ")
    words = " ".join(words.split()).rstrip(".") or "it says nothing"
    return words if len(words) <= _LONGEST else words[:_LONGEST] + "…"
