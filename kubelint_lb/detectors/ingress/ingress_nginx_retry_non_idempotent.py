"""A retry may do a thing twice."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector, nginx


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """nginx `proxy_next_upstream`; ingress-nginx defaults: 3 tries, no time limit."""
    annotations = nginx(ingress, ctx)
    node = annotations.node("proxy-next-upstream")
    if node is None:
        return
    value = annotations.known("proxy-next-upstream")
    words = value.split()
    if "off" in words and len(words) > 1:
        yield Issue(node, "off-and-more", ingress=ingress.title, value=value)
    elif "non_idempotent" in words:
        yield Issue(node, "non-idempotent", ingress=ingress.title, value=value)
    tries = annotations.node("proxy-next-upstream-tries")
    endless = annotations.number("proxy-next-upstream-tries") == 0 and not annotations.number("proxy-next-upstream-timeout")
    if tries is not None and endless and any(word.startswith("http_5") for word in words):
        yield Issue(tries, "endless", ingress=ingress.title).related(node, "what is repeated")
