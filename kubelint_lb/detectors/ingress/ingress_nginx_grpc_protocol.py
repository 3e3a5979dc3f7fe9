"""The controller has to speak what the port speaks."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, ServicePort, detector, name_text, nginx

_HTTP = frozenset({"http", "https", "kubernetes.io/ws", "kubernetes.io/wss"})
_GRPC = frozenset({"grpc", "kubernetes.io/h2c"})


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/annotations/backendprotocol/main.go`; `appProtocol` by the names that Kubernetes defines.
    Said once an Ingress."""
    annotations = nginx(ingress, ctx)
    if not annotations.present or annotations.unknown("backend-protocol") or annotations.flag("ssl-passthrough") is not False:
        return
    node = annotations.node("backend-protocol")
    protocol = annotations.known("backend-protocol").upper() or "HTTP"
    for _, backend in ingress.routes:
        services = ctx.services(backend.reference)
        ports = [port for service in services for port in backend.ports_of(service)[:1]]
        speaks = {_speaks(port) for port in ports}
        if not services or len(speaks) != 1 or len(ports) != len(services):
            continue
        found, words = speaks.pop(), {"port": backend.port_text, "service": services[0].title}
        if protocol in {"GRPC", "GRPCS"} and found == "http" and node is not None:
            issue = Issue(node, "backend-http", ingress=ingress.title, protocol="gRPC", other="HTTP/1.1", **words)
        elif protocol == "HTTP" and found in {"grpc", "https"}:
            issue = Issue(backend.port_node, f"backend-{found}", ingress=ingress.title, **words)
        else:
            continue
        yield issue.related(ports[0].node.get("appProtocol") or ports[0].at("name"), "what the port speaks")
        return


def _speaks(port: ServicePort) -> str:
    """By `appProtocol`, else by a name that is plain; empty where neither says."""
    said = (name_text(port.node.get("appProtocol")) or "").lower()
    if said:
        return "grpc" if said in _GRPC else "https" if said == "https" else "http" if said in _HTTP else ""
    parts = port.name.split("-")
    return "grpc" if "grpc" in (parts[0], parts[-1]) and "web" not in parts else ""
