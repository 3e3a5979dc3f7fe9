"""A backend that does not exist keeps its share of the traffic, and that share fails."""

from __future__ import annotations

from kubelint_lb.detectors.api import BackendRef, Context, Issue, Issues, Resolution, Route, RouteRule, detector, split_of


@detector
def check(route: Route, ctx: Context) -> Issues:
    """Points at the name of each Service that is missing on evidence."""
    for rule in route.rules:
        for backend in rule.all_refs:
            if not backend.is_service or ctx.refusal(backend, route) is not None:
                continue
            found = ctx.resolve(backend.reference)
            if found.missing:
                yield _issue(rule, backend, found).since(found.former)


def _issue(rule: RouteRule, backend: BackendRef, found: Resolution) -> Issue:
    namespace = backend.reference.namespace
    service = f"{namespace}/{backend.name}" if namespace else backend.name
    words = {"service": service, "rule": rule.title, "traffic": rule.route.traffic, "share": _share(rule, backend)}
    if backend.role != "backend":
        issue = Issue(backend.name_node, backend.role, **words)
    elif backend.weight == 0:
        issue = Issue(backend.name_node, "without-weight", **words)
    elif found.elsewhere is not None:
        issue = Issue(backend.name_node, "other-namespace", **words, namespace=found.elsewhere.namespace)
    elif found.near is not None:
        issue = Issue(backend.name_node, "near", **words, near=found.near.name)
    else:
        issue = Issue(backend.name_node, "not-found", **words)
    if found.elsewhere is not None:
        return issue.related(found.elsewhere.place("metadata", "namespace"), "a Service of this name in another namespace")
    if found.near is not None:
        return issue.related(found.near.manifest.name_node, "a Service with a similar name")
    return issue


def _share(rule: RouteRule, backend: BackendRef) -> str:
    """What part of the rule's traffic goes to the backend; some weight may not be settled."""
    split = split_of(rule)
    return split.share_of(backend) if split is not None and backend.role == "backend" else "part"
