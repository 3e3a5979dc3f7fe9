"""What a Service sends to its pods has to be let in by their network policies."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    AllowedPort,
    Context,
    Isolation,
    Issue,
    Issues,
    Service,
    ServicePort,
    Workload,
    detector,
    replace_node,
    sole_workload,
)


@detector
def check(service: Service, ctx: Context) -> Issues:
    """NetworkPolicyIngressRule.Ports (kubernetes `networking/v1`): ports of the pods. Policies that other tools have (Cilium's,
    Calico's) could let more in: where a unit holds one nothing is said."""
    workload = sole_workload(ctx.select(service))
    isolation = ctx.isolation(workload) if workload is not None else None
    if (
        workload is None
        or isolation is None
        or not (isolation.is_meant or ctx.complete)
        or not isolation.ports
        or not workload.settled
    ):
        return
    if workload.template is not None and workload.template.host_network:
        return
    for port in service.ports:
        number = _number(workload, port)
        if number is None or port.open or any(_allows(one, workload, port, number) is not False for one in isolation.ports):
            continue
        yield _issue(service, port, number, isolation)


def _number(workload: Workload, port: ServicePort) -> int | None:
    if isinstance(port.target, int):
        return port.target
    ports = workload.template.ports if workload.template is not None else ()
    return next((one.number for one in ports if one.name == port.target and one.protocol == port.protocol), None)


def _allows(allowed: AllowedPort, workload: Workload, port: ServicePort, number: int) -> bool | None:
    """Whether a port of a policy is this one; None where that is not known."""
    if allowed.open:
        return None
    if allowed.protocol != port.protocol:
        return False
    if allowed.port is None:
        return True
    if isinstance(allowed.port, int):
        return allowed.port <= number <= (allowed.last or allowed.port)
    ports = workload.template.ports if workload.template is not None else ()
    return any(one.name == allowed.port and one.number == number for one in ports) if ports else None


def _issue(service: Service, port: ServicePort, number: int, isolation: Isolation) -> Issue:
    meant = next((one for one in isolation.ports if one.port == port.port and port.port != number), None)
    words = {"service": service.title, "port": str(port.port), "target": str(number)}
    place = port.node.get("targetPort") or port.at("port")
    if meant is not None and meant.node is not None:
        issue = Issue(place, "service-port", policy=meant.policy.title, **words)
        issue = issue.related(meant.node, "the policy allows the Service's port")
        return issue.fix(f"allow port {number}, the pods'", replace_node(meant.node, str(number)))
    allowed = ", ".join(dict.fromkeys(str(one.port) for one in isolation.ports)) or "none at all"
    issue = Issue(place, "not-allowed", allowed=allowed, **words)
    return issue.related(isolation.policies[0].manifest.name_node, "a policy for these pods")
