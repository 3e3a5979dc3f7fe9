"""A mirror that goes where the requests go doubles them."""

from __future__ import annotations

from kubelint_lb.detectors.api import BackendRef, Context, Issue, Issues, Route, RouteRule, detector, is_open


@detector
def check(route: Route, _ctx: Context) -> Issues:
    """HTTPRequestMirrorFilter (gateway-api `apis/v1/httproute_types.go`): a mirror's answers are ignored, its effects are not."""
    for rule in route.rules:
        yield from _issues(rule)


def _issues(rule: RouteRule) -> Issues:
    weighted = {_key(one): one for one in rule.backend_refs if one.weight}
    for mirror in rule.all_refs:
        if mirror.role != "mirror" or is_open(mirror.name) or mirror.port is None:
            continue
        primary = weighted.get(_key(mirror))
        if primary is not None:
            issue = Issue(mirror.name_node, "primary", backend=mirror.name, rule=rule.title)
            yield issue.related(primary.name_node, "this backend gets the requests, too")


def _key(backend: BackendRef) -> tuple[object, ...]:
    return (*backend.reference.target, backend.reference.namespace, backend.name, backend.port)
