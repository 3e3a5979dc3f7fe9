"""Each host of an Ingress with TLS should be in its TLS."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    ALB,
    GKE,
    Context,
    Ingress,
    Issue,
    Issues,
    Scalar,
    detector,
    has_tls,
    is_open,
    next_item,
    put_in,
    written_text,
)


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/controller/controller.go` (extractTLSSecretName). The load balancers of AWS and Google find
    certificates by themselves; a wildcard of the wrong depth is ingress-tls-wildcard-depth's."""
    entries = ingress.tls
    named = [(host, node) for entry in entries for host, node in entry.hosts]
    if not named or not ingress.settled or any(is_open(host) for host, _ in named) or ctx.controller(ingress) in {ALB, GKE}:
        return
    for host, node in ingress.host_nodes.items():
        # A host may be in another Ingress's TLS, where certificates are shared on purpose.
        if is_open(host) or has_tls(host, ingress, ctx):
            continue
        if any(name.startswith("*.") and host.lower().endswith(name[1:].lower()) for name, _ in named):
            continue
        hosts = ", ".join(name for name, _ in named[:3])
        last = entries[0].hosts[-1][1] if len(entries) == 1 and entries[0].hosts else None
        added = put_in(next_item(last, written_text(host))) if isinstance(last, Scalar) else None
        issue = Issue(node, "uncovered", ingress=ingress.title, host=host, hosts=hosts).related(
            named[0][1], "a host that has TLS"
        )
        yield issue.fix("add the host to tls", added)
