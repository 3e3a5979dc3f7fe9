"""A Gateway should not follow a Service to a name outside."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Route, Service, detector


@detector
def check(route: Route, ctx: Context) -> Issues:
    """BackendObjectReference.Kind (gateway-api `apis/v1/object_reference_types.go`); CVE-2021-25740."""
    if route.mesh_only:
        return
    for rule in route.rules:
        for backend in rule.backend_refs:
            if not backend.is_service:
                continue
            services = [one for one in ctx.resolve(backend.reference).targets if isinstance(one, Service)]
            if services and all(one.external_name for one in services):
                words = {"rule": rule.title, "service": services[0].title, "traffic": route.traffic}
                issue = Issue(backend.name_node, "external-name", **words)
                yield issue.related(services[0].place("spec", "type"), "a name outside")
