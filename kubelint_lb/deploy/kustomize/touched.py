"""What a run on single files is about besides these files: what a kustomization, a patch or an input of a generator steers."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import TYPE_CHECKING

from kubelint_lb.render.kustomize.closure import Closure

if TYPE_CHECKING:
    from kubelint_lb.render.kustomize.kustomization import Kustomization


def steered_files(closures: Iterable[Closure], asked: Collection[str]) -> frozenset[str]:
    """The files whose objects an asked file alters in every unit that they are in.

    A kustomization, and what it patches and generates with, reaches all that it includes; a component reaches what includes
    the component. A file that some other unit applies without any of that is left out: what is wrong there, the asked file
    need not have caused.
    """
    steered: set[str] = set()
    others: set[str] = set()
    for closure in closures:
        reach = {path for one in _steering(closure, asked) for path in Closure(one, closure.kustomizations).sources}
        steered |= reach
        others.update(path for path in closure.sources if path not in reach)
    return frozenset(steered - others)


def _steering(closure: Closure, asked: Collection[str]) -> list[Kustomization]:
    """The members that a file asked for is a part of; for a component, those that include it. What a deployment tool writes
    into the kustomization is a part of that."""
    folders = {one.folder for one in closure.members if one.path in asked or not one.partial_files.isdisjoint(asked)}
    if not closure.applied.inputs.isdisjoint(asked):
        folders.add(closure.root.folder)
    folders |= {entry.node.path.rpartition("/")[0] for entry in closure.charts if entry.holds(asked)}
    found: dict[str, Kustomization] = {}
    waiting = [one for one in closure.members if one.folder in folders]
    while waiting:
        one = waiting.pop()
        if one.folder in found:
            continue
        found[one.folder] = one
        if one.is_component:
            waiting += [other for other in closure.members if one.folder in closure.components(other)]
    return list(found.values())
