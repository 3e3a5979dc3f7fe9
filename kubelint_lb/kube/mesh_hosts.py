"""The hosts by which Istio's objects name Services."""

from __future__ import annotations

from kubelint_lb.kube.values import name_text
from kubelint_lb.source.node import Node
from kubelint_lb.source.placeholder import is_open


def mesh_host(node: Node | None, namespace: str | None) -> str | None:
    """A host in full, without the cluster's domain: `reviews.shop.svc`; None where it is not known.

    A name without a dot is of the object's own namespace; one with dots is taken as it is.
    Source: istio `pilot/pkg/model/virtualservice.go` (ResolveShortnameToFQDN).
    """
    host = (name_text(node) or "").lower()
    if not host or is_open(host) or is_open(namespace or ""):
        return None
    if "." not in host:
        return f"{host}.{namespace or ''}.svc"
    name, dot, _ = host.partition(".svc.")
    return f"{name}.svc" if dot else host
