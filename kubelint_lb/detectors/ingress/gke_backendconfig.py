"""A Service's BackendConfig has to be there."""

from __future__ import annotations

from kubelint_lb.detectors.api import KINDS, Context, Issue, Issues, Reference, Service, detector, has_placeholder, read_json

_NAMES = ("cloud.google.com/backend-config", "beta.cloud.google.com/backend-config")


@detector
def check(service: Service, ctx: Context) -> Issues:
    """ingress-gce `pkg/annotations/service.go` (GetBackendConfigs), `pkg/backendconfig`."""
    name = next((one for one in _NAMES if service.annotation(one) is not None), "")
    node = service.annotation(name) if name else None
    if node is None or has_placeholder(node.text):
        return
    data = read_json(node.text)
    if not isinstance(data, dict):
        yield Issue(node, "json", service=service.title, name=name, value=node.text)
        return
    ports = data.get("ports")
    by_port = ports if isinstance(ports, dict) else {}
    known = {str(port.port) for port in service.ports} | {port.name.lower() for port in service.ports}
    wrong = next((str(port) for port in by_port if str(port) not in known), None)
    if wrong is not None and service.settled and not any(port.open for port in service.ports):
        shown = ", ".join(str(port.port) for port in service.ports)
        issue = Issue(node, "port", service=service.title, port=wrong, ports=shown)
        yield issue.related(service.place("spec", "ports"), "its ports")
    configs = (one for one in (data.get("default"), *by_port.values()) if isinstance(one, str) and one)
    for config in dict.fromkeys(configs):
        reference = Reference(service.manifest, node, KINDS["BackendConfig"], service.namespace, config)
        if ctx.complete and ctx.resolve(reference).missing:
            yield Issue(node, "not-found", service=service.title, config=config)
