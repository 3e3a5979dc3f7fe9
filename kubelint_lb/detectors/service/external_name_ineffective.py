"""A DNS alias has nothing but its name."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Scalar, Service, detector, present, taken_out


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """The docs' "ExternalName" (kubernetes docs "Service"): a CNAME record. Affinity and addresses have rules of their own."""
    node = service.at("spec", "externalName")
    if not service.external_name or not isinstance(node, Scalar) or node.unknown or not service.settled:
        return
    words = {"service": service.title, "name": node.text}
    selector = service.key_at("spec", "selector")
    if selector is not None and service.at("spec", "selector") is not None:
        issue = Issue(selector, "field", field="a selector", **words).related(node, "the alias")
        yield issue.fix("take it out", taken_out(service, "spec", "selector"))
    for port in service.ports:
        target = present(port.node.get("targetPort"))
        if target is not None and isinstance(port.target, int) and port.target != port.port and not port.open:
            yield Issue(target, "remap", port=str(port.port), target=str(port.target), **words).related(node, "the alias")
    if node.text.rstrip(".").split(".svc")[0] == f"{service.name}.{service.namespace}" and ".svc" in node.text:
        yield Issue(node, "itself", **words)
    elif "." not in node.text.rstrip("."):
        yield Issue(node, "single-label", **words)
