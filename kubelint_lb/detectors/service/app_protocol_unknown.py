"""Kubernetes has three application protocols of its own."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Route, Scalar, Service, detector, replace_node

# KEP-3726.
_OWN = ("kubernetes.io/h2c", "kubernetes.io/ws", "kubernetes.io/wss")


@detector
def check(service: Service, ctx: Context) -> Issues:
    """ServicePort.AppProtocol (kubernetes `core/v1`, KEP-3726)."""
    for port in service.ports:
        node = port.node.get("appProtocol")
        if not isinstance(node, Scalar) or node.unknown:
            continue
        words = {"service": service.title, "port": str(port.port), "protocol": node.text}
        if node.text.startswith("kubernetes.io/") and node.text not in _OWN:
            yield Issue(node, "kubernetes", known=", ".join(_OWN), **words)
        meant = f"kubernetes.io/{node.text}"
        front = next((one for one in ctx.fronts(service) if isinstance(one.view, Route)), None) if meant in _OWN else None
        if front is not None:
            issue = Issue(node, "bare", front=front.view.title, meant=meant, **words)
            yield issue.related(front.reference.node, "sends traffic to it").fix(f"write {meant}", replace_node(node, meant))
