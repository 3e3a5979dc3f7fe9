"""Each replica of the controller counts for itself."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector, nginx


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx docs "Rate Limiting"."""
    annotations = nginx(ingress, ctx)
    for suffix in ("limit-rps", "limit-rpm", "limit-connections"):
        node = annotations.node(suffix)
        if node is not None and annotations.number(suffix):
            yield Issue(node, "each", ingress=ingress.title, name=suffix, value=annotations.known(suffix))
            return
