"""Objects of the revision that a run compares with, where their files differ since: what a change may have removed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from kubelint_lb.kube.kinds import GroupKind
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.kube.namespaces import compatible
from kubelint_lb.kube.views import view_of
from kubelint_lb.kube.workload import Workload


class Former(NamedTuple):
    """An object as it was at a revision. `deleted`: its file is gone; `kept`: an object of its name is still in it;
    `successor`: the one that took its place there under another name."""

    manifest: Manifest
    revision: str
    deleted: bool
    kept: bool = False
    successor: Manifest | None = None

    @property
    def words(self) -> str:
        """What became of it, as a sentence."""
        manifest = self.manifest
        if self.kept:
            return f"{manifest.title} in {manifest.path} had these labels at {self.revision}."
        if self.successor is not None:
            return f"{manifest.title} was renamed to {self.successor.name} since {self.revision}."
        if self.deleted:
            return f"{manifest.title} was in {manifest.path}, deleted since {self.revision}."
        return f"{manifest.title} was in {manifest.path} and was taken out since {self.revision}."


class FormerObjects:
    """The former objects of a run, by what is asked of them."""

    def __init__(self, formers: Iterable[Former] = ()) -> None:
        self._removed: dict[tuple[GroupKind, str], list[Former]] = defaultdict(list)
        self._workloads: list[tuple[Workload, Former]] = []
        for former in formers:
            manifest = former.manifest
            if not former.kept:
                self._removed[manifest.identity, manifest.name].append(former)
            view = view_of(manifest)
            if isinstance(view, Workload):
                self._workloads.append((view, former))

    @property
    def kinds(self) -> set[str | None]:
        """The view names of all that there was."""
        kinds: set[str | None] = {former.manifest.view_name for formers in self._removed.values() for former in formers}
        return kinds | {workload.manifest.view_name for workload, _ in self._workloads}

    @property
    def names(self) -> frozenset[str]:
        """The names of all that was removed, and of the pods whose labels changed."""
        return frozenset((*(name for _, name in self._removed), *(workload.name for workload, _ in self._workloads)))

    def removed(self, kind: GroupKind, namespace: str | None, name: str) -> Former | None:
        """The object of a name that was removed, or None."""
        found = self._removed.get((kind, name), ())
        return next((one for one in found if compatible(one.manifest.namespace, namespace)), None)

    def selected(self, selector: dict[str, str], namespace: str | None) -> Former | None:
        """A workload whose pods had all labels of a selector, or None."""
        wanted = selector.items()
        for workload, former in self._workloads:
            if wanted <= workload.pod_labels.items() and compatible(workload.namespace, namespace):
                return former
        return None
