"""parent-listener-not-found: sectionName and port choose among the listeners of one parent."""

from __future__ import annotations

import pytest

from tests.conftest import LintText
from tests.rules.gateway.manifests import gateway, place_of, route

RULE = "parent-listener-not-found"
RULES = "- backendRefs: [{name: web, port: 80}]"
WEB = "name: web, protocol: HTTP, port: 80"
TLS = "name: tls, protocol: HTTPS, port: 443"
LISTENER_SET = """\
---
apiVersion: gateway.networking.k8s.io/v1
kind: ListenerSet
metadata: {name: shop}
spec:
  parentRef: {kind: Gateway, name: public}
  listeners: [{name: shop, protocol: HTTP, port: 80}]
"""


def asking(words: str, **options: str) -> str:
    return route(RULES, parents=f"[{{name: public, {words}}}]", **options)


def test_a_listener_of_another_name(lint_text: LintText) -> None:
    text = asking("sectionName: http") + gateway(WEB, TLS)
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.severity, found.place) == ("name", "error", place_of(text, "http}"))
    assert found.message == (
        "HTTPRoute shop asks for listener http of Gateway public, which has only web, tls: it is not attached there."
    )
    assert found.related == [("manifest.yaml", *place_of(text, "public", nth=2), "this is the parent")]


def test_a_slip_of_the_keyboard_shows_what_was_meant(lint_text: LintText) -> None:
    text = asking("sectionName: htps") + gateway(WEB, TLS.replace("tls", "https"))
    (found,) = lint_text(text, select=RULE)
    assert found.related == [("manifest.yaml", *place_of(text, "https"), "a listener with a similar name")]


def test_the_gateway_may_be_in_another_file(lint_text: LintText) -> None:
    (found,) = lint_text({"apps/shop.yaml": asking("sectionName: http"), "infra/gateway.yaml": gateway(WEB)}, select=RULE)
    assert (found.path, found.related[0][0]) == ("apps/shop.yaml", "infra/gateway.yaml")


def test_a_port_nobody_listens_on(lint_text: LintText) -> None:
    text = asking("port: 8080") + gateway(WEB, TLS)
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.place) == ("port", place_of(text, "8080"))
    assert "asks for port 8080 of Gateway public, which listens only on 443, 80" in found.message


def test_name_and_port_of_different_listeners(lint_text: LintText) -> None:
    text = asking("sectionName: web, port: 443") + gateway(WEB, TLS)
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.place) == ("name-and-port", place_of(text, "443}"))
    assert found.related == [("manifest.yaml", *place_of(text, "80}", nth=2), "listener web has this port")]


def test_a_gateway_does_not_count_the_listeners_of_its_listener_sets(lint_text: LintText) -> None:
    (found,) = lint_text(asking("sectionName: shop") + gateway(WEB) + LISTENER_SET, select=RULE)
    assert found.message_key == "on-listener-set"
    assert "but that listener belongs to ListenerSet shop" in found.message


def test_a_listener_set_is_a_parent_of_its_own(lint_text: LintText) -> None:
    right = route(RULES, parents="[{kind: ListenerSet, name: shop, sectionName: shop}]")
    wrong = route(RULES, parents="[{kind: ListenerSet, name: shop, sectionName: web}]")
    assert lint_text(right + gateway(WEB) + LISTENER_SET, select=RULE) == []
    assert [found.message_key for found in lint_text(wrong + gateway(WEB) + LISTENER_SET, select=RULE)] == ["name"]


@pytest.mark.parametrize(
    "words", ["sectionName: web", "port: 443", "sectionName: tls, port: 443", "sectionName: '${L}'", "port: '${P}'"]
)
def test_a_listener_that_is_there_or_may_be(lint_text: LintText, words: str) -> None:
    assert lint_text(asking(words) + gateway(WEB, TLS), select=RULE) == []


@pytest.mark.parametrize(
    "listener",
    ["name: '{{ name }}', protocol: HTTP, port: 80", "name: 'ht${X}', protocol: HTTP, port: 80", "protocol: HTTP, port: 80"],
)
def test_a_listener_without_a_settled_name(lint_text: LintText, listener: str) -> None:
    assert lint_text(asking("sectionName: http") + gateway(listener), select=RULE) == []


def test_a_gateway_that_is_not_here_is_another_teams(lint_text: LintText) -> None:
    assert lint_text(asking("sectionName: http"), select=RULE, complete=True) == []


def test_a_gateway_of_istio_is_another_kind(lint_text: LintText) -> None:
    istio = gateway(WEB).replace("gateway.networking.k8s.io/v1", "networking.istio.io/v1")
    assert lint_text(asking("sectionName: http") + istio, select=RULE, complete=True) == []


def test_a_gateway_of_another_namespace_is_another_one(lint_text: LintText) -> None:
    text = asking("sectionName: http", namespace="shop") + gateway(WEB, namespace="infra")
    assert lint_text(text, select=RULE) == []


def test_of_several_definitions_one_with_the_listener_is_enough(lint_text: LintText) -> None:
    files = {
        "shop.yaml": asking("sectionName: http"),
        "dev/gw.yaml": gateway(WEB),
        "prod/gw.yaml": gateway("name: http, port: 80"),
    }
    assert lint_text(files, select=RULE) == []
    files["prod/gw.yaml"] = gateway(TLS)
    assert len(lint_text(files, select=RULE)) == 1


def test_the_gateway_of_another_example(lint_text: LintText) -> None:
    files = {"simple/shop.yaml": asking("sectionName: http"), "grpc/gw.yaml": gateway(WEB)}
    assert [finding.path for finding in lint_text(files, select=RULE)] == ["simple/shop.yaml"]
    files["grpc/route.yaml"] = asking("sectionName: web", name="orders")
    assert lint_text(files, select=RULE) == []


def test_a_patch_may_add_the_listener(lint_text: LintText) -> None:
    files = {
        "kustomization.yaml": "resources: [shop.yaml, gateway.yaml]\npatches: [{path: listeners.yaml}]\n",
        "shop.yaml": asking("sectionName: http"),
        "gateway.yaml": gateway(WEB),
        "listeners.yaml": gateway("name: http, protocol: HTTP, port: 8080"),
    }
    assert lint_text(files, select=RULE) == []
