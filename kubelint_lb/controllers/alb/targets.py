"""What the AWS Load Balancer Controller sends an Ingress's requests to.

Source: aws-load-balancer-controller `pkg/ingress/model_build_target_group.go` (buildTargetGroupTargetType): annotations of the
Service win over those of the Ingress, IngressClassParams over both.
"""

from __future__ import annotations

from typing import NamedTuple

from kubelint_lb.controllers.which import class_of
from kubelint_lb.kube.ingress import Ingress, IngressClass
from kubelint_lb.kube.service import Service
from kubelint_lb.kube.values import name_text
from kubelint_lb.source.node import Node
from kubelint_lb.source.placeholder import has_placeholder
from kubelint_lb.traffic.objects import Objects

PREFIX = "alb.ingress.kubernetes.io"


class Said(NamedTuple):
    """What is said for a backend, and where; `node` is None where nothing is and the controller's default holds."""

    value: str
    node: Node | None


def said(ingress: Ingress, service: Service | None, suffix: str, default: str = "") -> Said:
    """What an annotation says for a backend: on its Service, else on the Ingress."""
    for view in (service, ingress):
        node = view.annotation(f"{PREFIX}/{suffix}") if view is not None else None
        if node is not None:
            return Said("" if has_placeholder(node.text) else node.text.strip(), node)
    return Said(default, None)


def target_type(ingress: Ingress, service: Service, unit: Objects, default_class: str | None) -> Said:
    """`instance` or `ip`; empty where a placeholder decides."""
    parameters = _class_parameters(ingress, unit, default_class)
    node = parameters.get("targetType") if parameters is not None else None
    if node is not None:
        return Said(name_text(node) or "", node)
    return said(ingress, service, "target-type", "instance")


def _class_parameters(ingress: Ingress, unit: Objects, default_class: str | None) -> Node | None:
    """The spec of the IngressClassParams of an Ingress's class, where they are here."""
    name = class_of(ingress, unit, default_class)
    for view in unit.everywhere("IngressClass"):
        if isinstance(view, IngressClass) and view.name == name:
            wanted = name_text(view.at("spec", "parameters", "name"))
            found = [one for one in unit.everywhere("IngressClassParams") if one.name == wanted]
            return found[0].at("spec") if found else None
    return None
