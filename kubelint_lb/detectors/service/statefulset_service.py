"""A StatefulSet gets the names of its pods from a headless Service."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    KINDS,
    Context,
    Issue,
    Issues,
    Reference,
    Service,
    Workload,
    detector,
    missing,
    name_text,
    selector_matches,
)


@detector
def check(workload: Workload, ctx: Context) -> Issues:
    """StatefulSetSpec.ServiceName (kubernetes `apps/v1`); kubernetes#68352, kubernetes#74950."""
    node = workload.at("spec", "serviceName")
    name = name_text(node)
    if node is None or not name or not workload.settled:
        return
    reference = Reference(workload.manifest, node, KINDS["Service"], workload.namespace, name)
    yield from missing(ctx, reference, service=name, workload=workload.title)
    services = [one for one in ctx.resolve(reference).targets if isinstance(one, Service)]
    if not services or not all(one.settled for one in services):
        return
    service = services[0]
    words = {"service": service.title, "workload": workload.title}
    if all(_selects_others(one, workload) for one in services):
        selector = ", ".join(f"{key}={value}" for key, value in service.selector.items())
        issue = Issue(node, "selects-others", selector=selector, **words)
        yield issue.related(service.place("spec", "selector"), "selects other pods")
    elif all(not one.headless and not one.external_name for one in services) and not _has_headless(workload, ctx):
        key = "not-headless" if ctx.replicas(workload).high > 1 else "single"
        yield Issue(node, key, **words).related(service.place("spec", "clusterIP"), "has a cluster IP")


def _selects_others(service: Service, workload: Workload) -> bool:
    return bool(service.selector) and selector_matches(service.selector, workload.pod_labels) is False


def _has_headless(workload: Workload, ctx: Context) -> bool:
    """Another Service for its pods has no cluster IP: names are had from there, though not those of single pods."""
    return any(one.headless for one in ctx.services_of(workload))
