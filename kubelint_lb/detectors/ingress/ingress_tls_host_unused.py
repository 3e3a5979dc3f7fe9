"""A host in TLS should be the host of a rule."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    ALB,
    GKE,
    NGINX_INC,
    Context,
    Ingress,
    Issue,
    Issues,
    TextEdit,
    detector,
    is_below,
    is_open,
    is_slip,
)


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """Hosts of TLS also tell the AWS controller which certificates to look for, and a master of nginx/kubernetes-ingress has no
    paths."""
    hosts = ingress.host_nodes
    if not hosts or "" in ingress.hosts or not ingress.settled or ctx.controller(ingress) in {ALB, GKE, NGINX_INC}:
        return
    if any(is_open(host) for host in hosts):
        return
    served = [host.lower() for host in hosts]
    for entry in ingress.tls:
        for name, node in entry.hosts:
            lowered = name.lower()
            if is_open(name) or any(_goes_with(host, lowered) for host in served):
                continue
            uncovered = [host for host in hosts if not any(one.covers(host) for one in ingress.tls)]
            near = next((host for host in uncovered if is_slip(lowered, host.lower())), None)
            if near is None:
                yield Issue(node, "unused", ingress=ingress.title, host=name)
            else:
                issue = Issue(node, "near", ingress=ingress.title, host=name, near=near)
                yield issue.related(hosts[near], "a host without TLS").fix(f"write {near}", TextEdit(node, near))


def _goes_with(host: str, name: str) -> bool:
    """A name of the certificate is for the host; or one of the two lies below the other: often they share one certificate."""
    if is_below(host, name) or is_below(name, host):
        return True
    return host.endswith("." + name.removeprefix("*.")) or name.endswith("." + host.removeprefix("*."))
