"""A Service's port finds its endpoints by name."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    KINDS,
    Context,
    Issue,
    Issues,
    Service,
    ServiceEndpoints,
    View,
    detector,
    is_open,
    mappings,
    name_text,
    replace_node,
    text,
)


@detector
def check(view: View, ctx: Context) -> Issues:
    """ServicePort.Name (kubernetes `core/v1`), EndpointPort.Name (`discovery/v1`): equal, an empty one is none."""
    name = view.labels.get("kubernetes.io/service-name")
    ports = [(name_text(one.get("name")) or "", text(one.get("protocol")) or "TCP") for one in mappings(view.at("ports"))]
    found = (ctx.unit.view(one) for one in ctx.unit.named(KINDS["Service"], name or ""))
    services = (one for one in found if isinstance(one, Service) and one.namespace == view.namespace)
    service = next((one for one in services if ctx.lands_with(view, one)), None)
    if service is None or not ports or not view.settled or not service.settled or any(is_open(one) for one, _ in ports):
        return
    if any(one is not view for one in ctx.of(ServiceEndpoints).of_service(service)):
        return  # the slices of a Service have its ports together
    for port in service.ports:
        if is_open(port.name) or (port.name, port.protocol) in ports:
            continue
        names = ", ".join(one or "one without a name" for one, _ in ports)
        place = view.at("ports", 0, "name") or view.key_at("ports") or view.manifest.name_node
        shown = port.name or "nothing"
        issue = Issue(place, "name", service=service.title, port=shown, slice=view.title, names=names)
        issue = issue.related(port.at("name"), "the Service's port")
        written = view.at("ports", 0, "name")
        alone = written is not None and port.name and len(ports) == len(service.ports) == 1
        yield issue.fix(f"write {port.name}", replace_node(written, port.name)) if alone and written else issue
        return
