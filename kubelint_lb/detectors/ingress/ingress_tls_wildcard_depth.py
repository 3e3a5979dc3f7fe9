"""A wildcard in TLS stands for one label."""

from __future__ import annotations

from kubelint_lb.detectors.api import ALB, GKE, Context, Ingress, Issue, Issues, detector, is_open


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """RFC 6125 6.4.3; ingress-nginx `internal/ingress/controller/controller.go` (extractTLSSecretName)."""
    if not ingress.settled or ctx.controller(ingress) in {ALB, GKE}:
        return
    names = [(name, node) for entry in ingress.tls for name, node in entry.hosts]
    wildcards = [(name, node) for name, node in names if name.startswith("*.")]
    if not wildcards or any(is_open(name) for name, _ in names):
        return
    for host, node in ingress.host_nodes.items():
        if is_open(host) or host.startswith("*.") or any(entry.covers(host) for entry in ingress.tls):
            continue
        for name, place in wildcards:
            if host.lower() == name[2:].lower() or host.lower().endswith(name[1:].lower()):
                issue = Issue(node, "depth", ingress=ingress.title, host=host, wildcard=name)
                yield issue.related(place, "the wildcard")
                break
