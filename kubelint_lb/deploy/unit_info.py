"""What is said of a unit to people: how it was found and rendered, and what it lacks."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kubelint_lb.deploy.unit import Found
from kubelint_lb.source.place import Location

NOT_RENDERED = "not rendered"


class Absent(NamedTuple):
    """A part of a unit that could not be had: why, and where it is written."""

    why: str
    location: Location


class AppliedBy(NamedTuple):
    """The object of a deployment tool that applies a unit, and where it asks for it."""

    name: str
    location: Location


class UnitInfo(NamedTuple):
    """One unit. `found`: configured, kustomization, chart, HelmRelease, Application, rendered, inside (another object) or plain;
    `rendered`: how its objects were had, `why` why they were not; `kinds` counts its objects; `clusters` are those that it is
    known to land in; `applied_by` says who applies it, where somebody does."""

    name: str
    found: Found
    rendered: str
    kinds: Mapping[str, int]
    left_out: tuple[Absent, ...] = ()
    why: str = ""
    clusters: tuple[str, ...] = ()
    applied_by: tuple[AppliedBy, ...] = ()
