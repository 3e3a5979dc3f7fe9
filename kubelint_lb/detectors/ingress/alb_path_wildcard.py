"""Wildcards are for ImplementationSpecific paths."""

from __future__ import annotations

from kubelint_lb.detectors.api import ALB, Context, Ingress, Issue, Issues, TextEdit, detector, has_placeholder


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """aws-load-balancer-controller `pkg/ingress/model_build_listener_rules.go` (buildPathPatterns)."""
    if ctx.controller(ingress) != ALB:
        return
    for path in ingress.paths:
        if path.path_type not in {"Exact", "Prefix"} or has_placeholder(path.path) or not any(sign in path.path for sign in "*?"):
            continue
        issue = Issue(path.place, "literal", ingress=ingress.title, path=path.path, type=path.path_type)
        whole = path.path == "/*" and path.path_type == "Prefix"
        yield issue.fix("write /", TextEdit(path.place, "/")) if whole else issue
