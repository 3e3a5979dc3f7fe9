"""GKE takes over a readiness probe of the port that is served."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    GKE,
    Context,
    Ingress,
    Issue,
    Issues,
    Node,
    PodTemplate,
    detector,
    integer,
    name_text,
    sole_workload,
)

_CONFIGS = ("cloud.google.com/backend-config", "beta.cloud.google.com/backend-config")


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-gce `pkg/healthchecks`; GKE docs "Ingress", Default and inferred parameters. Said once a workload."""
    if ctx.controller(ingress) != GKE or not ingress.settled:
        return
    said: set[str] = set()
    for route, backend in ingress.routes:
        services = ctx.services(backend.reference)
        ports = backend.ports_of(services[0]) if len(services) == 1 else []
        if not ports or ports[0].open or any(name in services[0].annotations for name in _CONFIGS):
            continue
        workload = sole_workload(ctx.select(services[0]))
        if workload is None or workload.template is None or not workload.settled or workload.title in said:
            continue
        served = _number(workload.template, ports[0].target)
        probes = [one for one in _probes(workload.template) if one[1] is not None]
        if served is None or not probes or any(number == served for _, number in probes):
            continue
        said.add(workload.title)
        place, number = probes[0]
        words = {"ingress": ingress.title, "route": route, "workload": workload.title}
        issue = Issue(place, "other-port", port=served, probe=number or 0, **words)
        yield issue.related(backend.reference.node, "GKE sends requests here")


def _probes(template: PodTemplate) -> list[tuple[Node, int | None]]:
    """Where each container's readiness probe stands that asks by HTTP, and the number of its port."""
    probes = (one.probe("readinessProbe") for one in template.containers)
    nodes = (probe.get("httpGet", "port") for probe in probes if probe is not None)
    return [(node, _number(template, integer(node) or name_text(node))) for node in nodes if node is not None]


def _number(template: PodTemplate, port: int | str | None) -> int | None:
    """The number of a port of the pods, by its number or its name."""
    if isinstance(port, int):
        return port
    return next((one.number for container in template.containers for one in container.ports if one.name == port), None)
