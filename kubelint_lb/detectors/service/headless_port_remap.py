"""Without a cluster IP nothing maps ports."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, ServicePort, detector, renamed, serving


@detector
def check(service: Service, ctx: Context) -> Issues:
    """ServicePort.TargetPort (kubernetes `core/v1`): it is ignored where clusterIP is None. Behind an Ingress or a route, clients
    do not connect to the name."""
    if not service.headless or not service.selector or not service.settled or ctx.fronts(service):
        return
    for port in service.ports:
        target = _number(service, port, ctx)
        if target is not None and port.port is not None and target != port.port and not port.open:
            issue = Issue(port.at("targetPort"), "remapped", service=service.title, port=str(port.port), target=str(target))
            issue = issue.related(service.at("spec", "clusterIP") or service.place("spec", "clusterIPs"), "no cluster IP")
            yield issue.fix(f"write port {target}", renamed(port.at("port"), str(port.port), str(target)))


def _number(service: Service, port: ServicePort, ctx: Context) -> int | None:
    """The number on the pods, where it is the same on all of them, and the port that the Service has is on none."""
    templates = [one.template for group in serving(ctx.select(service)) for one in group if one.template is not None]
    if any(one.number == port.port for template in templates for one in template.ports):
        return None
    if isinstance(port.target, int):
        return port.target
    numbers = {one.number for template in templates for one in template.ports if one.name == port.target}
    return numbers.pop() if len(numbers) == 1 else None
