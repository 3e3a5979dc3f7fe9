"""A backend in another namespace needs a ReferenceGrant there; without it, its share of the traffic fails."""

from __future__ import annotations

from kubelint_lb.detectors.api import BackendRef, Context, Issue, Issues, Permission, Route, RouteRule, detector, granted, present


@detector
def check(route: Route, ctx: Context) -> Issues:
    """Points at the namespace of each backend that no grant admits."""
    for rule in route.rules:
        for backend in rule.all_refs:
            refusal = ctx.refusal(backend, route)
            if refusal is not None:
                yield _issue(rule, backend, refusal, ctx)


def _issue(rule: RouteRule, backend: BackendRef, refusal: Permission, ctx: Context) -> Issue:
    route, reference, near = rule.route, backend.reference, refusal.near
    node = present(backend.node.get("namespace")) or backend.name_node
    words = {
        "kind": route.kind,
        "own": route.namespace or "",
        "namespace": reference.namespace or "",
        "service": f"{reference.target.kind} {reference.namespace}/{reference.name}",
        "rule": rule.title,
        "traffic": route.traffic,
    }
    if backend.role != "backend":
        issue = Issue(node, backend.role, **words)
    elif backend.weight == 0:
        issue = Issue(node, "without-weight", **words)
    elif near is None:
        issue = Issue(node, "no-grant", **words)
    elif near.why == "namespace":
        issue = Issue(node, "grant-in-own-namespace", **words, grant=near.grant.name)
    else:
        issue = Issue(node, "grant-differs", **words, grant=near.grant.name, field=near.why.replace("-", "."))
    if near is not None:
        issue = issue.related(near.node, _needed(near.why, rule, backend))
    target = next(iter(ctx.resolve(reference).targets), None)
    if target is None:
        return issue
    issue = issue.related(target.manifest.name_node, "the backend in the other namespace")
    return issue.fix("add a ReferenceGrant", granted(target, reference.target, route)) if near is None else issue


def _needed(why: str, rule: RouteRule, backend: BackendRef) -> str:
    """What the grant needs to say at the place where it differs."""
    target, route = backend.reference.target, rule.route
    needed = {
        "namespace": backend.reference.namespace,
        "from-group": route.manifest.identity.group,
        "from-kind": route.kind,
        "from-namespace": route.namespace,
        "to-group": target.group,
        "to-kind": target.kind,
        "to-name": backend.name,
    }[why]
    return f'needs "{needed}" here'
