"""A backend at weight 0 beside others is parked, or forgotten."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Route, detector


@detector
def check(route: Route, ctx: Context) -> Issues:
    """BackendRef.Weight (gateway-api `apis/v1/shared_types.go`). All at zero is another rule's business."""
    for rule in route.rules:
        if ctx.manages_rule(rule) or not any(one.weight for one in rule.backend_refs):
            continue
        for backend in rule.backend_refs:
            if backend.weight == 0 and backend.weight_node is not None:
                yield Issue(backend.weight_node, "parked", rule=rule.title, backend=backend.name)
