"""GKE weighs nodes where traffic stays on them."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, TextEdit, detector, first_line, put_in, replace_node

_NAME = "networking.gke.io/weighted-load-balancing"


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """ingress-gce `pkg/l4/resources/l4.go`."""
    node = service.annotation(_NAME)
    if node is not None and node.text == "pods-per-node" and service.external_policy == "Cluster" and service.settled:
        issue = Issue(node, "cluster", service=service.title)
        issue = issue.related(service.place("spec", "externalTrafficPolicy"), "traffic goes through any node")
        yield issue.fix("write the policy Local", _local(service))


def _local(service: Service) -> TextEdit | None:
    written = service.at("spec", "externalTrafficPolicy")
    if written is not None:
        return replace_node(written, "Local")
    return put_in(first_line(service.spec, "externalTrafficPolicy: Local")) if service.spec is not None else None
