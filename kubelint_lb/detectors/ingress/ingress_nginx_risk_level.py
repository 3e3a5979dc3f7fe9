"""An annotation may be riskier than its controller takes."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    NGINX,
    Context,
    Ingress,
    Issue,
    Issues,
    NginxAnnotations,
    NginxConfiguration,
    detector,
)

_LEVELS = ("low", "medium", "high", "critical")


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/annotations/parser/main.go`, CheckAnnotationRisk. Snippets that are not allowed at all are
    ingress-nginx-snippet's."""
    if ctx.controller(ingress) != NGINX:
        return
    configuration = ctx.of(NginxConfiguration)
    said = (configuration.value("annotations-risk-level") or "").lower()
    level = ctx.word("annotations-risk-level") if said not in _LEVELS else said
    snippets = configuration.value("allow-snippet-annotations") == "true"
    annotations = NginxAnnotations(ingress)
    for suffix in annotations.suffixes:
        name = f"{annotations.prefix}/{suffix}"
        row, node = annotations.row(suffix), annotations.node(suffix)
        if row is None or node is None or row.risk not in _LEVELS or (suffix.endswith("-snippet") and not snippets):
            continue
        if _LEVELS.index(row.risk) > _LEVELS.index(level):
            issue = Issue(node, "exceeds", ingress=ingress.title, name=name, risk=row.risk, level=level)
            place = configuration.place("annotations-risk-level")
            yield issue if place is None else issue.related(place, "the controller's configuration")
