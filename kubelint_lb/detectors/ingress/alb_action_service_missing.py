"""The Services of an action are those of its namespace."""

from __future__ import annotations

from kubelint_lb.detectors.api import KINDS, Context, Ingress, Issue, Issues, Reference, actions_of, detector, is_open, missing


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """aws-load-balancer-controller `pkg/ingress/enhanced_backend_builder.go`."""
    for name, node, action in actions_of(ingress, ctx):
        for group in action.groups if ingress.settled else ():
            if not group.service or is_open(group.service):
                continue
            words = {"ingress": ingress.title, "name": name}
            reference = Reference(ingress.manifest, node, KINDS["Service"], ingress.namespace, group.service)
            yield from missing(ctx, reference, service=group.service, **words)
            services = ctx.services(reference)
            known = [{str(port.port), port.name} for service in services if service.settled for port in service.ports]
            open_ports = any(port.open for service in services for port in service.ports)
            if services and known and group.port and not open_ports and not any(group.port in one for one in known):
                issue = Issue(node, "port", port=group.port, service=services[0].title, **words)
                yield issue.related(services[0].place("spec", "ports"), "its ports")
