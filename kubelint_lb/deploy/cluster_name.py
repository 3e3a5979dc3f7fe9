"""Clusters by the names that somebody has for them: what surely lands in one, and what surely does not."""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

CONFIGURED, FLUX = "configuration", "flux"


class ClusterName(NamedTuple):
    """A cluster by the name that somebody has for it. Names of different sayers have nothing to do with each other."""

    told_by: str
    name: str


Clusters: TypeAlias = frozenset[ClusterName]
NOWHERE: Clusters = frozenset()


def are_apart(left: Clusters, right: Clusters) -> bool:
    """Two objects surely land in different clusters: somebody names those of both, and none is the same."""
    sayers = {one.told_by for one in left} & {one.told_by for one in right}
    return any(_said(left, sayer).isdisjoint(_said(right, sayer)) for sayer in sayers)


def are_together(left: Clusters, right: Clusters) -> bool:
    """Two objects surely land in one cluster."""
    return not left.isdisjoint(right)


def _said(clusters: Clusters, sayer: str) -> set[str]:
    return {one.name for one in clusters if one.told_by == sayer}
