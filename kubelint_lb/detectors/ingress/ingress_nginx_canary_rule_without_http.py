"""A canary's rules have paths."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector, mappings, nginx, present


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/controller/controller.go` (mergeAlternativeBackends)."""
    annotations = nginx(ingress, ctx)
    if annotations.flag("canary") is not True:
        return
    for rule in mappings(ingress.at("spec", "rules")):
        if present(rule.get("http")) is None:
            yield Issue(rule.get("host") or rule, "no-http", ingress=ingress.title)
            return
