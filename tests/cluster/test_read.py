"""What is known of a cluster once it was read."""

from __future__ import annotations

from typing import Any

import pytest

from kubelint_lb.cluster.kubectl import Kubectl
from kubelint_lb.cluster.read import Live, read_cluster
from kubelint_lb.kube.kinds import KINDS, POD_TEMPLATES
from kubelint_lb.kube.versions import Version
from tests.cluster.conftest import Cluster
from tests.cluster.recorded import crd, gateway_api, resources, service, shop, system


def read(namespace: str | None = None) -> Live:
    return read_cluster(Kubectl(None, namespace), POD_TEMPLATES)


@pytest.mark.parametrize(
    ("version", "expected"),
    [
        ("v1.31.2", Version(1, 31)),
        ("v1.31.2-eks-7f9249a", Version(1, 31)),
        ("v1.30.5-gke.1014001", Version(1, 30)),
        ("v1.29.4+k3s1", Version(1, 29)),
        ("unknown", None),
    ],
)
def test_the_version_of_the_server(cluster: Cluster, version: str, expected: Version | None) -> None:
    cluster(system(), version=version)
    assert read().kubernetes == expected


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (crd("v1.2.1", "standard"), (Version(1, 2), "standard")),
        (crd("v1.3.0-rc.1", "experimental"), (Version(1, 3), "experimental")),
        (crd("dev", "mine"), (None, None)),
        ({"kind": "CustomResourceDefinition", "metadata": {}}, (None, None)),
        (None, (None, None)),
    ],
)
def test_the_version_and_channel_of_the_gateway_api(cluster: Cluster, said: Any, expected: tuple[Any, ...]) -> None:
    cluster([*system(), *gateway_api()], crd=said)
    live = read()
    assert (live.gateway_api, live.gateway_api_channel) == expected


def test_who_may_not_read_definitions_has_no_version(cluster: Cluster) -> None:
    cluster([*system(), *gateway_api()], forbidden=["customresourcedefinitions"])
    assert (read().gateway_api, read().notices) == (None, ())


def test_secrets_are_names_and_types(cluster: Cluster) -> None:
    cluster([*system(), *shop()])
    text = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: shop-tls\n  namespace: shop\ntype: kubernetes.io/tls\n"
    assert read().texts["<cluster:kind-shop>/shop/Secret/shop-tls.yaml"] == text
    assert read("shop").texts["<cluster:kind-shop>/shop/Secret/shop-tls.yaml"] == text


def test_of_config_maps_one_that_rules_read_has_its_data(cluster: Cluster) -> None:
    cluster([*system(), *shop()])
    texts = read().texts
    assert "KubeProxyConfiguration" in texts["<cluster:kind-shop>/kube-system/ConfigMap/kube-proxy.yaml"]
    assert "BEGIN CERTIFICATE" not in texts["<cluster:kind-shop>/default/ConfigMap/kube-root-ca.crt.yaml"]


def test_other_namespaces_are_those_of_the_cluster(cluster: Cluster) -> None:
    cluster([*system(), *shop(), *gateway_api()])
    assert read("shop").elsewhere == ("default", "edge", "kube-node-lease", "kube-public", "kube-system")
    assert read().elsewhere == ()


def test_who_may_not_list_namespaces_knows_those_that_are_referred_to(cluster: Cluster) -> None:
    items = [*system(), *shop(), *gateway_api()]
    route = next(one for one in items if one["kind"] == "HTTPRoute")
    route["spec"]["parentRefs"][0]["namespace"] = "gateways"
    cluster(items, forbidden=["namespaces"])
    assert read("shop").elsewhere == ("edge", "gateways")
    assert read("shop").unread == {KINDS["Namespace"]}


def test_what_kubectl_prints_of_itself_is_no_object(cluster: Cluster) -> None:
    """`No resources found` goes to standard error; a table of nothing is empty."""
    cluster([service("web", "shop", {"app": "web"})], resources=resources(gateway_api=False))
    assert list(read().texts) == ["<cluster:kind-shop>/shop/Service/web.yaml"]
