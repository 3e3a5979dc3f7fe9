"""An ExternalName is a DNS name that somebody can resolve: no address, and no label that DNS cannot carry."""

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    Service,
    TextEdit,
    detector,
    document_after,
    is_open,
    name_text,
    put_in,
    quoted,
    replace_node,
    taken_out,
)

# RFC 1035, section 2.3.4; the API server looks at the length of the whole name only.
_LONGEST_LABEL = 63


@detector
def check(service: Service, ctx: Context) -> Issues:
    """The API server takes four numbers for a host name and publishes them as a CNAME record."""
    del ctx
    node = service.at("spec", "externalName")
    if node is None or not service.external_name:
        return
    name = (name_text(node) or "").removesuffix(".")
    labels = name.split(".")
    if len(labels) > 1 and all(label.isascii() and label.isdigit() for label in labels):
        key = "address" if len(labels) == 4 else "numbers"
        issue = Issue(node, key, service=service.title, address=name)
        yield issue.fix("send to the address by an EndpointSlice", *_by_slice(service, name)) if key == "address" else issue
    longest = max(labels, key=len)
    if len(longest) > _LONGEST_LABEL and not is_open(name):
        yield Issue(node, "label-too-long", service=service.title, label=longest, length=len(longest))


def _by_slice(service: Service, address: str) -> tuple[TextEdit | None, ...]:
    """A Service without a selector, and the addresses that it stands for."""
    ports = [port for port in service.ports if isinstance(port.target, int)]
    kind = service.at("spec", "type")
    if not ports or len(ports) < len(service.ports) or service.selector or kind is None or service.manifest.patched:
        return (None,)
    lines = (
        "apiVersion: discovery.k8s.io/v1",
        "kind: EndpointSlice",
        "metadata:",
        f"  name: {service.name}-1",
        *((f"  namespace: {service.namespace}",) if service.namespace is not None else ()),
        f"  labels: {{kubernetes.io/service-name: {service.name}}}",
        "addressType: IPv4",
        "endpoints:",
        f"  - addresses: [{address}]",
        "ports:",
        *(f"  - {{name: {quoted(port.name)}, port: {port.target}, protocol: {port.protocol}}}" for port in ports),
    )
    slice_after = put_in(document_after(service.node.document, lines))
    return replace_node(kind, "ClusterIP"), taken_out(service, "spec", "externalName"), slice_after
