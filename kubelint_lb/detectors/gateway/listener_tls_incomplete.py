"""A listener that ends TLS needs a certificate; one that passes it through has no use for one."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Listener, ListenerHolder, MappingNode, detector, is_open, present

# Google's and Amazon's load balancers find certificates by other ways than the listener.
_CERTIFICATE_MAP = "networking.gke.io/certmap"


@detector
def check(holder: ListenerHolder, _ctx: Context) -> Issues:
    """ListenerTLSConfig (gateway-api `apis/v1/gateway_types.go`). A TLS listener without a mode, and one that ends TLS without
    certificates or options, the CRD refuses itself."""
    for listener in holder.listeners:
        yield from _issues(holder, listener)


def _issues(holder: ListenerHolder, listener: Listener) -> Issues:
    tls = present(listener.node.get("tls"))
    words = {"listener": listener.name, "holder": holder.title}
    if listener.protocol == "HTTPS" and tls is None and holder.settled:
        key = "elsewhere" if _CERTIFICATE_MAP in holder.annotations else "no-tls"
        yield Issue(listener.node.get("protocol") or listener.place, key, **words)
    if not isinstance(tls, MappingNode) or is_open(listener.tls_mode):
        return
    certificates = present(tls.get("certificateRefs"))
    if listener.protocol == "TLS" and listener.tls_mode == "Passthrough" and certificates is not None:
        issue = Issue(tls.key("certificateRefs") or certificates, "unused", **words)
        yield issue.related(tls.get("mode") or listener.place, "TLS is passed through")
