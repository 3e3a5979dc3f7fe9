"""The edges between objects: role, answer and place."""

from __future__ import annotations

from kubelint_lb.kube.refers import Role
from kubelint_lb.traffic.graph import Graph
from kubelint_lb.traffic.resolve import State
from tests.unit_of import named, world_of

SHOP = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop, namespace: shop}
spec:
  ingressClassName: edge
  tls: [{hosts: [shop.example], secretName: shop-tls}]
  rules:
    - host: shop.example
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}
          - {path: /b, pathType: Prefix, backend: {service: {name: wbe, port: {number: 80}}}}
          - {path: /c, pathType: Prefix, backend: {service: {name: "${NAME}", port: {number: 80}}}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec: {selector: {matchLabels: {app: web}}, template: {metadata: {labels: {app: web}}, spec: {containers: [{name: a}]}}}
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web, namespace: shop}
spec: {scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}, maxReplicas: 4}
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: {name: web, namespace: shop}
spec: {minAvailable: 1, selector: {matchLabels: {app: web}}}
"""


def test_references_of_an_ingress_are_found_missing_or_unknown() -> None:
    world = world_of(SHOP)
    edges = world.objects.of(Graph).edges_from(named(world, "Ingress", "shop"))
    assert [(one.role, one.name, one.answer, one.node.span[0]) for one in edges] == [
        (Role.BACKEND, "web", State.FOUND, 11),
        (Role.BACKEND, "wbe", State.MISSING, 12),
        (Role.BACKEND, "${NAME}", State.UNKNOWN, 13),
        (Role.CLASS, "edge", State.UNKNOWN, 5),
        (Role.TLS_SECRET, "shop-tls", State.UNKNOWN, 6),
    ]
    assert edges[1].near is named(world, "Service", "web")


def test_a_workload_is_what_a_service_selects_an_autoscaler_scales_and_a_budget_protects() -> None:
    world = world_of(SHOP)
    edges = world.objects.of(Graph).edges_to(named(world, "Deployment", "web"))
    assert {(one.source.kind, one.role) for one in edges} == {
        ("Service", Role.SELECTOR),
        ("HorizontalPodAutoscaler", Role.SCALE_TARGET),
        ("PodDisruptionBudget", Role.DISRUPTION_TARGET),
    }


def test_a_selector_that_matches_nothing_is_an_edge_without_targets() -> None:
    world = world_of(SHOP.replace("labels: {app: web}}, spec", "labels: {app: wbe}}, spec"))
    (edge,) = world.objects.of(Graph).edges_from(named(world, "Service", "web"))
    assert (edge.role, edge.answer, edge.targets) == (Role.SELECTOR, State.MISSING, ())
    assert edge.near is named(world, "Deployment", "web")
