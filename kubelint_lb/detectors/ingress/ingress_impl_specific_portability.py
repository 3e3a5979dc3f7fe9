"""What ImplementationSpecific means depends on the controller."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    ALB,
    GKE,
    Context,
    Ingress,
    Issue,
    Issues,
    detector,
    has_placeholder,
    looks_like_regex,
    renamed,
)


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """aws-load-balancer-controller docs "Ingress specification"; ingress-gce `translator.go` (paths)."""
    controller = ctx.controller(ingress)
    if controller not in {ALB, GKE, None}:
        return
    for path in ingress.paths:
        if path.path_type != "ImplementationSpecific" or path.type_node is None or path.path in {"", "/"}:
            continue
        # A last part with a dot is a file, which is one path.
        if has_placeholder(path.path) or looks_like_regex(path.path) or "." in path.path.rpartition("/")[2]:
            continue
        key = "open" if controller is None else "exact"
        issue = Issue(path.place, key, ingress=ingress.title, path=path.path, controller=controller or "")
        yield issue.fix("write Prefix", renamed(path.type_node, path.path_type, "Prefix"))
        return
