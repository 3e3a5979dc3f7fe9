"""What operators make under names of their own."""

from __future__ import annotations

import pytest

from kubelint_lb.traffic.operated import Operated
from tests.unit_of import thing, world_of

MONITORING = "monitoring.coreos.com/v1"
VICTORIA = "operator.victoriametrics.com/v1beta1"
ARGO = "argoproj.io/v1alpha1"


def made(text: str) -> Operated:
    return world_of(text).objects.of(Operated)


@pytest.mark.parametrize(
    ("api", "kind", "service"),
    [
        (MONITORING, "Prometheus", "prometheus-operated"),
        ("monitoring.coreos.com/v1alpha1", "PrometheusAgent", "prometheus-agent-operated"),
        (MONITORING, "Alertmanager", "alertmanager-operated"),
        (MONITORING, "ThanosRuler", "thanos-ruler-operated"),
        (VICTORIA, "VMSingle", "vmsingle-main"),
        (VICTORIA, "VMCluster", "vmselect-main"),
        (VICTORIA, "VMCluster", "vmclusterlb-main"),
        (ARGO, "ArgoCD", "main-server"),
        (ARGO, "EventSource", "main-eventsource-svc"),
        (ARGO, "EventBus", "eventbus-main-js-svc"),
    ],
)
def test_the_services_of_an_object(api: str, kind: str, service: str) -> None:
    operated = made(thing(api, kind, "main", "shop"))
    assert operated.has_service(service, "shop")
    assert operated.has_service(service, None)
    assert not operated.has_service(service, "payment")
    assert not operated.has_service("main", "shop")


@pytest.mark.parametrize("kind", ["ServiceMonitor", "PodMonitor", "PrometheusRule"])
def test_other_kinds_of_the_group_make_nothing(kind: str) -> None:
    operated = made(thing(MONITORING, kind, "main", "shop"))
    assert not operated.has_service("prometheus-operated", "shop")
    assert not operated.has_pods({"prometheus": "main"}, "shop")


def test_a_name_that_is_not_settled_may_be_any() -> None:
    operated = made(thing(VICTORIA, "VMSingle", "'${NAME}'", "shop"))
    assert operated.has_service("vmsingle-main", "shop")
    assert not operated.has_service("vmselect-main", "shop")
    assert operated.has_pods({"app.kubernetes.io/instance": "main"}, "shop")


def test_a_group_is_part_of_the_kind() -> None:
    assert not made(thing("monitoring.acme.example/v1", "Prometheus", "main", "shop")).has_service("prometheus-operated", "shop")


@pytest.mark.parametrize(
    ("selector", "expected"),
    [
        ({"prometheus": "main"}, True),
        ({"app": "prometheus"}, True),
        ({"app": "metrics", "prometheus": "main"}, True),
        ({"app.kubernetes.io/name": "prometheus", "team": "core"}, True),
        ({"prometheus": "mian"}, False),
        ({"app.kubernetes.io/name": "promethues", "app.kubernetes.io/instance": "main"}, False),
        ({"team": "core"}, False),
    ],
    ids=["by name", "old label", "a label of the user's", "a label more", "another object", "slip", "nothing known"],
)
def test_the_pods_of_a_prometheus(selector: dict[str, str], expected: bool) -> None:
    operated = made(thing(MONITORING, "Prometheus", "main", "shop"))
    assert operated.has_pods(selector, "shop") is expected
    assert not operated.has_pods(selector, "payment")
