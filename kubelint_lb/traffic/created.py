"""Names that controllers create from other objects of the unit: they exist without a manifest."""

from __future__ import annotations

from collections import defaultdict

from kubelint_lb.kube.namespaces import compatible
from kubelint_lb.kube.values import name_text
from kubelint_lb.kube.view import View
from kubelint_lb.traffic.objects import Objects
from kubelint_lb.traffic.operated import Operated


class CreatedServices:
    """Services that Flagger makes for a Canary (`<n>`, `<n>-primary`, `<n>-canary`, and a route of its name), and those that
    operators make under names of their own.

    Source: flagger `pkg/router/kubernetes_default.go`; n is `spec.service.name`, else the target's name.
    """

    def __init__(self, unit: Objects) -> None:
        self._operated = unit.of(Operated)
        self._names: dict[str, list[str | None]] = defaultdict(list)
        for canary in unit.everywhere("Canary"):
            apex = canary_apex(canary)
            for name in (apex, f"{apex}-primary", f"{apex}-canary"):
                self._names[name].append(canary.namespace)

    def has(self, name: str, namespace: str | None) -> bool:
        """A Service of this name is created there."""
        if any(compatible(namespace, other) for other in self._names.get(name, ())):
            return True
        return self._operated.has_service(name, namespace)


def canary_apex(canary: View) -> str:
    """The name of the Service that a Flagger Canary fronts."""
    return name_text(canary.at("spec", "service", "name")) or name_text(canary.at("spec", "targetRef", "name")) or ""
