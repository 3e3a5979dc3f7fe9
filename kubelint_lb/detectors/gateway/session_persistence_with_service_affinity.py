"""A route's sessions and a Service's affinity to addresses do not go together."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, MappingNode, Route, Service, detector


@detector
def check(route: Route, ctx: Context) -> Issues:
    """Gateway API GEP-1619, "Session persistence and Service sessionAffinity"."""
    for rule in route.rules:
        if not isinstance(rule.node.get("sessionPersistence"), MappingNode):
            continue
        for backend in rule.backend_refs:
            services = [one for one in ctx.resolve(backend.reference).targets if isinstance(one, Service)]
            if services and all(one.known("spec", "sessionAffinity") == "ClientIP" for one in services):
                issue = Issue(backend.name_node, "both", rule=rule.title, service=services[0].title)
                yield issue.related(services[0].place("spec", "sessionAffinity"), "the Service's own affinity")
