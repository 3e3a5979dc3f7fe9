"""Ingress controllers: which one serves an Ingress.

Source: the controllers' own class handling; see each constant.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from kubelint_lb.kube.ingress import Ingress, IngressClass
from kubelint_lb.traffic.objects import Objects

NGINX = "ingress-nginx"
ALB = "aws-alb"
NGINX_INC = "nginx-inc"
TRAEFIK = "traefik"
HAPROXY_TECH = "haproxytech"
HAPROXY_INGRESS = "haproxy-ingress"
KONG = "kong"
CONTOUR = "contour"
GKE = "gke"

GKE_CLASSES = frozenset({"gce", "gce-internal", "gce-regional-external", "gce-multi-cluster"})

# `spec.controller` of an IngressClass; a trailing part after `/` is the instance's own.
_BY_CONTROLLER = {
    "k8s.io/ingress-nginx": NGINX,
    "ingress.k8s.aws/alb": ALB,
    "nginx.org/ingress-controller": NGINX_INC,
    "traefik.io/ingress-controller": TRAEFIK,
    "haproxy.org/ingress-controller": HAPROXY_TECH,
    "haproxy-ingress.github.io/controller": HAPROXY_INGRESS,
    "ingress-controllers.konghq.com/kong": KONG,
}
# Class names that one controller alone uses; `nginx` is ambiguous (ingress-nginx, nginx-inc, Traefik's nginx provider).
_BY_CLASS = {"alb": ALB, "traefik": TRAEFIK, "kong": KONG, "contour": CONTOUR, **dict.fromkeys(GKE_CLASSES, GKE)}
_BY_PREFIX = {
    "nginx.ingress.kubernetes.io": NGINX,
    "alb.ingress.kubernetes.io": ALB,
    "nginx.org": NGINX_INC,
    "nginx.com": NGINX_INC,
    "traefik.ingress.kubernetes.io": TRAEFIK,
    "haproxy.org": HAPROXY_TECH,
    "haproxy-ingress.github.io": HAPROXY_INGRESS,
    "konghq.com": KONG,
    "projectcontour.io": CONTOUR,
}
_ROUTING_PREFIXES = {*_BY_PREFIX, "haproxy.com", "ingress.kubernetes.io"}
_GKE_PREFIXES = ("networking.gke.io/", "cloud.google.com/", "ingress.gcp.kubernetes.io/")
_GKE_ANNOTATIONS = frozenset(
    {
        "kubernetes.io/ingress.global-static-ip-name",
        "kubernetes.io/ingress.regional-static-ip-name",
        "kubernetes.io/ingress.allow-http",
    }
)

# Controllers that serve all Ingresses of a class from one data plane, so that two of them may claim one host and path.
MERGING = frozenset({NGINX, TRAEFIK, HAPROXY_TECH, HAPROXY_INGRESS, CONTOUR, KONG})


def controller_by_prefix(prefix: str) -> str | None:
    """The controller that alone reads annotations with a prefix (what stands before the `/`)."""
    return _BY_PREFIX.get(prefix)


def has_gke_annotations(ingress: Ingress) -> bool:
    """Carries annotations that only GKE's controller reads."""
    return any(name.startswith(_GKE_PREFIXES) or name in _GKE_ANNOTATIONS for name in ingress.annotations)


def routing_annotations(ingress: Ingress) -> dict[str, str]:
    """What tells a controller more than host and path do: entry points, methods, headers, priorities."""
    return {name: value for name, value in ingress.annotations.items() if name.partition("/")[0] in _ROUTING_PREFIXES}


def speaks_of(ingress: Ingress, service: str) -> bool:
    """Some annotation of its controller holds a Service's name, in its own name or in its value: conditions and actions of
    ALB, weights of Traefik, and whatever a controller routes by that nobody knows here. ingress-nginx has none such."""
    name = re.compile(rf"(?<![A-Za-z0-9-]){re.escape(service)}(?![A-Za-z0-9-])")
    return any(
        name.search(word)
        for key, value in routing_annotations(ingress).items()
        if _BY_PREFIX.get(key.partition("/")[0]) != NGINX
        for word in (key.partition("/")[2], value)
    )


def class_of(ingress: Ingress, unit: Objects, default_class: str | None) -> str | None:
    """The class an Ingress ends up with: its own, the unit's single default class, or the configured one."""
    if ingress.class_name is not None:
        return ingress.class_name
    classes = unit.everywhere("IngressClass")
    defaults = {view.name for view in classes if isinstance(view, IngressClass) and view.is_default}
    return defaults.pop() if len(defaults) == 1 else default_class


def controller_of(ingress: Ingress, unit: Objects, class_controllers: Mapping[str, str], default_class: str | None) -> str | None:
    """The controller that serves an Ingress: by IngressClass object, configuration, class name, else by the one
    controller whose annotations it carries; None where that leaves it open."""
    name = class_of(ingress, unit, default_class)
    if name is not None:
        for view in unit.everywhere("IngressClass"):
            if isinstance(view, IngressClass) and view.name == name:
                return _by_controller(view.controller)
        if name in class_controllers:
            # Written as an IngressClass has it, or by our own short name.
            return _by_controller(class_controllers[name]) or class_controllers[name]
        if name in _BY_CLASS:
            return _BY_CLASS[name]
    found = {_BY_PREFIX[prefix] for key in ingress.annotations if (prefix := key.partition("/")[0]) in _BY_PREFIX}
    if has_gke_annotations(ingress):
        found.add(GKE)
    return found.pop() if len(found) == 1 else None


def _by_controller(controller: str) -> str | None:
    for known, name in _BY_CONTROLLER.items():
        if controller == known or controller.startswith(known + "/"):
            return name
    return None
