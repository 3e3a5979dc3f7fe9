"""Counts what Helm would install and nobody rendered, so that a report says what it has not seen."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.source.node import Mapping, Node, Scalar

# What charts call the values that make routes, in small letters; `ingress-nginx` and its like are charts, not routes.
_ROUTES = frozenset({"ingress", "ingresses", "route", "routes", "httproute", "httproutes", "grpcroute", "gateway", "gateways"})
_MOST_DEPTH = 8


def unrendered(manifests: Iterable[Manifest], prerendered: Collection[str] = ()) -> tuple[str, ...]:
    """A sentence about the HelmReleases among some objects; none where there are none.

    One that is shown does not count, nor does one in a `prerendered` file if the tree has it, too.
    """
    found = [one for one in manifests if one.view_name == "HelmRelease"]
    names = {one.name for one in found if one.path not in prerendered}
    releases = [one for one in found if not one.shown and (one.path not in prerendered or one.name not in names)]
    if not releases:
        return ()
    noun = "1 HelmRelease" if len(releases) == 1 else f"{len(releases)} HelmReleases"
    routes = sum(_has_routes(one.node.get("spec", "values"), 0) for one in releases)
    return (f"Not rendered: {noun}, {routes} with routes in their values." if routes else f"Not rendered: {noun}.",)


def _has_routes(node: Node | None, depth: int) -> bool:
    if not isinstance(node, Mapping) or depth > _MOST_DEPTH:
        return False
    return any(
        (name.lower() in _ROUTES and isinstance(value, Mapping) and bool(value.entries) and not _is_off(value))
        or _has_routes(value, depth + 1)
        for name, value in node.entries.items()
    )


def _is_off(node: Mapping) -> bool:
    said = node.get("enabled")
    return isinstance(said, Scalar) and said.value is False
