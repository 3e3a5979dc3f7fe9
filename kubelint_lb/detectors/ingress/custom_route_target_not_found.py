"""What controllers' own kinds of routes refer to, beside Services, exists."""

from __future__ import annotations

from collections.abc import Iterator

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    Scalar,
    View,
    custom_references,
    detector,
    mappings,
    missing,
    name_text,
)

_SUFFIX = "@kubernetescrd"


@detector
def check(view: View, ctx: Context) -> Issues:
    """The rows are in `kube/custom_routes.py`; a Rollout's have rules of their own."""
    for one in custom_references(view):
        kind = one.reference.target.kind
        if kind != "Service" and view.kind != "Rollout":
            yield from missing(ctx, one.reference, object=view.title, kind=kind, name=one.reference.name)
    for node in _middlewares(view):
        if node.text.endswith(_SUFFIX):
            yield Issue(node, "provider", object=view.title, kind="Middleware", name=node.text)


def _middlewares(view: View) -> Iterator[Scalar]:
    """Traefik `pkg/provider/kubernetes/crd/kubernetes.go` (makeMiddlewareKeys)."""
    for route in mappings(view.at("spec", "routes")) if view.kind.startswith("IngressRoute") else ():
        for entry in mappings(route.get("middlewares")):
            node = entry.get("name")
            if isinstance(node, Scalar) and name_text(node):
                yield node
