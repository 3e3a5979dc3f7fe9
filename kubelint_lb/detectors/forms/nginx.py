"""What every rule about ingress-nginx asks first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kubelint_lb.controllers.nginx.annotations import NginxAnnotations
from kubelint_lb.controllers.nginx.canary import Canary, surely_same
from kubelint_lb.controllers.nginx.regex_hosts import RegexCause, RegexHosts
from kubelint_lb.controllers.which import NGINX, class_of
from kubelint_lb.traffic.backing import sole_workload

if TYPE_CHECKING:
    from kubelint_lb.detectors.context import Context
    from kubelint_lb.kube.ingress import Ingress, IngressPath
    from kubelint_lb.kube.service import Service
    from kubelint_lb.kube.workload import Replicas, Workload
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


def hand_made_canary(ingress: Ingress, ctx: Context) -> Canary | None:
    """Its canary annotations, where ingress-nginx surely serves a canary that no Rollout or Flagger Canary drives."""
    canary = Canary(ingress)
    if nginx(ingress, ctx).flag("canary") is not True or canary.owned or ctx.knows_ingress(ingress.name, ingress.namespace):
        return None
    return canary


def primaries(canary: Ingress, path: IngressPath, ctx: Context) -> Iterator[tuple[Ingress, IngressPath]]:
    """The Ingresses of a canary's class that have one of its paths and are no canaries, each with that path of theirs."""
    for one in ctx.ingresses_at(path):
        if Canary(one).enabled is False and same_class(canary, one, ctx):
            theirs = next((found for found in one.paths if surely_same(found, path)), None)
            if theirs is not None:
                yield one, theirs


def without_pods(service: Service, ctx: Context) -> tuple[Workload, Replicas] | None:
    """The one workload behind a Service, with its number of replicas, where that is surely none."""
    workload = sole_workload(ctx.select(service))
    if workload is None or not workload.settled:
        return None
    replicas = ctx.replicas(workload)
    return (workload, replicas) if replicas.known and replicas.high == 0 else None


def regex_cause(ingress: Ingress, host: str, ctx: Context) -> RegexCause | None:
    """What makes a host's paths regular expressions for an Ingress: an annotation of one of its class, its own first."""
    found = [
        cause
        for cause in ctx.of(RegexHosts).causes(host)
        if ctx.controller(cause.ingress) == NGINX and same_class(ingress, cause.ingress, ctx)
    ]
    return next((cause for cause in found if cause.ingress is ingress), found[0] if found else None)
