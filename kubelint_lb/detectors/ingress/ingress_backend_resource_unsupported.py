"""The common controllers serve Services only."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    ALB,
    CONTOUR,
    GKE,
    KONG,
    NGINX,
    NGINX_INC,
    TRAEFIK,
    Context,
    Ingress,
    Issue,
    Issues,
    MappingNode,
    detector,
    name_text,
)

_EFFECTS = {
    ALB: "the whole IngressGroup is not brought up to date",
    CONTOUR: "the path is left out",
    GKE: "the Ingress is not brought up to date",
    KONG: "the path is left out",
    NGINX: "the default backend answers",
    NGINX_INC: "the Ingress is refused",
    TRAEFIK: "the path is left out",
}


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/controller/controller.go` ("skip non-service backends"); nginx/kubernetes-ingress
    validateBackend; traefik "Resource backends are not supported"."""
    effect = _EFFECTS.get(ctx.controller(ingress) or "")
    backends = [ingress.at("spec", "defaultBackend"), *(path.node.get("backend") for path in ingress.paths)]
    for backend in backends if effect is not None else ():
        resource = backend.get("resource") if isinstance(backend, MappingNode) else None
        if effect is not None and isinstance(resource, MappingNode) and isinstance(backend, MappingNode):
            kind = name_text(resource.get("kind")) or "of no kind"
            words = {"ingress": ingress.title, "kind": kind, "controller": ctx.controller(ingress) or ""}
            yield Issue(backend.key("resource") or resource, "unsupported", effect=effect, **words)
