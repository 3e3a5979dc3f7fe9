"""The parent of a mesh's route is a Service with a cluster IP and, where the route names a port, with that port."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, ParentRef, Route, Service, View, detector, missing

_SERVICE = ("", "Service")


@detector
def check(route: Route, ctx: Context) -> Issues:
    """ParentReference (gateway-api `apis/v1/shared_types.go`): "ClusterIP Services only"; GEP-1294 on `port`."""
    for parent in route.parents:
        if parent.reference.target != _SERVICE:
            continue
        targets = ctx.resolve(parent.reference).targets
        if not targets:
            yield from missing(ctx, parent.reference, route=route.title, service=parent.reference.name)
        elif all(_is_known(target) for target in targets):
            issues = [_issue(route, parent, target) for target in targets if isinstance(target, Service)]
            if all(issue is not None for issue in issues):
                yield from (issue for issue in issues[:1] if issue is not None)


def _is_known(target: View) -> bool:
    return isinstance(target, Service) and target.settled


def _issue(route: Route, parent: ParentRef, service: Service) -> Issue | None:
    words = {"route": route.title, "service": service.title}
    if service.external_name:
        issue = Issue(parent.reference.node, "external-name", **words)
        return issue.related(service.place("spec", "type"), "the Service is an alias")
    if service.headless:
        issue = Issue(parent.reference.node, "headless", **words)
        return issue.related(service.place("spec", "clusterIP"), "the Service has no cluster IP")
    ports = ", ".join(str(port.port) for port in service.ports)
    if parent.port is not None and not service.ports_numbered(parent.port):
        place = parent.node.get("port") or parent.reference.node
        return Issue(place, "port", **words, port=parent.port, ports=ports).related(service.place("spec", "ports"), "its ports")
    return None
