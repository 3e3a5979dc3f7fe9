"""What Argo Rollouts and Flagger own at run time."""

from __future__ import annotations

from textwrap import dedent

from kubelint_lb.kube.route import Route
from kubelint_lb.traffic.delivery import Delivery
from tests.unit_of import named, route, thing, world_of

SHOP = """
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: shop, namespace: shop}
spec:
  rules:
    - backendRefs: [{name: shop-stable, port: 80}, {name: shop-canary, port: 80}]
"""


def rollout(strategy: str, namespace: str = "shop") -> str:
    return thing("argoproj.io/v1alpha1", "Rollout", "shop", namespace, f"spec: {{strategy: {strategy}}}")


def manages(*documents: str, shop: str = SHOP) -> bool:
    world = world_of(dedent(shop) + "".join(documents))
    view = named(world, "HTTPRoute", "shop")
    assert isinstance(view, Route)
    return world.objects.of(Delivery).manages_rule(view.rules[0])


def test_nobody_manages_a_route_of_its_own() -> None:
    assert not manages()


def test_the_label_of_the_plugin() -> None:
    labelled = SHOP.replace("namespace: shop}", "namespace: shop, labels: {rollouts.argoproj.io/gatewayapi-canary: x}}", 1)
    assert manages(shop=labelled)


def test_a_rollout_whose_services_are_both_in_the_rule() -> None:
    pair = "{canary: {stableService: shop-stable, canaryService: shop-canary}}"
    assert manages(rollout(pair))
    assert not manages(rollout(pair, namespace="other"))
    assert not manages(rollout("{canary: {stableService: shop-stable, canaryService: another}}"))


def test_blue_green_and_ping_pong_pairs() -> None:
    assert manages(rollout("{blueGreen: {activeService: shop-stable, previewService: shop-canary}}"))
    assert manages(rollout("{canary: {pingPong: {pingService: shop-stable, pongService: shop-canary}}}"))


def test_a_rollout_that_names_the_route() -> None:
    plugin = "{canary: {trafficRouting: {plugins: {argoproj-labs/gatewayAPI: {%s}}}}}"
    assert manages(rollout(plugin % "httpRoute: shop"))
    assert manages(rollout(plugin % "httpRoutes: [{name: other}, {name: shop}]"))
    assert manages(rollout(plugin % "httpRouteSelector: {matchLabels: {a: b}}"))
    assert not manages(rollout(plugin % "httpRoute: other"))
    assert not manages(rollout(plugin % "grpcRoute: shop"))


def canary(apex: str, provider: str = "gatewayapi:v1") -> str:
    body = f"spec: {{provider: '{provider}', targetRef: {{kind: Deployment, name: {apex}}}}}"
    return thing("flagger.app/v1beta1", "Canary", apex, "shop", body)


def test_flagger_writes_the_route_named_like_its_canary() -> None:
    assert manages(canary("shop"))
    assert not manages(canary("shop", provider="nginx"))
    assert not manages(canary("other"))


def test_flagger_splits_between_primary_and_canary() -> None:
    split = SHOP.replace("shop-stable", "web-primary").replace("shop-canary", "web-canary")
    assert manages(canary("web", provider="nginx"), shop=split)


def test_services_that_are_switched_between_pods() -> None:
    world = world_of(rollout("{canary: {stableService: stable, canaryService: next}}") + canary("web"))
    for name in ("stable", "next", "web", "web-primary", "web-canary"):
        assert world.objects.of(Delivery).knows_service(name, "shop")
        assert world.objects.of(Delivery).knows_service(name, None)
        assert not world.objects.of(Delivery).knows_service(name, "other")
    assert not world.objects.of(Delivery).knows_service("api", "shop")


def test_ingresses_that_are_driven() -> None:
    by_rollout = rollout("{canary: {trafficRouting: {nginx: {stableIngress: web}}}}")
    body = "spec: {provider: nginx, ingressRef: {kind: Ingress, name: api}, targetRef: {name: api}}"
    by_canary = thing("flagger.app/v1beta1", "Canary", "api", "shop", body)
    delivery = world_of(by_rollout + by_canary + route("unrelated", "x")).objects.of(Delivery)
    for name in ("web", "shop-web-canary", "api", "api-canary"):
        assert delivery.knows_ingress(name, "shop")
    assert not delivery.knows_ingress("shop", "shop")
