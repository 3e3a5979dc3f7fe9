"""Names that controllers create from other objects of the unit: they exist without a manifest."""

from __future__ import annotations

from collections import defaultdict

from kubelint_lb.kube.namespaces import compatible
from kubelint_lb.kube.references import Reference
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


class CreatedSecrets:
    """Secrets that controllers make of other objects: cert-manager, External Secrets, Sealed Secrets and Vault's operator.

    Source: the `secretName` of a Certificate, the `target.name` of an ExternalSecret, the template of a SealedSecret, the
    `destination.name` of a VaultStaticSecret; cert-manager makes those that a Gateway, ListenerSet or Ingress names, too, where
    an annotation asks for it.
    """

    def __init__(self, unit: Objects) -> None:
        self._names: dict[str, list[str | None]] = defaultdict(list)
        for view in unit.everywhere(*_SECRET_NAMES):
            for path in _SECRET_NAMES[view.kind]:
                name = name_text(view.at(*path))
                if name:
                    self._names[name].append(view.namespace)
                    break
        self._issued = [
            view.namespace
            for view in unit.everywhere("Gateway", "ListenerSet", "Ingress")
            if any(one in view.annotations for one in _ISSUERS)
        ]

    def may_have(self, reference: Reference) -> bool:
        """A Secret of this name is created there; or the object that refers to it asks for it."""
        if any(compatible(reference.namespace, other) for other in self._names.get(reference.name, ())):
            return True
        return any(compatible(reference.namespace, other) for other in self._issued)


# Where the name of the Secret stands, the first that is there.
_SECRET_NAMES: dict[str, tuple[tuple[str, ...], ...]] = {
    "Certificate": (("spec", "secretName"),),
    "ExternalSecret": (("spec", "target", "name"), ("metadata", "name")),
    "SealedSecret": (("spec", "template", "metadata", "name"), ("metadata", "name")),
    "VaultStaticSecret": (("spec", "destination", "name"),),
}
_ISSUERS = ("cert-manager.io/issuer", "cert-manager.io/cluster-issuer", "kubernetes.io/tls-acme")


def canary_apex(canary: View) -> str:
    """The name of the Service that a Flagger Canary fronts."""
    return name_text(canary.at("spec", "service", "name")) or name_text(canary.at("spec", "targetRef", "name")) or ""
