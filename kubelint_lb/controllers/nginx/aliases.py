"""Names that Ingresses of ingress-nginx have as aliases of their hosts.

Source: ingress-nginx controller-v1.15.1 `internal/ingress/annotations/alias/main.go`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from kubelint_lb.controllers.nginx.annotations import NginxAnnotations
from kubelint_lb.kube.ingress import Ingress
from kubelint_lb.kube.view import View
from kubelint_lb.traffic.objects import Objects


class NginxAliases:
    """Ingresses by their aliases: those of a unit, or these."""

    def __init__(self, unit: Objects | Iterable[View]) -> None:
        self._by_name: dict[str, list[Ingress]] = defaultdict(list)
        for ingress in unit.all("Ingress") if isinstance(unit, Objects) else unit:
            if isinstance(ingress, Ingress):
                for alias in self.split(NginxAnnotations(ingress).known("server-alias")):
                    self._by_name[alias].append(ingress)

    @staticmethod
    def split(value: str) -> list[str]:
        """The names in an annotation, in small letters."""
        return [alias.strip().lower() for alias in value.split(",") if alias.strip()]

    def of_name(self, alias: str) -> list[Ingress]:
        """Those that have a name as an alias, in order of reading."""
        return self._by_name.get(alias, [])
