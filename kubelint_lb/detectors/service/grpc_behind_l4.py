"""gRPC keeps one connection, and kube-proxy balances connections."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, ServicePort, Workload, detector, serving, text

_PROTOCOLS = frozenset({"grpc", "kubernetes.io/h2c", "h2c", "http2"})
_ASIDE = frozenset({"metrics", "http-metrics", "health", "healthz", "admin"})
# Labels and annotations by which pods or their namespaces join a mesh, which balances calls.
_MESHES = (
    "sidecar.istio.io/inject",
    "istio-injection",
    "istio.io/rev",
    "istio.io/dataplane-mode",
    "linkerd.io/inject",
    "kuma.io/sidecar-injection",
    "consul.hashicorp.com/connect-inject",
)


@detector
def check(service: Service, ctx: Context) -> Issues:
    """kubernetes.io blog "gRPC Load Balancing on Kubernetes without Tears"; HTTP/2 sends many calls over one connection."""
    port = next((one for one in service.ports if _speaks_grpc(one)), None)
    if port is None or service.headless or not service.selector or ctx.fronts(service):
        return
    groups = serving(ctx.select(service))
    if len(groups) != 1 or _is_meshed(groups[0][0], ctx):
        return
    workload = groups[0][0]
    replicas = ctx.replicas(workload)
    if not replicas.known or replicas.high < 2:
        return
    place = port.node.get("appProtocol") or port.at("name")
    autoscaler = ctx.autoscaler(workload)
    words = {"service": service.title, "workload": workload.title}
    # Of several ports, gRPC may be the one that nobody scales for.
    if autoscaler is None or not all(_speaks_grpc(one) or one.name in _ASIDE for one in service.ports):
        yield Issue(place, "one-connection", **words).related(replicas.node, "several pods")
    else:
        issue = Issue(place, "scaled", autoscaler=autoscaler.title, **words)
        yield issue.related(autoscaler.manifest.name_node, "the autoscaler")


def _speaks_grpc(port: ServicePort) -> bool:
    protocol = text(port.node.get("appProtocol"))
    return protocol in _PROTOCOLS or (protocol is None and (port.name == "grpc" or port.name.startswith("grpc-")))


def _is_meshed(workload: Workload, ctx: Context) -> bool:
    template = workload.template
    if template is None:
        return True
    annotations = template.node.get("metadata", "annotations")
    if any(name in template.labels or (annotations is not None and annotations.get(name) is not None) for name in _MESHES):
        return True
    namespaces = (one for one in ctx.unit.everywhere("Namespace") if one.name == workload.namespace)
    return any(name in one.labels or name in one.annotations for one in namespaces for name in _MESHES)
