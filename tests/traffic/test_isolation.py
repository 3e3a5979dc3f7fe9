"""What network policies let in to the pods of a workload."""

from __future__ import annotations

import pytest

from kubelint_lb.kube.workload import Workload
from kubelint_lb.traffic.isolation import Isolation, Isolations
from tests.unit_of import named, thing, world_of

WEB = thing(
    "apps/v1", "Deployment", "web", "shop", "spec: {template: {metadata: {labels: {app: web}}, spec: {containers: [{name: a}]}}}"
)


def policy(spec: str, name: str = "one", namespace: str = "shop") -> str:
    return thing("networking.k8s.io/v1", "NetworkPolicy", name, namespace, f"spec: {{{spec}}}")


def isolation(*documents: str) -> Isolation | None:
    world = world_of(WEB + "".join(documents))
    workload = named(world, "Deployment", "web")
    assert isinstance(workload, Workload)
    return world.objects.of(Isolations).of_workload(workload)


@pytest.mark.parametrize(
    "documents",
    [
        (),
        (policy("podSelector: {matchLabels: {app: other}}, ingress: [{}]"),),
        (policy("podSelector: {}, ingress: [{}]", namespace="other"),),
        (policy("podSelector: {}, policyTypes: [Egress], egress: [{}]"),),
        (policy("podSelector: {matchLabels: {app: '${APP}'}}, ingress: [{}]"),),
        (policy("podSelector: {}"), thing("cilium.io/v2", "CiliumNetworkPolicy", "more", "shop")),
    ],
    ids=["no policy", "other pods", "another namespace", "egress", "filled in later", "another tool's beside it"],
)
def test_pods_that_are_not_isolated_or_may_not_be(documents: tuple[str, ...]) -> None:
    assert isolation(*documents) is None


def test_ports_of_all_policies_count() -> None:
    found = isolation(
        policy("podSelector: {matchLabels: {app: web}}, ingress: [{ports: [{port: 80}, {port: dns, protocol: UDP}]}]"),
        policy("podSelector: {}, ingress: [{ports: [{port: 8000, endPort: 8100}]}]", name="two"),
    )
    assert found is not None
    assert [(one.port, one.last, one.protocol) for one in found.ports] == [
        (80, None, "TCP"),
        ("dns", None, "UDP"),
        (8000, 8100, "TCP"),
    ]
    assert found.is_meant


def test_a_rule_without_ports_is_for_all_of_them() -> None:
    found = isolation(policy("podSelector: {}, ingress: [{from: [{podSelector: {}}]}]"))
    assert found is not None
    assert [(one.port, one.protocol) for one in found.ports] == [(None, "TCP"), (None, "UDP"), (None, "SCTP")]
    assert not found.is_meant


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("{}", [True]),
        ("{from: []}", [True]),
        ("{from: [{podSelector: {}}]}", [False]),
        ("{from: [{podSelector: {}, namespaceSelector: {}}]}", [True]),
        ("{from: [{namespaceSelector: {matchLabels: {a: b}}}]}", [True]),
        ("{from: [{ipBlock: {cidr: 10.0.0.0/8}}, {podSelector: {}}]}", [True, False]),
    ],
)
def test_who_is_let_in_from_other_namespaces(rule: str, expected: list[bool]) -> None:
    found = isolation(policy(f"podSelector: {{}}, ingress: [{rule}]"))
    assert found is not None
    assert [one.lets_others_in for one in found.sources] == expected


def test_a_policy_without_rules_lets_nobody_in() -> None:
    found = isolation(policy("podSelector: {}"))
    assert found is not None
    assert (found.ports, found.sources) == ((), ())
