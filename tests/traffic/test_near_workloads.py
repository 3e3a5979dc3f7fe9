"""Which workload a Service without pods was meant for, and which Services select one."""

from __future__ import annotations

import pytest

from kubelint_lb.kube.service import Service
from kubelint_lb.traffic.objects import Objects
from kubelint_lb.traffic.pod_labels import PodLabels
from kubelint_lb.traffic.selection import Selection, Selector
from tests.unit_of import world_of


def pods(name: str, labels: str = "") -> str:
    """A Deployment, as a document."""
    labels = labels or f"{{app: {name}}}"
    template = (
        f"template: {{metadata: {{labels: {labels}}}, spec: {{containers: [{{name: c, ports: [{{containerPort: 80}}]}}]}}}}"
    )
    head = f"---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {name}}}\n"
    return f"{head}spec: {{selector: {{matchLabels: {labels}}}, {template}}}\n"


def selecting(selector: str, name: str = "web") -> str:
    """A Service, as a document."""
    return (
        f"---\napiVersion: v1\nkind: Service\nmetadata: {{name: {name}}}\nspec: {{selector: {selector}, ports: [{{port: 80}}]}}\n"
    )


def services(objects: Objects) -> list[Service]:
    return [view for view in objects.all("Service") if isinstance(view, Service)]


def selected(files: str | dict[str, str]) -> Selection:
    """What the first Service selects."""
    objects = world_of(files, whole=True).objects
    return objects.of(Selector).select(services(objects)[0])


def test_what_stands_in_the_same_file_is_meant_before_all() -> None:
    files = {"a.yaml": pods("storefronts"), "b.yaml": pods("storefronta") + selecting("{app: storefront}", "front")}
    found = selected(files)
    assert found.near is not None
    assert found.near.workload.manifest.path == "b.yaml"


def test_one_edit_is_meant_before_two() -> None:
    found = selected(selecting("{app: storefront-a}", "x") + pods("storefront-cc") + pods("storefront-b"))
    assert found.near is not None
    assert found.near.workload.name == "storefront-b"


@pytest.mark.parametrize(("name", "related"), [("abc-worker", True), ("ab-worker", False), ("x-worker", False)])
def test_a_first_part_of_three_letters_relates(name: str, related: bool) -> None:
    first = name.partition("-")[0]
    found = selected(selecting(f"{{part: {first}-api}}", f"{first}-front") + pods(name, "{role: zzz}"))
    assert (found.near is not None) is related


def test_another_service_that_selects_the_same_pods() -> None:
    objects = world_of(pods("web") + selecting("{app: web}", "one") + selecting("{app: web}", "two")).objects
    assert [one.name for one in objects.of(PodLabels).selected_with({"app": "web"})] == ["one", "two"]
    assert objects.of(PodLabels).selected_with({"app": "none"}) == ()


def test_services_with_equal_selectors_share_their_selection() -> None:
    objects = world_of(pods("web") + selecting("{app: web}", "one") + selecting("{app: web}", "two")).objects
    one, two = map(objects.of(Selector).select, services(objects))
    assert one is two
    assert [workload.name for workload in one.workloads] == ["web"]
