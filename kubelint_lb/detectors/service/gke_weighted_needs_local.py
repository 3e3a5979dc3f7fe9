"""GKE weighs nodes where traffic stays on them."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, with_entry

_NAME = "networking.gke.io/weighted-load-balancing"


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """ingress-gce `pkg/l4/resources/l4.go`."""
    node = service.annotation(_NAME)
    if node is not None and node.text == "pods-per-node" and service.external_policy == "Cluster" and service.settled:
        issue = Issue(node, "cluster", service=service.title)
        issue = issue.related(service.place("spec", "externalTrafficPolicy"), "traffic goes through any node")
        yield issue.fix("write the policy Local", with_entry(service.spec, "externalTrafficPolicy", "Local"))
