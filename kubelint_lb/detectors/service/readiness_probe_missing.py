"""Pods that get traffic should say when they are ready."""

from __future__ import annotations

from itertools import islice

from kubelint_lb.detectors.api import Container, Context, Issue, Issues, Service, Workload, detector, items


@detector
def check(workload: Workload, ctx: Context) -> Issues:
    """Pod readiness (kubernetes docs "Pod Lifecycle"). Of a headless Service names are had, not traffic."""
    template = workload.template
    if template is None or template.spec is None or workload.runs_to_end or not workload.settled:
        return
    if items(template.spec.get("readinessGates")):
        return
    services = (one for one in ctx.services_of(workload) if not one.headless or ctx.fronts(one))
    for service in islice(services, 1):
        serving = [one for one in template.containers if one.serving and _serves(one, service)]
        probed = any(one.probe("readinessProbe") or one.probe("startupProbe") for one in template.containers if one.serving)
        for container in serving[:1] if not probed else []:
            place = container.node.get("name") or container.node
            words = {"container": container.name, "workload": workload.title, "service": service.title}
            yield Issue(place, "no-probe", **words).related(service.manifest.name_node, "sends traffic")


def _serves(container: Container, service: Service) -> bool:
    """It declares a port of the Service; where none is declared, any may serve."""
    targets = {port.target for port in service.ports}
    return not container.ports or any(one.name in targets or one.number in targets for one in container.ports)
