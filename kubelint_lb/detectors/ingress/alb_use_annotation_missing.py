"""An action has the name of its backend."""

from __future__ import annotations

from kubelint_lb.detectors.api import ALB, USE_ANNOTATION, Context, Ingress, IngressBackend, Issue, Issues, detector, is_open

_PREFIX = "alb.ingress.kubernetes.io"
_KINDS = ("actions", "conditions", "transforms")


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """aws-load-balancer-controller `pkg/ingress/enhanced_backend_builder.go`."""
    if ctx.controller(ingress) != ALB or not ingress.settled:
        return
    backends: dict[str, tuple[str, IngressBackend]] = {}
    asking: set[str] = set()
    for route, backend in ingress.routes:
        name = backend.reference.name
        backends.setdefault(name, (route, backend))
        if backend.port_name != USE_ANNOTATION:
            continue
        asking.add(name)
        if ingress.annotation(f"{_PREFIX}/actions.{name}") is None and not is_open(name):
            yield Issue(backend.reference.node, "no-action", ingress=ingress.title, route=route, name=name)
    if any(is_open(name) for name in backends):
        return
    for annotation, key in ingress.annotation_keys():
        kind, _, name = annotation.removeprefix(f"{_PREFIX}/").partition(".")
        if kind not in _KINDS or not name or is_open(name):
            continue
        if name not in backends:
            yield Issue(key, "unused", ingress=ingress.title, kind=kind, name=name)
        elif kind == "actions" and name not in asking:
            route, backend = backends[name]
            issue = Issue(key, "not-consulted", ingress=ingress.title, name=name, route=route, port=backend.port_text)
            yield issue.related(backend.reference.node, "the backend")
