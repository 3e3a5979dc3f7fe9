"""The port that a Service sends to is one that the pods declare, where they declare any."""

from __future__ import annotations

from functools import partial

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, ServicePort, Workload, detector, serving


@detector
def check(service: Service, ctx: Context) -> Issues:
    """ContainerPort (kubernetes `core/v1`): a port that is not declared can be reached all the same."""
    groups = serving(ctx.select(service))
    for port in service.ports:
        if not isinstance(port.target, int) or port.open or not groups:
            continue
        if ctx.once((id(groups), port.target), partial(_all_lack, groups, port)):
            yield _issue(service, port, groups[0][0])


def _all_lack(groups: tuple[tuple[Workload, ...], ...], port: ServicePort) -> bool:
    return all(_lacks(workload, port) for group in groups for workload in group)


def _lacks(workload: Workload, port: ServicePort) -> bool:
    template = workload.template
    if template is None or not workload.settled or not template.ports or template.host_network:
        return False
    return all(one.number is not None and one.number != port.target for one in template.ports)


def _issue(service: Service, port: ServicePort, workload: Workload) -> Issue:
    ports = workload.template.ports if workload.template is not None else ()
    declared = ", ".join(dict.fromkeys(str(one.number) for one in ports))
    key = "only-other" if len(ports) == 1 else "undeclared"
    place = port.node.get("targetPort") or port.at("port")
    issue = Issue(place, key, service=service.title, target=str(port.target), workload=workload.title, declared=declared)
    return issue.related(ports[0].node.get("containerPort") or ports[0].node, "a port that the pods declare")
