"""What opens a namespace or a folder: misses there are unknown."""

from __future__ import annotations

import pytest

from kubelint_lb.traffic.openness import Openness
from tests.unit_of import service, thing, world_of

RELEASE = "helm.toolkit.fluxcd.io/v2"


def openness_of(files: str | dict[str, str]) -> Openness:
    return world_of(files).objects.of(Openness)


def test_nothing_is_open_in_a_tree_of_plain_files() -> None:
    openness = openness_of({"a/web.yaml": service("web", "shop")})
    assert not openness.is_open("a", "shop")
    assert not openness.is_open("a", None)


def test_a_release_opens_its_target_namespace_for_every_folder() -> None:
    openness = openness_of({"flux/redis.yaml": thing(RELEASE, "HelmRelease", "redis", "cache")})
    assert openness.is_open("shop", "cache")
    assert not openness.is_open("shop", "payment")


def test_a_namespace_that_is_a_placeholder_opens_the_folder_only() -> None:
    openness = openness_of({"flux/redis.yaml": thing(RELEASE, "HelmRelease", "redis", "'${NS}'")})
    assert openness.is_open("flux", "cache")
    assert not openness.is_open("shop", "cache")


def test_an_application_set_opens_the_namespace_of_its_template() -> None:
    body = "spec: {template: {spec: {destination: {namespace: shop}}}}"
    openness = openness_of({"argo/apps.yaml": thing("argoproj.io/v1alpha1", "ApplicationSet", "apps", body=body)})
    assert openness.is_open("elsewhere", "shop")


def test_a_flux_kustomization_opens_its_target_namespace() -> None:
    body = "spec: {path: ./apps, targetNamespace: shop}"
    openness = openness_of({"flux/apps.yaml": thing("kustomize.toolkit.fluxcd.io/v1", "Kustomization", "apps", body=body)})
    assert openness.is_open("elsewhere", "shop")


def test_a_chart_of_k3s_opens_its_target_namespace() -> None:
    body = "spec: {targetNamespace: shop}"
    openness = openness_of({"k3s/web.yaml": thing("helm.cattle.io/v1", "HelmChart", "web", "kube-system", body)})
    assert openness.is_open("elsewhere", "shop")


def test_an_unset_namespace_is_open_beside_what_opens_one() -> None:
    """Something that is not rendered fills in the namespace, perhaps the one that the release fills."""
    openness = openness_of({"apps/redis/release.yaml": thing(RELEASE, "HelmRelease", "redis", "cache")})
    assert openness.is_open("apps/shop", None)
    assert not openness.is_open("clusters/shop", None)


def test_operators_make_services_of_their_resources_names() -> None:
    openness = openness_of(thing("rabbitmq.com/v1beta1", "RabbitmqCluster", "queue", "shop"))
    assert openness.made_by_operator("queue", "shop")
    assert openness.made_by_operator("queue-nodes", None)
    assert not openness.made_by_operator("queues", "shop")
    assert not openness.made_by_operator("queue", "payment")


@pytest.mark.parametrize("api", ["skaffold/v4beta7", "snapshot.storage.k8s.io/v1", "haproxy.org/v1", "net.gke.io/v1"])
def test_what_makes_no_services_says_nothing_of_names(api: str) -> None:
    assert not openness_of(thing(api, "Thing", "queue", "shop")).made_by_operator("queue", "shop")


def test_a_named_namespace_is_not_open_beside_what_opens_another() -> None:
    openness = openness_of({"apps/redis/release.yaml": thing(RELEASE, "HelmRelease", "redis", "cache")})
    assert not openness.is_open("apps/shop", "shop")
    unset = openness_of({"apps/redis/release.yaml": thing(RELEASE, "HelmRelease", "redis")})
    assert not unset.is_open("apps/shop", "shop")
    assert unset.is_open("apps/redis", "shop")
