"""GKE sends to node ports, or to pods where it is told to."""

from __future__ import annotations

from kubelint_lb.detectors.api import GKE, Context, Ingress, Issue, Issues, detector

_NEG = "cloud.google.com/neg"


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-gce `pkg/controller/translator/translator.go` (ErrBadSvcType). ClusterIP is advice: VPC-native clusters add the
    annotation."""
    if ctx.controller(ingress) != GKE or not ingress.settled:
        return
    for route, backend in ingress.routes:
        services = [one for one in ctx.services(backend.reference) if one.settled]
        if not services or any(_NEG in one.annotations or one.type != "ClusterIP" for one in services):
            continue
        key = "headless" if services[0].headless else "no-port"
        words = {"ingress": ingress.title, "route": route, "service": services[0].title, "type": services[0].type}
        yield Issue(backend.reference.node, key, **words).related(services[0].place("spec", "type"), "the Service")
