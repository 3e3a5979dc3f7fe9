"""Progressive delivery: what Argo Rollouts and Flagger own at run time. Their weights in git mean little."""

from __future__ import annotations

from functools import cached_property

from kubelint_lb.kube.namespaces import compatible
from kubelint_lb.kube.route import Route, RouteRule
from kubelint_lb.kube.values import mappings, name_text, text
from kubelint_lb.kube.view import View
from kubelint_lb.source.node import Mapping
from kubelint_lb.traffic.created import canary_apex
from kubelint_lb.traffic.objects import Objects

_MANAGED_LABEL = "rollouts.argoproj.io/gatewayapi-canary"
_CANARY = "-canary"
_LONGEST_NAME = 253
_PLUGIN = "argoproj-labs/gatewayAPI"
_ROUTE_FIELDS = {
    "HTTPRoute": ("httpRoute", "httpRoutes"),
    "GRPCRoute": ("grpcRoute", "grpcRoutes"),
    "TCPRoute": ("tcpRoute", "tcpRoutes"),
    "TLSRoute": ("tlsRoute", "tlsRoutes"),
}
_SERVICE_PAIRS = (
    (("canary", "stableService"), ("canary", "canaryService")),
    (("canary", "pingPong", "pingService"), ("canary", "pingPong", "pongService")),
    (("blueGreen", "activeService"), ("blueGreen", "previewService")),
)


class Delivery:
    """The Rollouts and Canaries of a unit."""

    def __init__(self, unit: Objects) -> None:
        self._unit = unit

    @cached_property
    def _rollouts(self) -> list[View]:
        return list(self._unit.all("Rollout"))

    @cached_property
    def _canaries(self) -> list[View]:
        return list(self._unit.all("Canary"))

    def manages_rule(self, rule: RouteRule) -> bool:
        """Argo Rollouts or Flagger sets the weights of this rule."""
        route = rule.route
        if _MANAGED_LABEL in route.labels:
            return True
        names = {backend.name for backend in rule.backend_refs}
        return any(self._rollout_manages(rollout, route, names) for rollout in self._rollouts) or any(
            self._canary_manages(canary, route, names) for canary in self._canaries
        )

    def knows_service(self, name: str, namespace: str | None) -> bool:
        """A Rollout or Canary switches this Service between pods."""
        return any(
            compatible(rollout.namespace, namespace) and name in {one for pair in _service_pairs(rollout) for one in pair}
            for rollout in self._rollouts
        ) or any(
            compatible(canary.namespace, namespace) and name in {apex := canary_apex(canary), f"{apex}-primary", f"{apex}-canary"}
            for canary in self._canaries
        )

    def knows_ingress(self, name: str, namespace: str | None) -> bool:
        """A Rollout or Canary drives this Ingress's canary (or made it)."""
        for rollout in self._rollouts:
            nginx = rollout.at("spec", "strategy", "canary", "trafficRouting", "nginx")
            if nginx is not None and compatible(rollout.namespace, namespace):
                stable = name_text(nginx.get("stableIngress")) or ""
                if name in {stable, canary_ingress(rollout, stable)}:
                    return True
        return any(
            name
            in {
                name_text(canary.at("spec", "ingressRef", "name")),
                f"{name_text(canary.at('spec', 'ingressRef', 'name'))}-canary",
            }
            for canary in self._canaries
            if compatible(canary.namespace, namespace)
        )

    def _rollout_manages(self, rollout: View, route: Route, backends: set[str]) -> bool:
        if not compatible(rollout.namespace, route.namespace):
            return False
        if any(set(pair) <= backends for pair in _service_pairs(rollout)):
            return True
        plugin = rollout.at("spec", "strategy", "canary", "trafficRouting", "plugins", _PLUGIN)
        if not isinstance(plugin, Mapping):
            return False
        single, several = _ROUTE_FIELDS.get(route.kind, ("", ""))
        named = {name_text(plugin.get(single))} | {name_text(entry.get("name")) for entry in mappings(plugin.get(several))}
        return route.name in named or any(name.endswith("RouteSelector") for name in plugin.entries)

    def _canary_manages(self, canary: View, route: Route, backends: set[str]) -> bool:
        if not compatible(canary.namespace, route.namespace):
            return False
        provider = text(canary.at("spec", "provider")) or ""
        apex = canary_apex(canary)
        by_name = route.name == apex and (provider.startswith("gatewayapi") or not provider)
        return by_name or {f"{apex}-primary", f"{apex}-canary"} <= backends


def canary_ingress(rollout: View, stable: str) -> str:
    """The name of the Ingress that a Rollout makes of a stable one (argo-rollouts `utils/ingress/ingress.go`)."""
    return f"{rollout.name}-{stable}"[: _LONGEST_NAME - len(_CANARY)] + _CANARY


def _service_pairs(rollout: View) -> list[tuple[str, str]]:
    found = []
    for left, right in _SERVICE_PAIRS:
        one = name_text(rollout.at("spec", "strategy", *left))
        other = name_text(rollout.at("spec", "strategy", *right))
        if one and other:
            found.append((one, other))
    return found
