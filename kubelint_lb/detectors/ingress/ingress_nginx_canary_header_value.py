"""A value of a header needs the header."""

from __future__ import annotations

from kubelint_lb.detectors.api import NGINX, Context, Ingress, Issue, Issues, detector, nginx, unbalanced, wanted

_EFFECTS = {
    "canary-by-header": "no request is sent to the canary by it",
    "canary-by-cookie": "no request is sent to the canary by it",
    "canary-by-header-value": "only the values always and never count",
    "canary-by-header-pattern": "only the values always and never count",
}


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/annotations/canary/main.go`; `rootfs/etc/nginx/lua/balancer.lua`."""
    annotations = nginx(ingress, ctx)
    if annotations.flag("canary") is not True:
        return
    value, pattern = annotations.node("canary-by-header-value"), annotations.node("canary-by-header-pattern")
    lone = value or pattern
    if lone is not None and annotations.node("canary-by-header") is None:
        name = "canary-by-header-value" if lone is value else "canary-by-header-pattern"
        yield Issue(lone, "alone", ingress=ingress.title, name=name)
        return
    if value is not None and pattern is not None:
        yield Issue(pattern, "both", ingress=ingress.title).related(value, "the value")
    for suffix, effect in _EFFECTS.items():
        node, said = annotations.node(suffix), annotations.known(suffix)
        row = annotations.row(suffix)
        if node is not None and row is not None and said and wanted(NGINX, row, said) is not None:
            yield Issue(node, "characters", ingress=ingress.title, name=suffix, value=said, effect=effect)
            return
    why = unbalanced(annotations.known("canary-by-header-pattern"))
    if pattern is not None and why:
        yield Issue(pattern, "pattern", ingress=ingress.title, value=pattern.text, why=why)
