"""An Ingress's certificate is in a Secret of its namespace."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issues, detector, missing

# These make the Secret that the Ingress names.
_MADE = ("cert-manager.io/", "acme.cert-manager.io/", "kubernetes.io/tls-acme", "certmanager.k8s.io/", "cert.gardener.cloud/")


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/controller/controller.go` (createServers)."""
    if not ctx.complete or any(name.startswith(_MADE) for name in ingress.annotations):
        return
    for entry in ingress.tls:
        # `namespace/name` of another namespace is Contour's and Gardener's way.
        if entry.secret is not None and "/" not in entry.secret.name:
            yield from missing(ctx, entry.secret, ingress=ingress.title, secret=entry.secret.name)
