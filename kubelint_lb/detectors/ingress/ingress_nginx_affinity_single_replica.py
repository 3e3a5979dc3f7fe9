"""One pod needs no stickiness."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector, nginx, serving


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx docs "Session Affinity"."""
    annotations = nginx(ingress, ctx)
    name = next((one for one in ("affinity", "upstream-hash-by") if annotations is not None and annotations.known(one)), "")
    node = annotations.node(name) if annotations is not None and name else None
    for backend in ingress.backends if node is not None else ():
        services = ctx.services(backend.reference)
        groups = serving(ctx.select(services[0])) if len(services) == 1 else ()
        if node is None or len(groups) != 1 or len(groups[0]) != 1 or groups[0][0].per_node:
            continue
        replicas, workload = ctx.replicas(groups[0][0]), groups[0][0]
        if replicas.known and replicas.high == 1:
            words = {"name": name, "service": services[0].title, "workload": workload.title}
            yield Issue(node, "one", ingress=ingress.title, **words).related(workload.place("spec", "replicas"), "one replica")
            return
