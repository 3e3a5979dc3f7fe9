"""TLS needs a certificate."""

from __future__ import annotations

from kubelint_lb.detectors.api import NGINX, Context, Ingress, Issue, Issues, detector

# These make the Secret, or name it by themselves.
_MADE = ("cert-manager.io/", "acme.cert-manager.io/", "kubernetes.io/tls-acme", "certmanager.k8s.io/")


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx docs "TLS/HTTPS", Default SSL Certificate. Other controllers take certificates from elsewhere."""
    if ctx.flag("default-ssl-certificate") or ctx.controller(ingress) != NGINX or not ingress.settled:
        return
    if any(name.startswith(_MADE) or name.endswith("/ssl-passthrough") for name in ingress.annotations):
        return
    for entry in ingress.tls:
        if entry.secret is None and entry.node.get("secretName") is None:
            hosts = ", ".join(host for host, _ in entry.hosts) or "every host"
            place = entry.node.key("hosts") or entry.node
            yield Issue(place, "unnamed", ingress=ingress.title, hosts=hosts)
