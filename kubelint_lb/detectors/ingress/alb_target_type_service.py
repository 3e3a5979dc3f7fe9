"""What is sent to nodes needs a port of the nodes."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    ALB,
    USE_ANNOTATION,
    Context,
    Ingress,
    Issue,
    Issues,
    Service,
    boolean,
    detector,
    in_metadata,
    replace_node,
)

_TARGET_TYPE = "alb.ingress.kubernetes.io/target-type"


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """aws-load-balancer-controller `pkg/ingress/model_build_target_group.go` ("TargetGroup port is empty"). Headless Services are
    ingress-backend-headless's. Said once a Service."""
    if ctx.controller(ingress) != ALB or not ingress.settled:
        return
    said: set[str] = set()
    for route, backend in ingress.routes:
        services = [one for one in ctx.services(backend.reference) if one.settled]
        if not services or backend.port_name == USE_ANNOTATION or backend.reference.name in said:
            continue
        service, found = services[0], ctx.alb_target_type(ingress, services[0])
        why = [_lacks_node_port(one) for one in services]
        implied = found.node is None and ctx.word("alb-default-target-type") != "instance"
        if not all(why) or found.value != "instance" or implied:
            continue
        said.add(backend.reference.name)
        key = "by-default" if found.node is None else why[0]
        words = {"ingress": ingress.title, "route": route, "service": service.title, "type": service.type}
        issue = Issue(found.node or backend.reference.node, key, **words).related(service.place("spec", "type"), "the Service")
        by_pod = in_metadata(ingress, "annotations", _TARGET_TYPE, "ip")
        yield issue.fix("target the pods", by_pod if found.node is None else replace_node(found.node, "ip"))


def _lacks_node_port(service: Service) -> str:
    if service.type == "ClusterIP" and not service.headless:
        return "no-node-port"
    refuses = service.type == "LoadBalancer" and boolean(service.at("spec", "allocateLoadBalancerNodePorts")) is False
    return "none-allocated" if refuses and not any(port.node_port for port in service.ports) else ""
