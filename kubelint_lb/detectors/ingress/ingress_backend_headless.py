"""Some controllers send to a Service's address or its node ports."""

from __future__ import annotations

from kubelint_lb.detectors.api import ALB, NGINX, Context, Ingress, Issue, Issues, NginxAnnotations, detector


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/controller/controller.go` (getServiceClusterEndpoint); aws-load-balancer-controller
    `pkg/ingress/model_build_target_group.go`. GKE is gke-service-type's."""
    controller = ctx.controller(ingress)
    if controller not in {ALB, NGINX} or not ingress.settled:
        return
    for route, backend in ingress.routes:
        services = ctx.services(backend.reference)
        if not services or not all(service.headless and service.settled for service in services):
            continue
        service, words = services[0], {"ingress": ingress.title, "service": services[0].title}
        place = service.place("spec", "clusterIP")
        if controller == ALB and ctx.alb_target_type(ingress, service).value == "instance":
            what = "a node port"
            issue = Issue(backend.reference.node, "no-target", controller=controller, what=what, route=route, **words)
            yield issue.related(place, "no address")
        elif controller == NGINX and NginxAnnotations(ingress).flag("service-upstream") is True:
            issue = Issue(backend.reference.node, "falls-back", name="service-upstream", **words)
            yield issue.related(place, "no address")
