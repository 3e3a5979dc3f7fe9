"""What each controller reads from annotations: data, one file beside the code of each product."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

from kubelint_lb.controllers.which import (
    ALB,
    CONTOUR,
    GKE,
    HAPROXY_INGRESS,
    HAPROXY_TECH,
    KONG,
    NGINX,
    NGINX_INC,
    TRAEFIK,
)

_FOLDERS = {
    ALB: "alb",
    CONTOUR: "contour",
    GKE: "gke",
    HAPROXY_INGRESS: "haproxy",
    HAPROXY_TECH: "haproxy_tech",
    KONG: "kong",
    NGINX: "nginx",
    NGINX_INC: "nginx_inc",
    TRAEFIK: "traefik",
}


class Annotation(NamedTuple):
    """An annotation as its controller reads it.

    `type` is the controller's (bool, int, duration, enum, list, …) with `allowed` words and the range `least` to `most` where it
    has them; `objects` are the kinds on which it is read; `inert_without` the suffixes without which it does nothing; `removed`
    that the controller knows it no more, `replaced_by` what took its place. `source` is where the controller's code says so.
    """

    name: str
    type: str
    objects: tuple[str, ...]
    allowed: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    inert_without: tuple[str, ...] = ()
    removed: bool = False
    replaced_by: str = ""
    source: str = ""


@cache
def annotations_of(controller: str) -> Mapping[str, Annotation]:
    """The annotations that a controller reads, by their full names; empty for a controller that is not known."""
    folder = _FOLDERS.get(controller)
    if folder is None:
        return {}
    text = (Path(__file__).parent / folder / "annotations.json").read_text(encoding="utf-8")
    return {name: _annotation(name, one) for name, one in json.loads(text).items()}


def _annotation(name: str, one: Mapping[str, object]) -> Annotation:
    def words(key: str) -> tuple[str, ...]:
        found = one.get(key)
        return tuple(map(str, found)) if isinstance(found, list) else ()

    def number(key: str) -> float | None:
        found = one.get(key)
        return float(found) if isinstance(found, int | float) else None

    return Annotation(
        name,
        str(one.get("type", "")),
        words("objects"),
        words("allowed"),
        number("min"),
        number("max"),
        words("inert_without"),
        removed=bool(one.get("removed")),
        replaced_by=str(one.get("replaced_by") or ""),
        source=str(one.get("source", "")),
    )
