"""A name outside is a backend for some controllers only."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    ALB,
    CONTOUR,
    GKE,
    NGINX,
    NGINX_INC,
    TRAEFIK,
    Context,
    Ingress,
    Issue,
    Issues,
    detector,
    text,
)

_REFUSING = {
    ALB: "it has no endpoints to register",
    GKE: "the Service has to be of type NodePort or LoadBalancer, or have a NEG",
}
_OPTIONS = {
    TRAEFIK: "allowExternalNameServices",
    CONTOUR: "--enable-external-name-service",
    NGINX_INC: "NGINX Plus and a resolver",
}
_SELF = ("localhost", "127.0.0.1", "::1")


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """traefik `pkg/provider/kubernetes/ingress/kubernetes.go` (loadService); ingress-gce `translator.go`; ingress-nginx
    `internal/ingress/controller/endpointslices.go`."""
    controller = ctx.controller(ingress)
    if controller is None or not ingress.settled or controller in ctx.words("allowed-controllers"):
        return
    for route, backend in ingress.routes:
        services = ctx.services(backend.reference)
        if not services or not all(service.external_name and service.settled for service in services):
            continue
        service = services[0]
        place, name = service.place("spec", "externalName"), text(service.at("spec", "externalName")) or ""
        words = {"ingress": ingress.title, "route": route, "service": service.title}
        if controller in _REFUSING:
            issue = Issue(backend.reference.node, "refused", controller=controller, why=_REFUSING[controller], **words)
        elif controller in _OPTIONS:
            issue = Issue(backend.reference.node, "option", controller=controller, why=_OPTIONS[controller], **words)
        elif controller == NGINX and name.lower().rstrip(".") in _SELF:
            issue = Issue(backend.reference.node, "loopback", name=name, **words)
        else:
            continue
        yield issue.related(place, "the name")
