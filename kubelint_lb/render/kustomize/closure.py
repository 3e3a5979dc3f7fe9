"""What one kustomization is made of: the kustomizations it includes, their files, and what can not be had here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from copy import copy
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from kubelint_lb.render.kustomize.kustomization import INFLATED, Kustomization, LeftOut
from kubelint_lb.render.kustomize.laid_over import Field
from kubelint_lb.source.globs import glob
from kubelint_lb.source.node import Node, to_python

if TYPE_CHECKING:
    from kubelint_lb.render.kustomize.finish import Finish
    from kubelint_lb.render.kustomize.inflation import Entry, Inflation

LISTS = ("resources", "bases", "components")
# Plug-ins and charts bring objects that only their own tools know.
_FROM_OUTSIDE = ("helmChartInflationGenerator", "generators")
# What such a generator would make is read by nobody but pods.
WITHOUT_INPUTS = "the inputs of a generator are not here"


class Applier(NamedTuple):
    """The object of a deployment tool that asks for a folder: its name for people, and where it asks."""

    name: str
    node: Node


class Directory(NamedTuple):
    """How a deployment tool takes manifests from a folder as they lie there: with what is below it or not, and globs of paths
    relative to it (empty: none), whose stars cross folders."""

    recurse: bool = False
    include: str = ""
    exclude: str = ""

    def takes(self, path: str) -> bool:
        """Whether it takes a file, by its path relative to the folder."""
        if self.exclude and glob(self.exclude, crosses=True, alternatives=True).fullmatch(path):
            return False
        return not self.include or glob(self.include, crosses=True, alternatives=True).fullmatch(path) is not None


class Applied(NamedTuple):
    """How a deployment tool applies a kustomization: what it writes into it (`fields`), whether it alters objects in ways that
    are not known here, and what it does to them once they are rendered. `by`: who does so, in order of reading; `inputs`:
    the files that have a say in it.

    `destination`: the namespace of objects that have none once they are rendered. `directory`: the folder is no kustomization.
    """

    fields: tuple[Field, ...] = ()
    altered: bool = False
    finish: Finish | None = None
    by: tuple[Applier, ...] = ()
    inputs: frozenset[str] = frozenset()
    destination: str | None = None
    directory: Directory | None = None

    def is_like(self, other: Applied) -> bool:
        """The same is done to the objects, whoever asks for it."""
        if (self.altered, self.destination, self.directory) != (other.altered, other.destination, other.directory):
            return False
        mine, its = ([(one.name, to_python(one.value)) for one in way.fields] for way in (self, other))
        if mine != its:
            return False
        return self.finish is other.finish if self.finish is None or other.finish is None else self.finish.is_like(other.finish)


AS_IT_IS = Applied()


class Closure:
    """A kustomization with everything it includes; `kustomizations` are those of the tree, by folder.

    `label` tells it from others of the same folder. `bare` is the same without what only a renderer can apply of what a
    deployment tool writes into it; None where there is nothing of that.
    """

    def __init__(self, root: Kustomization, kustomizations: Mapping[str, Kustomization], applied: Applied = AS_IT_IS) -> None:
        self.root = root
        self.kustomizations = kustomizations
        self.applied = applied
        self.label = ""
        self.bare: Closure | None = None
        # How its charts are inflated; None where nobody can.
        self.inflation: Inflation | None = None

    def components(self, one: Kustomization) -> tuple[str, ...]:
        """The folders of the components of a member that are here."""
        paths = (entry.path for entry in one.listed("components"))
        return tuple(path for path in paths if path is not None and path in self.kustomizations)

    @cached_property
    def members(self) -> tuple[Kustomization, ...]:
        """The kustomization itself and those that it includes, once each."""
        found: dict[str, Kustomization] = {}
        stack = [self.root]
        while stack:
            one = stack.pop()
            if one.folder not in found:
                found[one.folder] = one
                stack += [self.kustomizations[entry] for entry in reversed(one.entries) if entry in self.kustomizations]
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
        yield from self.applied.inputs
        for entry in self.charts:
            yield from entry.chart.inputs if entry.chart is not None else ()

    @cached_property
    def left_out(self) -> tuple[LeftOut, ...]:
        """What brings objects that nobody sees here."""
        return tuple(left for one in self.members for left in (*_left_out(one), *self._charts_left_out(one)))

    @cached_property
    def charts(self) -> tuple[Entry, ...]:
        """The charts that its members inflate."""
        if self.inflation is None:
            return ()
        return tuple(one for member in self.members for one in self.inflation.entries(member) if one.chart is not None)

    def without_charts(self, why: str) -> Closure:
        """The same, with the charts that it inflates left out for a reason."""
        closure = copy(self)
        vars(closure).pop("charts", None)
        vars(closure).pop("left_out", None)
        closure.inflation = self.inflation.failed(why) if self.inflation is not None else None
        return closure

    def _charts_left_out(self, one: Kustomization) -> Iterator[LeftOut]:
        node = one.node.key(INFLATED)
        if node is None or not one.filled(INFLATED):
            return
        if self.inflation is None:
            yield LeftOut(node, INFLATED)
            return
        for entry in self.inflation.entries(one):
            if entry.chart is None:
                yield LeftOut(entry.place, f"{INFLATED}: {entry.why}")
            else:
                yield from (LeftOut(entry.place, f"{INFLATED}: the chart {name}") for name in entry.chart.lacking)


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
