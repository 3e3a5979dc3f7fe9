"""What charts make of a tree."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kubelint_lb.deploy.plan import RenderFailure
from kubelint_lb.deploy.skipped import Skipped
from kubelint_lb.deploy.unit import Unit
from kubelint_lb.deploy.unit_info import UnitInfo
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.source.node import SourceText


class Made(NamedTuple):
    """Units of charts, with the objects in them and the files these point at; how each was had, or why not (`told`); what could
    not be rendered; sentences for the user. `touched` names the units of which all is reported on: something they are made of,
    other than a template, was asked for. `skipped` is what the tree says of files that were not linted, corrected."""

    skipped: tuple[Skipped, ...]
    units: tuple[Unit, ...] = ()
    manifests: tuple[Manifest, ...] = ()
    sources: Mapping[str, SourceText] = {}
    told: tuple[UnitInfo, ...] = ()
    failures: tuple[RenderFailure, ...] = ()
    notices: tuple[str, ...] = ()
    touched: frozenset[str] = frozenset()
