"""A backend that does not exist keeps its share of the traffic, and that share fails."""

from __future__ import annotations

from kubelint_lb.detectors.api import BackendRef, Context, Issues, Route, RouteRule, detector, missing, split_of


@detector
def check(route: Route, ctx: Context) -> Issues:
    """Points at the name of each Service that is missing on evidence."""
    for rule in route.rules:
        for backend in rule.all_refs:
            if backend.is_service and ctx.refusal(backend, route) is None:
                namespace = backend.reference.namespace
                service = f"{namespace}/{backend.name}" if namespace else backend.name
                words = {"service": service, "rule": rule.title, "traffic": route.traffic, "share": _share(rule, backend)}
                yield from missing(ctx, backend.reference, key=_key(backend), **words)


def _key(backend: BackendRef) -> str:
    """What is said of a backend that gets no requests of the rule as they are."""
    if backend.role != "backend":
        return backend.role
    return "without-weight" if backend.weight == 0 else ""


def _share(rule: RouteRule, backend: BackendRef) -> str:
    """What part of the rule's traffic goes to the backend; some weight may not be settled."""
    split = split_of(rule)
    return split.share_of(backend) if split is not None and backend.role == "backend" else "part"
