"""A route needs its parent."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issues, ParentRef, Route, detector, missing


@detector
def check(route: Route, ctx: Context) -> Issues:
    """ParentReference (gateway-api `apis/v1/shared_types.go`); "Scope and Status" of the guide to troubleshooting."""
    for parent in route.parents:
        if parent.is_listener_holder and (ctx.complete or not _is_elsewhere(parent, ctx)):
            namespace = parent.reference.namespace
            name = f"{namespace}/{parent.reference.name}" if namespace else parent.reference.name
            yield from missing(ctx, parent.reference, kind=parent.reference.target.kind, parent=name, route=route.title)


def _is_elsewhere(parent: ParentRef, ctx: Context) -> bool:
    """The reference names a namespace in which no Gateway is known here: another repository's."""
    return parent.reference.namespace_written and ctx.resolve(parent.reference).near is None
