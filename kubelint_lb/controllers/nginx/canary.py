"""Canary Ingresses as ingress-nginx reads them.

Source: ingress-nginx controller-v1.15.1 `internal/ingress/annotations/canary/main.go`,
`internal/ingress/controller/controller.go` (createUpstreams, mergeAlternativeBackends), `rootfs/etc/nginx/lua/balancer.lua`.
"""

from __future__ import annotations

from enum import Enum

from kubelint_lb.controllers.go import go_bool, go_int
from kubelint_lb.controllers.nginx.annotations import NginxAnnotations
from kubelint_lb.controllers.which import NGINX
from kubelint_lb.kube.ingress import Ingress, IngressBackend, IngressPath
from kubelint_lb.kube.values import mappings, text
from kubelint_lb.source.node import Scalar
from kubelint_lb.source.placeholder import is_open, may_equal

DEFAULT_TOTAL = 100
# The server of requests for hosts that no Ingress names.
CATCH_ALL = "_"

_OWNERS = frozenset({"Rollout", "Canary"})
# Any of these, where it is not empty, asks for a canary; the weight does so where it is not 0.
_RULES = ("canary-by-header", "canary-by-header-value", "canary-by-header-pattern", "canary-by-cookie")


class CanaryLocation(Enum):
    """How far a primary Ingress has the location that a canary path asks for."""

    HOST = "it lacks the host"
    PATH = "it has the host but not the path"
    TYPE = "it has host and path, but of another pathType"
    SAME = "it has the location"


class Canary(NginxAnnotations):
    """The canary annotations of one Ingress under a prefix (`nginx.ingress.kubernetes.io`)."""

    @property
    def meant(self) -> bool:
        """It is a canary, may become one, or asks for a canary's traffic."""
        return self.enabled is not False or self.wish is not None

    @property
    def enabled(self) -> bool | None:
        """It is a canary; None where a placeholder decides. What is no boolean counts as false."""
        if self.unknown("canary"):
            return None
        return go_bool(self.word("canary") or "") is True

    @property
    def weight(self) -> int | None:
        """The weight in force, 0 where it is absent or no number; None where a placeholder decides."""
        return None if self.unknown("canary-weight") else go_int(self.word("canary-weight") or "") or 0

    @property
    def total(self) -> int | None:
        """What the weight is a part of, never below 100 (balancer.lua); None where a placeholder decides."""
        if self.unknown("canary-weight-total"):
            return None
        return max(DEFAULT_TOTAL, go_int(self.word("canary-weight-total") or "") or DEFAULT_TOTAL)

    @property
    def has_request_rule(self) -> bool:
        """Some requests are sent to it by header or cookie."""
        return bool(self.word("canary-by-header") or self.word("canary-by-cookie"))

    @property
    def wish(self) -> str | None:
        """The first annotation (its suffix) that asks for canary traffic; None where none surely does."""
        weight = self.word("canary-weight") or ""
        if weight and not self.unknown("canary-weight"):
            number = go_int(weight)
            if number is None or number > 0:
                return "canary-weight"
        return next((suffix for suffix in _RULES if self.word(suffix)), None)

    @property
    def owned(self) -> bool:
        """Belongs to a Rollout or Canary, which made it and moves its weight."""
        metadata = self.ingress.manifest.metadata
        owners = metadata.get("ownerReferences") if metadata is not None else None
        return any(text(owner.get("kind")) in _OWNERS for owner in mappings(owners))


def may_be_primary(controller: str | None, canary: Canary) -> bool:
    """A canary of ingress-nginx may find its primary in it."""
    return controller in {NGINX, None} and canary.enabled is not True


def find_primary_path(path: IngressPath, primary: Ingress) -> tuple[CanaryLocation, IngressPath | None]:
    """How far a primary has a path's location, with the path of its that comes nearest. Placeholders may be anything."""
    location, nearest = _find_path(path, primary)
    if location is CanaryLocation.SAME or primary.default_backend is None or not _is_default(path):
        return location, nearest
    # `spec.defaultBackend` serves `/` on every host of its Ingress, and on the catch-all server.
    if has_host(primary, path) or path.location[0] == CATCH_ALL:
        return CanaryLocation.SAME, None
    return location, nearest


def _is_default(path: IngressPath) -> bool:
    _, wanted, kind = path.location
    return wanted == "/" and (kind == "Prefix" or is_open(path.path_type))


def _find_path(path: IngressPath, primary: Ingress) -> tuple[CanaryLocation, IngressPath | None]:
    host, wanted, kind = path.location
    of_host = [one for one in primary.paths if may_be_host(one.location[0], host)]
    if not of_host:
        return (CanaryLocation.PATH if has_host(primary, path) else CanaryLocation.HOST), None
    of_path = [one for one in of_host if may_equal(one.location[1], wanted, name=False)]
    if not of_path:
        return CanaryLocation.PATH, of_host[0]
    for one in of_path:
        if one.location[2] == kind or is_open(one.path_type) or is_open(path.path_type):
            return CanaryLocation.SAME, one
    return CanaryLocation.TYPE, of_path[0]


def has_host(primary: Ingress, path: IngressPath) -> bool:
    """A rule of the primary has the path's host; a wildcard is another server to nginx."""
    return any(may_be_host(host or CATCH_ALL, path.location[0]) for host in primary.hosts)


def may_be_host(left: str, right: str) -> bool:
    """Two hosts (`_` for every host) are the same nginx server, or may be."""
    return left.lower() == right.lower() or may_equal(left, right)


def surely_same(left: IngressPath, right: IngressPath) -> bool:
    """Two paths make the same nginx location, whatever placeholders become."""
    return left.location == right.location


def upstream(backend: IngressBackend) -> tuple[str | None, str, str]:
    """What ingress-nginx keys an upstream by: namespace, Service, and the port as written (by number, else by name)."""
    port = backend.port_text
    if not port and isinstance(backend.port_node, Scalar) and backend.port_node is not backend.reference.node:
        port = backend.port_node.text
    return backend.reference.namespace, backend.reference.name, port
