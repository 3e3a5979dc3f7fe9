"""Azure probes by HTTP what says that it speaks it."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, in_metadata, text

_AZURE = "service.beta.kubernetes.io/azure-"
_PATH = f"{_AZURE}load-balancer-health-probe-request-path"


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """cloud-provider-azure `pkg/provider/azure_loadbalancer_healthprobe.go`: the port, then appProtocol, then the annotation for
    all. Only where the Service has another annotation of Azure's it is surely there."""
    names = service.annotations
    azure = next((name for name in names if name.startswith(_AZURE)), None)
    if azure is None or service.type != "LoadBalancer" or service.external_policy != "Cluster" or _PATH in names:
        return
    for port in service.ports:
        node = port.node.get("appProtocol")
        protocol = (text(node) or "").lower()
        own = f"service.beta.kubernetes.io/port_{port.port}_health-probe_"
        if node is None or protocol not in {"http", "https"} or any(name.startswith(own) for name in names):
            continue
        issue = Issue(node, "no-path", service=service.title, port=str(port.port), protocol=protocol)
        issue = issue.related(service.annotation(azure) or node, "a load balancer of Azure")
        yield issue.fix("probe the port by TCP", in_metadata(service, "annotations", f"{own}protocol", "tcp"))
