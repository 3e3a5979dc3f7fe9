"""The settings of ingress-nginx for all Ingresses: its ConfigMap.

Source: ingress-nginx controller-v1.15.1 `internal/ingress/controller/config/config.go` (the defaults), its chart (the labels).
"""

from __future__ import annotations

from kubelint_lb.kube.values import string_map
from kubelint_lb.kube.view import View
from kubelint_lb.source.node import Node
from kubelint_lb.traffic.objects import Objects

_NAMES = frozenset({"ingress-nginx-controller", "nginx-ingress-controller", "nginx-configuration"})


class NginxConfiguration:
    """The ConfigMap of the controller, where the unit holds exactly one and all of it is known."""

    def __init__(self, unit: Objects) -> None:
        found = [view for view in unit.everywhere("ConfigMap") if _is_the_controllers(view)]
        self.view = found[0] if len(found) == 1 and found[0].settled else None
        self._data = string_map(self.view.at("data")) if self.view is not None else {}

    def value(self, key: str) -> str | None:
        """What the ConfigMap says; None where it does not, or there is none."""
        return self._data.get(key)

    def place(self, key: str) -> Node | None:
        """Where the ConfigMap says it, else its name; None where there is none."""
        if self.view is None:
            return None
        return self.view.at("data", key) or self.view.manifest.name_node


def _is_the_controllers(view: View) -> bool:
    name, component = (view.labels.get(f"app.kubernetes.io/{label}") for label in ("name", "component"))
    labelled = name == "ingress-nginx" and component == "controller"
    return view.name in _NAMES or (labelled and "tcp" not in view.name and "udp" not in view.name)
