"""route-hostname-not-served: hostnames that a route and the listeners of its parents have in common."""

from __future__ import annotations

import pytest

from tests.conftest import LintText
from tests.rules.gateway.manifests import gateway, place_of, route

RULE = "route-hostname-not-served"
RULES = "- backendRefs: [{name: web, port: 80}]"


def listener(hostname: str = "", name: str = "web", more: str = "") -> str:
    host = f', hostname: "{hostname}"' if hostname else ""
    return f"name: {name}, protocol: HTTP, port: 80{host}{more}"


def hosts(*names: str, **options: str) -> str:
    return route(RULES, hostnames="[" + ", ".join(f'"{name}"' for name in names) + "]", **options)


def test_one_hostname_of_several(lint_text: LintText) -> None:
    text = hosts("shop.example.com", "shop.example.org") + gateway(listener("*.example.com"))
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.severity, found.place) == ("not-served", "warning", place_of(text, '"shop.example.org"'))
    assert found.message == (
        "No listener of Gateway public serves shop.example.org: traffic for it does not reach HTTPRoute shop."
    )
    assert found.related == [("manifest.yaml", *place_of(text, '"*.example.com"'), "listener web serves *.example.com")]


def test_a_wildcard_does_not_cover_the_bare_domain(lint_text: LintText) -> None:
    text = hosts("shop.example.com", "example.com") + gateway(listener("*.example.com"))
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.place) == ("apex", place_of(text, '"example.com"'))
    assert found.related[0][3] == "listener web serves names below example.com, not example.com itself"


def test_none_of_them(lint_text: LintText) -> None:
    text = hosts("a.example.org", "b.example.org", kind="GRPCRoute") + gateway(listener("*.example.com"))
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.severity, found.place) == ("none-served", "error", place_of(text, '"a.example.org"'))
    assert found.message == (
        "No listener of Gateway public serves a.example.org, b.example.org: GRPCRoute shop is refused and gets no traffic."
    )
    assert [words for *_, words in found.related] == ["not served either", "listener web serves *.example.com"]


def test_a_second_parent_that_has_none_of_them(lint_text: LintText) -> None:
    parents = "[{name: public, sectionName: web}, {name: public, sectionName: lan}]"
    text = hosts("shop.example.com", parents=parents)
    text += gateway(listener("*.example.com"), listener("*.internal", "lan"))
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.severity) == ("idle-parent", "warning")
    assert found.place == place_of(text, "public", nth=2)
    assert found.message == "Gateway public refuses HTTPRoute shop: none of its listeners serves shop.example.com."


def test_every_hostname_needs_one_listener_of_any_parent(lint_text: LintText) -> None:
    parents = "[{name: public}, {name: private}]"
    text = hosts("shop.example.com", "shop.internal", parents=parents)
    text += gateway(listener("*.example.com")) + gateway(listener("*.internal"), name="private")
    assert lint_text(text, select=RULE) == []


@pytest.mark.parametrize(
    "hostname",
    ["", "shop.example.com", "*.example.com", "*.com", "*", "SHOP.example.com", "${HOST}", "shop.${DOMAIN}", "YOUR_HOST"],
)
def test_listeners_that_serve_it_or_may(lint_text: LintText, hostname: str) -> None:
    assert lint_text(hosts("shop.example.com") + gateway(listener(hostname)), select=RULE) == []


@pytest.mark.parametrize("hostname", ["a.b.example.com", "*.b.example.com", "*.com", "${HOST}", "{{ host }}"])
def test_hostnames_that_are_served_or_may_be(lint_text: LintText, hostname: str) -> None:
    assert lint_text(hosts(hostname) + gateway(listener("*.example.com")), select=RULE) == []


def test_without_hostnames_a_route_takes_those_of_the_listener(lint_text: LintText) -> None:
    assert lint_text(route(RULES) + gateway(listener("*.example.com")), select=RULE) == []


def test_a_parent_that_is_not_here_may_serve_everything(lint_text: LintText) -> None:
    text = hosts("shop.example.com", "shop.example.org", parents="[{name: public}, {name: shared, namespace: infra}]")
    assert lint_text(text + gateway(listener("*.example.com")), select=RULE) == []


def test_only_listeners_that_admit_the_route_count(lint_text: LintText) -> None:
    passthrough = "name: tls, protocol: TLS, port: 443, hostname: shop.example.org, tls: {mode: Passthrough}"
    text = hosts("shop.example.com", "shop.example.org") + gateway(listener("*.example.com"), passthrough)
    (found,) = lint_text(text, select=RULE)
    assert found.message_key == "not-served"


def test_a_route_that_no_listener_admits_has_another_problem(lint_text: LintText) -> None:
    text = hosts("shop.example.org", namespace="shop", parents="[{name: public, namespace: infra}]")
    assert lint_text(text + gateway(listener("*.example.com"), namespace="infra"), select=RULE) == []


def test_a_section_that_is_not_there_has_a_rule_of_its_own(lint_text: LintText) -> None:
    text = hosts("shop.example.org", parents="[{name: public, sectionName: http}]") + gateway(listener("*.example.com"))
    assert [found.rule for found in lint_text(text)] == ["parent-listener-not-found"]


def test_mesh_routes_ignore_hostnames(lint_text: LintText) -> None:
    text = hosts("shop.example.org", parents="[{group: '', kind: Service, name: web}]") + gateway(listener("*.example.com"))
    assert lint_text(text, select=RULE) == []


def test_routes_without_hostnames_of_their_own(lint_text: LintText) -> None:
    text = hosts("shop.example.org", kind="TCPRoute")
    assert lint_text(text + gateway("name: tcp, protocol: TCP, port: 1, hostname: a.example.com"), select=RULE) == []


def test_a_passthrough_listener_and_its_route(lint_text: LintText) -> None:
    tls = "name: tls, protocol: TLS, port: 443, hostname: '*.example.com', tls: {mode: Passthrough}"
    (found,) = lint_text(hosts("db.example.org", kind="TLSRoute") + gateway(tls), select=RULE)
    assert found.message_key == "none-served"


def test_of_several_definitions_each_must_refuse(lint_text: LintText) -> None:
    files = {
        "shop.yaml": hosts("shop.example.org"),
        "dev/gateway.yaml": gateway(listener("*.example.com")),
        "prod/gateway.yaml": gateway(listener("*.example.org")),
    }
    assert lint_text(files, select=RULE) == []


@pytest.mark.parametrize("patched", ["shop.yaml", "gateway.yaml"])
def test_a_patch_may_set_the_hostnames(lint_text: LintText, patched: str) -> None:
    files = {
        "base/kustomization.yaml": f"resources: [{patched}]\npatches: [{{path: hostnames.yaml}}]\n",
        "base/shop.yaml": hosts("shop.example.org"),
        "base/gateway.yaml": gateway(listener("*.example.com")),
        "base/hostnames.yaml": hosts("shop.example.com"),
    }
    assert lint_text(files, select=RULE) == []


def test_a_gateway_in_the_same_file_that_could_not_be_read(lint_text: LintText) -> None:
    """Its namesake in another file is not the one that is meant."""
    broken = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: public\n"
    files = {"one.yaml": broken + hosts("shop.example.org"), "other.yaml": gateway(listener("*.example.com"))}
    assert lint_text(files, select=RULE) == []
