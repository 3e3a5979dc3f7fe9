"""What one kustomization is made of: the kustomizations it includes, their files, and what can not be had here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from typing import NamedTuple

from kubelint_lb.render.kustomization import Kustomization, LeftOut
from kubelint_lb.source.node import Node

LISTS = ("resources", "bases", "components")
# Plug-ins and charts bring objects that only their own tools know.
_FROM_OUTSIDE = ("helmCharts", "helmChartInflationGenerator", "generators")


# What such a generator would make is read by nobody but pods.
WITHOUT_INPUTS = "the inputs of a generator are not here"


class Applier(NamedTuple):
    """The object of a deployment tool that asks for a folder: its name for people, and where it asks."""

    name: str
    node: Node


class Applied(NamedTuple):
    """How a deployment tool applies a kustomization: into which namespace (None: its own), with which components more
    (folders), and whether it alters objects in ways that are not known here. `by`: who does so, in order of reading."""

    namespace: str | None = None
    components: tuple[str, ...] = ()
    altered: bool = False
    by: tuple[Applier, ...] = ()


AS_IT_IS = Applied()


class Closure:
    """A kustomization with everything it includes; `kustomizations` are those of the tree, by folder."""

    def __init__(self, root: Kustomization, kustomizations: Mapping[str, Kustomization], applied: Applied = AS_IT_IS) -> None:
        self.root = root
        self.kustomizations = kustomizations
        self.applied = applied

    def components(self, one: Kustomization) -> tuple[str, ...]:
        """The folders of the components of a member that are here, those that a deployment tool adds included."""
        more = self.applied.components if one is self.root else ()
        paths = [entry.path for entry in one.listed("components")]
        return tuple(path for path in (*paths, *more) if path is not None and path in self.kustomizations)

    @cached_property
    def members(self) -> tuple[Kustomization, ...]:
        """The kustomization itself and those that it includes, once each."""
        found: dict[str, Kustomization] = {}
        stack = [self.root]
        while stack:
            one = stack.pop()
            if one.folder not in found:
                found[one.folder] = one
                entries = dict.fromkeys((*one.entries, *self.components(one)))
                stack += [self.kustomizations[entry] for entry in reversed(entries) if entry in self.kustomizations]
        return tuple(found.values())

    @cached_property
    def files(self) -> tuple[str, ...]:
        """The files whose objects it lists, once each."""
        every = (entry for one in self.members for entry in one.entries if entry not in self.kustomizations)
        return tuple(dict.fromkeys(every))

    @cached_property
    def inputs(self) -> frozenset[str]:
        """Patches and other files that its members read."""
        return frozenset(path for one in self.members for path in one.partial_files)

    @property
    def sources(self) -> Iterator[str]:
        """All files that decide what is rendered."""
        yield from self.files
        yield from self.inputs
        yield from (one.path for one in self.members)

    @cached_property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What brings objects that nobody sees here."""
        found = [left for one in self.members for left in _left_out(one)]
        node = next(self.root.node.keys(), self.root.node)
        found += [LeftOut(node, "remote") for path in self.applied.components if path not in self.kustomizations]
        return tuple(found)


def _left_out(one: Kustomization) -> Iterator[LeftOut]:
    yield from one.absent
    for entry in one.listed(*LISTS):
        if entry.path is None and "\n" not in entry.written:
            yield LeftOut(entry.node, "remote")
    for field in _FROM_OUTSIDE:
        node = one.node.key(field)
        if node is not None and one.filled(field):
            yield LeftOut(node, field)


def root_kustomizations(kustomizations: Mapping[str, Kustomization]) -> list[Kustomization]:
    """The kustomizations that no other one includes, in order of their folders. Where some only include each other, the
    first of them is taken, so that none is lost."""
    included = {entry for one in kustomizations.values() for entry in one.entries if entry != one.folder}
    ordered = [kustomizations[folder] for folder in sorted(kustomizations)]
    return [one for one in ordered if one.folder not in included and not one.is_component]
