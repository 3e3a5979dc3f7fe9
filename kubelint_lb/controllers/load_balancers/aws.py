"""How the AWS Load Balancer Controller reads a Service.

Source: aws-load-balancer-controller `pkg/service/service_utils.go`, `pkg/service/model_build_target_group.go`.
"""

from __future__ import annotations

from kubelint_lb.kube.service import Service
from kubelint_lb.kube.values import text

PREFIX = "service.beta.kubernetes.io/aws-load-balancer-"
_CLASSES = frozenset({"service.k8s.aws/nlb", "eks.amazonaws.com/nlb"})


def is_nlb_of_controller(service: Service) -> bool:
    """The controller, not the cloud provider, surely makes the load balancer of a Service: a network load balancer."""
    kind = service.annotations.get(f"{PREFIX}type", "")
    return service.type == "LoadBalancer" and (
        text(service.at("spec", "loadBalancerClass")) in _CLASSES or kind in {"external", "nlb-ip"}
    )


def targets_pods(service: Service) -> bool:
    """Its targets are the addresses of pods, not of nodes."""
    kind, targets = (service.annotations.get(f"{PREFIX}{name}", "") for name in ("type", "nlb-target-type"))
    return is_nlb_of_controller(service) and (kind == "nlb-ip" or targets == "ip")


def attributes(value: str) -> dict[str, str]:
    """What an annotation of the form `a=1,b=2` says."""
    pairs = (item.partition("=") for item in value.split(","))
    return {key.strip(): word.strip() for key, _, word in pairs}
