"""The objects of a cluster as texts."""

from __future__ import annotations

from typing import Any

import pytest

from kubelint_lb.cluster.asked import asked, references_in
from kubelint_lb.cluster.kubectl import Resource
from kubelint_lb.cluster.objects import texts_of
from kubelint_lb.cluster.yaml_text import yaml_text
from kubelint_lb.kube.kinds import KINDS, POD_TEMPLATES, GroupKind
from kubelint_lb.source.node import to_python
from kubelint_lb.source.parse import parse_text
from tests.cluster.recorded import deployment, gateway_api, made, pods_of, service, slice_of

KNOWN = frozenset(KINDS.values())


def texts(*items: Any) -> dict[str, str]:
    return texts_of(items, "here", KNOWN).by_path


def test_an_object_is_as_somebody_would_write_it() -> None:
    (text,) = texts(service("web", "shop", {"app": "web"}, labels={"team": "a"})).values()
    assert text == (
        "apiVersion: v1\n"
        "kind: Service\n"
        "metadata:\n"
        "  name: web\n"
        "  namespace: shop\n"
        "  generation: 1\n"
        "  labels:\n"
        "    team: a\n"
        "spec:\n"
        "  ports:\n"
        "    - name: http\n"
        "      port: 80\n"
        "      targetPort: 8080\n"
        "  selector:\n"
        "    app: web\n"
        "status:\n"
        "  loadBalancer: {}\n"
    )


def test_what_somebody_chose_is_kept() -> None:
    chosen: Any = {"externalTrafficPolicy": "Local", "ipFamilyPolicy": "PreferDualStack", "ipFamilies": ["IPv6", "IPv4"]}
    (text,) = texts(service("web", "shop", {"app": "web"}, type="LoadBalancer", **chosen)).values()
    assert all(word in text for word in ("type: LoadBalancer", "externalTrafficPolicy: Local", "PreferDualStack", "- IPv6"))


def test_headless_is_no_default() -> None:
    (text,) = texts(service("web", "shop", {"app": "web"}, clusterIP="None", clusterIPs=["None"])).values()
    assert "  clusterIP: None\n" in text
    assert "clusterIPs" not in text


def test_a_weight_of_one_beside_others_is_a_share() -> None:
    route = next(one for one in gateway_api() if one["kind"] == "HTTPRoute")
    backends = route["spec"]["rules"][0]["backendRefs"]
    backends.append({**backends[0], "name": "next", "weight": 9})
    (text,) = texts(route).values()
    assert "weight: 1\n" in text
    assert "kind: Service" not in text


def test_pods_of_workloads_that_are_here_say_nothing_new() -> None:
    web = deployment("web", "shop", {"app": "web"})
    assert list(texts(web, *pods_of(web))) == ["<cluster:here>/shop/Deployment/web.yaml"]


def test_pods_stay_where_their_workloads_may_not_be_listed() -> None:
    web = deployment("web", "shop", {"app": "web"})
    found = texts_of(pods_of(web), "here", KNOWN - {KINDS["Deployment"], KINDS["ReplicaSet"]})
    assert len(found.by_path) == 3
    assert found.made == found.by_path.keys()


def test_an_empty_slice_is_no_fact() -> None:
    assert texts(slice_of("web", "shop", addresses=())) == {}
    assert len(texts(slice_of("web", "shop"))) == 1


def test_kinds_of_one_name_have_places_of_their_own() -> None:
    old = made("Middleware", "auth", "shop", {}, api="traefik.containo.us/v1alpha1")
    new = made("Middleware", "auth", "shop", {}, api="traefik.io/v1alpha1")
    assert list(texts(old, new)) == [
        "<cluster:here>/shop/Middleware/auth.yaml",
        "<cluster:here>/shop/Middleware.traefik.io/auth.yaml",
    ]


def test_objects_without_a_namespace() -> None:
    assert list(texts(made("GatewayClass", "eg", None, {}, api="gateway.networking.k8s.io/v1"))) == [
        "<cluster:here>/GatewayClass/eg.yaml"
    ]


@pytest.mark.parametrize(
    "item",
    [
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a", "namespace": "b", "annotations": None}},
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a", "ownerReferences": "none"}, "spec": None},
        {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "a"}, "spec": {"ports": ["x", None], "type": []}},
        {"apiVersion": "apps/v1", "kind": "Deployment", "metadata": {"name": "a"}, "spec": {"template": None}},
        {"apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "metadata": {"name": "a"}, "spec": {"rules": [{}]}},
    ],
)
def test_whatever_an_object_lacks_it_has_a_text(item: Any) -> None:
    (text,) = texts(item).values()
    assert text.startswith("apiVersion: ")


@pytest.mark.parametrize(
    "value",
    [
        {"a": {}, "b": [], "c": None, "d": True, "e": 0.5, "f": -1},
        {"list": [[1, [2, 3]], [{"x": [{"y": 1}]}], {"z": [[]]}]},
        {"yes": "no", "1": "1", "null": "null", "on": "off", "~": "~", "": ""},
        {"date": "2025-06-01", "time": "12:30", "octal": "0o7", "float": "1e3", "hex": "0x1f", "dot": ".5", "nan": ".nan"},
        {"lines": "a\nb\n\n  c\n", "tabs": "\ta", "colon": "a: b", "hash": "a #b", "quote": "\"'\\", "dash": "- a", "end": "..."},
        {"odd": "\x7f\x85\u2028\ufeff\u0000\x1b[31m", "smile": "\U0001f600", "template": "{{ .Values.x }}", "doc": "---\na"},
        {"a key: with": 1, "#": 2, "- x": 3, "multi\nline": 4},
    ],
)
def test_a_text_says_what_the_object_says(value: Any) -> None:
    (document,) = parse_text(yaml_text(value), "x.yaml")
    assert document.faults == []
    assert to_python(document.root) == value


def test_half_a_character_is_replaced() -> None:
    (document,) = parse_text(yaml_text({"a": "x\ud800"}), "x.yaml")
    assert to_python(document.root) == {"a": "x\ufffd"}


# What is asked for


def resource(name: str, group: str, kind: str) -> Resource:
    return Resource(
        f"{name}.{group}" if group else name, group, kind, namespaced=True, api_version=f"{group}/v1" if group else "v1"
    )


def test_only_kinds_that_rules_read_are_asked_for() -> None:
    there = [
        resource("services", "", "Service"),
        resource("endpoints", "", "Endpoints"),
        resource("events", "", "Event"),
        resource("helmreleases", "helm.toolkit.fluxcd.io", "HelmRelease"),
        resource("clonesets", "apps.kruise.io", "CloneSet"),
        resource("services", "serving.knative.dev", "Service"),
        resource("ingresses", "extensions", "Ingress"),
        resource("ingresses", "networking.k8s.io", "Ingress"),
    ]
    names = [one.name for one in asked(there, POD_TEMPLATES)]
    assert names == ["clonesets.apps.kruise.io", "ingresses.networking.k8s.io", "services"]


def test_references_to_kinds_of_others() -> None:
    (route,) = [one for one in gateway_api() if one["kind"] == "GatewayClass"]
    assert list(references_in(route["spec"])) == [(GroupKind("gateway.envoyproxy.io", "EnvoyProxy"), "edge")]
    assert list(references_in({"scaleTargetRef": {"apiVersion": "example.com/v1", "kind": "Game", "name": "go"}})) == [
        (GroupKind("example.com", "Game"), "go")
    ]
    assert list(references_in({"kind": "x", "name": ["y"], "group": None})) == []
