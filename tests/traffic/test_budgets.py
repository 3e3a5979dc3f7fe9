"""The pods that a disruption budget holds for."""

from __future__ import annotations

import pytest

from kubelint_lb.traffic.budgets import Budgets
from tests.unit_of import named, thing, world_of


def workload(kind: str, name: str, labels: str, namespace: str = "shop") -> str:
    template = f"template: {{metadata: {{labels: {{{labels}}}}}, spec: {{containers: [{{name: a}}]}}}}"
    group = "batch/v1" if kind == "Job" else "apps/v1"
    return thing(group, kind, name, namespace, f"spec: {{{template}}}")


OBJECTS = (
    workload("Deployment", "web", "app: web, tier: front")
    + workload("Deployment", "cart", "app: cart, tier: front")
    + workload("Job", "migrate", "app: web, tier: front")
    + workload("Deployment", "other", "app: web", namespace="other")
)


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ("{matchLabels: {app: web}}", ["web"]),
        ("{matchLabels: {tier: front}}", ["web", "cart"]),
        ("{matchExpressions: [{key: app, operator: NotIn, values: [web]}]}", ["cart"]),
        ("{matchLabels: {app: web, tier: back}}", []),
        ("{}", ["web", "cart"]),
        ("null", []),
    ],
)
def test_pods_by_their_labels(selector: str, expected: list[str]) -> None:
    world = world_of(OBJECTS + thing("policy/v1", "PodDisruptionBudget", "one", "shop", f"spec: {{selector: {selector}}}"))
    found = world.objects.of(Budgets).workloads(named(world, "PodDisruptionBudget", "one"))
    assert [one.name for one in found] == expected
