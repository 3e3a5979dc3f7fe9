"""One pod needs no stickiness."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector, nginx, sole_workload


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx docs "Session Affinity"."""
    annotations = nginx(ingress, ctx)
    name = next((one for one in ("affinity", "upstream-hash-by") if annotations.known(one)), "")
    node = annotations.node(name) if name else None
    for backend in ingress.backends if node is not None else ():
        services = ctx.services(backend.reference)
        workload = sole_workload(ctx.select(services[0])) if len(services) == 1 else None
        if node is None or workload is None or workload.per_node:
            continue
        replicas = ctx.replicas(workload)
        if replicas.known and replicas.high == 1:
            words = {"name": name, "service": services[0].title, "workload": workload.title}
            yield Issue(node, "one", ingress=ingress.title, **words).related(workload.place("spec", "replicas"), "one replica")
            return
