"""What Traefik leaves out of its servers."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, View, detector, integer, mappings, present


@detector
def check(view: View, _ctx: Context) -> Issues:
    """traefik `pkg/provider/kubernetes/crd/kubernetes_http.go`, `pkg/server/service/loadbalancer/wrr`."""
    if not view.settled:
        return
    nodes = [present(one.get("weight")) for one in mappings(view.at("spec", "weighted", "services"))]
    if nodes and nodes[0] is not None and all(node is not None and integer(node) == 0 for node in nodes):
        yield Issue(nodes[0], "all-zero", object=view.title)
