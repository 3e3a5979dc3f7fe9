"""What a run deploys: its units, where they land, and what could not be had."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from kubelint_lb.deploy.landed import Landed
from kubelint_lb.deploy.unit import Unit
from kubelint_lb.deploy.unit_info import UnitInfo
from kubelint_lb.source.node import Node

if TYPE_CHECKING:
    from kubelint_lb.deploy.argocd.applied import ArgoCD
    from kubelint_lb.deploy.clusters import ClusterMap
    from kubelint_lb.deploy.kustomize.overlays import Overlay
    from kubelint_lb.kube.definitions import Definitions

# What a file that no unit holds is said to be a part of.
PLAIN = "."


class Group(NamedTuple):
    """Units any two of which land in one cluster if somebody says so. `folders` are those whose kustomization is one of the
    units; `argocd` is what Argo CD's Applications apply, None where there are none, or nothing was rendered."""

    units: tuple[Unit, ...]
    folders: frozenset[str] = frozenset()
    argocd: ArgoCD | None = None


class RenderFailure(NamedTuple):
    """A unit that could not be rendered: the key of the message and its words, and where to point."""

    unit: str
    node: Node
    key: str
    words: Mapping[str, str]


class Plan(NamedTuple):
    """The units of a run. `overlays` are the kustomizations behind them, rendered or not; `charts` say how the units of charts
    were had. `notices` are for the user. `touched` are the files whose objects a kustomization or patch asked for steers,
    `touched_units` the names of units of which all is reported on: something they are made of was asked for. `definitions` are
    the CustomResourceDefinitions of the tree, and those that the configuration names."""

    landed: tuple[Landed, ...]
    clusters: ClusterMap
    groups: tuple[Group, ...] = ()
    overlays: tuple[Overlay, ...] = ()
    charts: tuple[UnitInfo, ...] = ()
    failures: tuple[RenderFailure, ...] = ()
    notices: tuple[str, ...] = ()
    touched: frozenset[str] = frozenset()
    touched_units: frozenset[str] = frozenset()
    definitions: Definitions | None = None

    @property
    def units(self) -> tuple[Unit, ...]:
        """The units, once each."""
        return tuple({id(one.unit): one.unit for one in self.landed}.values())

    def units_with(self, path: str) -> tuple[str, ...]:
        """The names of the units that a file is a part of, readable or not."""
        return tuple(one.name for one in self.units if one.files(path)) or (PLAIN,)
