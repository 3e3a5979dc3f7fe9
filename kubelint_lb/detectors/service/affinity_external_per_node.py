"""A client from outside meets a node first."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, sticks

# Azure's and Google's load balancers keep clients by the field itself.
_READ_IT = ("service.beta.kubernetes.io/azure-", "networking.gke.io/", "cloud.google.com/")


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """cloud-provider-azure `LoadDistributionSourceIP`, ingress-gce `TranslateAffinityType`; others do not read the field."""
    if not sticks(service) or service.type != "LoadBalancer" or service.external_policy != "Cluster":
        return
    if not any(name.startswith(_READ_IT) or "stickiness" in name for name in service.annotations):
        issue = Issue(service.place("spec", "sessionAffinity"), "per-node", service=service.title)
        yield issue.related(service.place("spec", "type"), "a load balancer in front of the nodes")
