"""What every rule about ingress-nginx asks first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kubelint_lb.controllers.nginx.annotations import NginxAnnotations
from kubelint_lb.controllers.nginx.regex_hosts import RegexCause, RegexHosts
from kubelint_lb.controllers.which import NGINX, class_of

if TYPE_CHECKING:
    from kubelint_lb.detectors.context import Context
    from kubelint_lb.kube.ingress import Ingress
    from kubelint_lb.source.node import Scalar


class _Unread(NginxAnnotations):
    """The annotations of an Ingress that somebody else serves: none."""

    suffixes = ()

    def node(self, suffix: str) -> Scalar | None:
        """None, whatever the Ingress has."""
        del suffix
        return None


def nginx(ingress: Ingress, ctx: Context) -> NginxAnnotations:
    """The annotations of an Ingress that ingress-nginx surely serves, and that nothing may patch any more; of another, none."""
    read = ctx.controller(ingress) == NGINX and ingress.settled
    return NginxAnnotations(ingress) if read else _Unread(ingress)


def same_class(left: Ingress, right: Ingress, ctx: Context) -> bool:
    """Two Ingresses are served by the same controller: their classes are the same, and both land in one cluster."""
    classes = {class_of(one, ctx.unit, ctx.default_ingress_class) for one in (left, right)}
    return len(classes) == 1 and (left is right or ctx.lands_with(left, right))


def regex_cause(ingress: Ingress, host: str, ctx: Context) -> RegexCause | None:
    """What makes a host's paths regular expressions for an Ingress: an annotation of one of its class, its own first."""
    found = [
        cause
        for cause in ctx.of(RegexHosts).causes(host)
        if ctx.controller(cause.ingress) == NGINX and same_class(ingress, cause.ingress, ctx)
    ]
    return next((cause for cause in found if cause.ingress is ingress), found[0] if found else None)
