"""A rule that redirects its requests has no use for backends."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Route, cut, detector, items, lines_of_entry, mappings, present, text


@detector
def check(route: Route, _ctx: Context) -> Issues:
    """HTTPRouteRule.BackendRefs (gateway-api `apis/v1/httproute_types.go`, CEL); Envoy Gateway `UnsupportedRefValue`."""
    for rule in route.rules:
        backends = present(rule.node.get("backendRefs"))
        if backends is not None and items(backends):
            for one in rule.filters:
                if text(one.get("type")) == "RequestRedirect":
                    issue = Issue(one.get("type") or one, "rule", rule=rule.title)
                    issue = issue.related(rule.node.key("backendRefs") or backends, "backends that get no requests")
                    yield issue.fix("remove the backends", cut(lines_of_entry(rule.node, "backendRefs")))
        for backend in rule.backend_refs:
            for one in mappings(backend.node.get("filters")):
                if text(one.get("type")) == "RequestRedirect":
                    yield Issue(one.get("type") or one, "backend", rule=rule.title)
