"""A unit in a kind of cluster."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from kubelint_lb.deploy.unit import Unit
from kubelint_lb.kube.versions import Target


class Landed(NamedTuple):
    """A unit in one kind of cluster: its versions, and the controllers that serve its ingress classes."""

    unit: Unit
    target: Target
    class_controllers: Mapping[str, str] = {}
    default_ingress_class: str | None = None
