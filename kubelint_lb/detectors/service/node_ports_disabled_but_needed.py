"""Who sends to nodes needs ports there."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, taken_out

_TARGET = "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type"
_AZURE = "service.beta.kubernetes.io/azure-"


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """aws-load-balancer-controller "unable to support instance target type with an unallocated NodePort"; cloud-provider-azure
    `azure_loadbalancer_healthprobe.go`. A node port that is written is there all the same."""
    if service.type != "LoadBalancer" or service.allocates_node_ports or all(one.node_port for one in service.ports):
        return
    target = service.annotation(_TARGET)
    azure = next((service.annotation(name) for name in service.annotations if name.startswith(_AZURE)), None)
    reason = "instances" if target is not None and target.text == "instance" else "Azure's" if azure is not None else ""
    evidence = target if reason == "instances" else azure
    if reason and evidence is not None:
        place = service.place("spec", "allocateLoadBalancerNodePorts")
        issue = Issue(place, "instance", service=service.title, reason=reason).related(evidence, "sends to nodes")
        yield issue.fix("allocate node ports", taken_out(service, "spec", "allocateLoadBalancerNodePorts"))
