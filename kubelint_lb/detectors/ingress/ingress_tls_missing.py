"""A host should be served with TLS."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector, is_open, stands_for

# Annotations that give the Ingress a certificate, or leave TLS to the pods. Names that begin so.
_BY_ANNOTATION = (
    "alb.ingress.kubernetes.io/certificate-arn",
    "alb.ingress.kubernetes.io/listen-ports",
    "ingress.gcp.kubernetes.io/pre-shared-cert",
    "networking.gke.io/managed-certificates",
    "networking.gke.io/certmap",
    "traefik.ingress.kubernetes.io/router.tls",
    "traefik.ingress.kubernetes.io/router.entrypoints",
    "nginx.ingress.kubernetes.io/ssl-passthrough",
    "haproxy.org/ssl-passthrough",
    "haproxy-ingress.github.io/ssl-passthrough",
    "ingress.kubernetes.io/ssl-passthrough",
    "konghq.com/snis",
)


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """Said once an Ingress without any TLS, at its first host. An Ingress with `tls` that lacks a host is
    ingress-tls-host-not-covered's."""
    if ingress.tls or not ingress.settled or ingress.is_solver:
        return
    if ingress.lacks("spec", "tls") is not True or any(name.startswith(_BY_ANNOTATION) for name in ingress.annotations):
        return
    for host, node in ingress.host_nodes.items():
        if not is_open(host) and not any(stands_for(one, host) for one in ctx.words("allow-hosts")):
            yield Issue(node, "plain", ingress=ingress.title, host=host)
            return
