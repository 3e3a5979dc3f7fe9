"""kube-proxy keeps clients for those who come to the Service's address."""

from __future__ import annotations

from kubelint_lb.detectors.api import GKE, Context, Front, Ingress, Issue, Issues, Route, Service, detector, sticks

_UPSTREAM = (
    "nginx.ingress.kubernetes.io/service-upstream",
    "haproxy.org/service-upstream",
    "ingress.kubernetes.io/service-upstream",
)


@detector
def check(service: Service, ctx: Context) -> Issues:
    """ingress-nginx docs "Why endpoints and not services"; toolhive#5738. A Service without a cluster IP has no affinity at all,
    a load balancer or a node port may have clients of its own, and a route's own sessions are another rule's business."""
    if not sticks(service) or service.headless or service.type != "ClusterIP":
        return
    for front in ctx.fronts(service):
        controller = _controller(front, ctx)
        if controller:
            key = "proxy" if _goes_to_the_service(front, service) else "endpoints"
            words = {"service": service.title, "front": front.view.title, "controller": controller}
            issue = Issue(service.place("spec", "sessionAffinity"), key, **words)
            yield issue.related(front.reference.node, "sends traffic to it")
            return


def _controller(front: Front, ctx: Context) -> str:
    """What sends the traffic, in a word; empty where it may read the field itself."""
    if isinstance(front.view, Route):
        keeps = any(rule.node.get("sessionPersistence") is not None for rule in front.view.rules)
        return "" if front.view.mesh_only or keeps else "its Gateway"
    found = ctx.controller(front.view) if isinstance(front.view, Ingress) else None
    return "" if found == GKE else found or "the Ingress controller"


def _goes_to_the_service(front: Front, service: Service) -> bool:
    native = "traefik.ingress.kubernetes.io/service.nativelb"
    annotations = front.view.annotations
    return any(annotations.get(name) == "true" for name in _UPSTREAM) or service.annotations.get(native) == "true"
