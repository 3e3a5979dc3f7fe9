"""A unit: the manifests that are applied together to one cluster, and what is known of how they came together."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

from kubelint_lb.deploy.cluster_name import NOWHERE, Clusters
from kubelint_lb.deploy.former import FormerObjects
from kubelint_lb.deploy.layout import Layout
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.kube.stubs import ObjectStub


class Found(StrEnum):
    """What makes some manifests a unit."""

    PLAIN = "plain"  # they just lie in the tree
    CONFIGURED = "configured"
    KUSTOMIZATION = "kustomization"
    CHART = "chart"
    HELM_RELEASE = "HelmRelease"
    APPLICATION = "Application"
    RENDERED = "rendered"  # by another tool
    CLUSTER = "cluster"  # it runs there
    INSIDE = "inside"  # an object brings them


def _no_file(path: str) -> bool:
    """Made of no file of its own."""
    del path
    return False


class Unit(NamedTuple):
    """Manifests that are applied together.

    `complete`: all of the cluster's traffic objects are here. `whole`: the user (or a renderer) says that these objects are
    applied together, so nearness of files says nothing. `external` are name patterns (`namespace/name` or `name`, `*` allowed)
    of objects that live elsewhere. `unread_folders` hold a manifest that could not be read, or was skipped: what is missed there
    may be in it; `unread_files` are those of whose documents some could not be read. `stubs` are documents of kinds that
    nobody reads. `left_out`: parts of the unit could not be rendered. `former` is what the change under review removed or
    changed. `clusters`: where it is known to land. `files` tells which files it is made of, readable or not. `prerendered`:
    another tool rendered it, so it may hold the objects of other units once more. `holder` is the unit with the object that
    installs it.
    """

    name: str
    manifests: tuple[Manifest, ...]
    layout: Layout
    found: Found = Found.PLAIN
    complete: bool = False
    whole: bool = False
    external: tuple[str, ...] = ()
    unread_folders: frozenset[str] = frozenset()
    unread_files: frozenset[str] = frozenset()
    stubs: tuple[ObjectStub, ...] = ()
    left_out: bool = False
    former: FormerObjects | None = None
    clusters: Clusters = NOWHERE
    files: Callable[[str], bool] = _no_file
    prerendered: bool = False
    holder: Unit | None = None

    @property
    def is_whole(self) -> bool:
        """Nearness of files says nothing: all of it is applied together."""
        return self.whole or self.complete

    @property
    def base(self) -> Unit:
        """The unit that decides where this one lands: itself, or the one that installs it."""
        return self.holder.base if self.holder is not None else self

    @property
    def is_empty(self) -> bool:
        """Nothing of it is known."""
        return not self.manifests and not self.stubs
