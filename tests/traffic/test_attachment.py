"""Which listeners of its parent a route attaches to."""

from __future__ import annotations

import pytest

from kubelint_lb.kube.gateway import Gateway
from kubelint_lb.kube.route import Route
from kubelint_lb.traffic.attachment import Attachment, Attachments, serves
from tests.unit_of import named, thing, world_of

API = "gateway.networking.k8s.io/v1"
HTTP = "{name: web, protocol: HTTP, port: 80}"


def attached(
    *listeners: str,
    parent: str = "name: public",
    kind: str = "HTTPRoute",
    gateway: str = "infra",
    namespace: str = "infra",
    more: str = "",
    labels: str = "{}",
) -> Attachment:
    shop = thing(API, kind, "shop", namespace, f"spec: {{parentRefs: [{{{parent}}}]}}")
    world = world_of(
        thing(API, "Gateway", "public", gateway, f"spec: {{gatewayClassName: x, listeners: [{', '.join(listeners)}]}}")
        + shop.replace("name: shop", f"name: shop, labels: {labels}", 1)
        + more
    )
    holder, view = named(world, "Gateway", "public"), named(world, kind, "shop")
    assert isinstance(holder, Gateway)
    assert isinstance(view, Route)
    return world.objects.of(Attachments).attach(view, view.parents[0], holder)


def addressed(parent: str, *listeners: str) -> list[str]:
    return [listener.name for listener in attached(*listeners, parent=parent).addressed]


def test_without_section_and_port_every_listener_is_addressed() -> None:
    assert addressed("name: public", HTTP, "{name: tls, protocol: HTTPS, port: 443}") == ["web", "tls"]


def test_section_and_port_choose() -> None:
    listeners = ("{name: a, protocol: HTTP, port: 80}", "{name: b, protocol: HTTP, port: 8080}")
    assert addressed("name: public, sectionName: b", *listeners) == ["b"]
    assert addressed("name: public, port: 80", *listeners) == ["a"]
    assert addressed("name: public, sectionName: b, port: 80", *listeners) == []


def test_placeholders_may_address_every_listener() -> None:
    assert addressed("name: public, sectionName: '${LISTENER}'", HTTP) == ["web"]
    assert addressed("name: public, sectionName: web", "{name: '${X}', protocol: HTTP, port: 80}") == ["${X}"]
    assert addressed("name: public, port: 8080", "{name: web, protocol: HTTP, port: '${PORT}'}") == ["web"]


@pytest.mark.parametrize(
    ("listener", "kinds"),
    [
        ("protocol: HTTP", {"HTTPRoute", "GRPCRoute"}),
        ("protocol: HTTPS", {"HTTPRoute", "GRPCRoute"}),
        ("protocol: TLS, tls: {mode: Passthrough}", {"TLSRoute"}),
        ("protocol: TLS", {"TLSRoute", "TCPRoute"}),
        ("protocol: TCP", {"TCPRoute"}),
        ("protocol: UDP", {"UDPRoute"}),
        ("protocol: http", set()),
        ("protocol: HTTP, allowedRoutes: {kinds: [{kind: GRPCRoute}]}", {"GRPCRoute"}),
        ("protocol: HTTP, allowedRoutes: {kinds: [{kind: TCPRoute}]}", set()),
        ("protocol: HTTP, allowedRoutes: {kinds: [{group: example.com, kind: HTTPRoute}]}", set()),
    ],
)
def test_a_protocol_carries_kinds_of_routes(listener: str, kinds: set[str]) -> None:
    routes = ("HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute")
    entry = f"{{name: web, port: 80, {listener}}}"
    assert {kind for kind in routes if attached(entry, kind=kind).allowing} == kinds


def test_a_protocol_of_an_implementations_own_may_carry_anything() -> None:
    answer = attached("{name: web, protocol: example.com/quic, port: 80}")
    assert len(answer.allowing) == 1
    assert not answer.certain


def test_by_default_only_the_same_namespace_may_attach() -> None:
    assert attached(HTTP).allowing
    assert attached(HTTP).certain
    assert not attached(HTTP, namespace="shop").allowing


def test_an_unset_namespace_may_be_the_same() -> None:
    answer = attached(HTTP, namespace="")
    assert answer.allowing
    assert not answer.certain


def allowing(namespaces: str, *, more: str = "") -> tuple[bool, bool]:
    """Whether a route of namespace `shop` may attach, and whether that is certain."""
    listener = f"{{name: web, protocol: HTTP, port: 80, allowedRoutes: {{namespaces: {namespaces}}}}}"
    answer = attached(listener, namespace="shop", more=more)
    return bool(answer.allowing), answer.certain


def test_who_may_attach() -> None:
    assert allowing("{from: All}") == (True, True)
    assert allowing("{from: Same}") == (False, True)
    assert allowing("{from: Selector}") == (False, True)
    assert allowing("{from: None}") == (False, True)


def test_every_namespace_has_its_name_as_a_label() -> None:
    by_name = "{{from: Selector, selector: {{matchLabels: {{kubernetes.io/metadata.name: {}}}}}}}"
    assert allowing(by_name.format("shop")) == (True, True)
    assert allowing(by_name.format("other")) == (False, True)


def test_other_labels_are_known_from_the_namespace_object_only() -> None:
    by_label = "{from: Selector, selector: {matchLabels: {routes: public}}}"
    assert allowing(by_label) == (True, False)
    labelled = "---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop, labels: {routes: public}}\n"
    assert allowing(by_label, more=labelled) == (True, True)


def test_labels_that_a_namespace_object_lacks_may_be_set_by_somebody_else() -> None:
    by_label = "{from: Selector, selector: {matchLabels: {routes: public}}}"
    assert allowing(by_label, more="---\napiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n") == (True, False)


def test_labels_of_the_route_play_no_part() -> None:
    """Not even where they would satisfy the selector, which is for namespaces."""
    by_name = "{from: Selector, selector: {matchLabels: {kubernetes.io/metadata.name: other}}}"
    listener = f"{{name: web, protocol: HTTP, port: 80, allowedRoutes: {{namespaces: {by_name}}}}}"
    assert not attached(listener, namespace="shop", labels="{kubernetes.io/metadata.name: other}").allowing


def test_one_listener_that_admits_is_enough() -> None:
    open_listener = "{name: open, protocol: HTTP, port: 81, allowedRoutes: {namespaces: {from: All}}}"
    answer = attached(HTTP, open_listener, namespace="shop")
    assert [listener.name for listener in answer.allowing] == ["open"]


def test_kinds_without_hostnames_are_always_served() -> None:
    world = world_of(
        thing(API, "Gateway", "public", body="spec: {listeners: [{name: a, protocol: TCP, port: 1, hostname: a.example.com}]}")
        + thing("gateway.networking.k8s.io/v1", "TCPRoute", "shop", body="spec: {hostnames: [b.example.com]}")
    )
    gateway, shop = named(world, "Gateway", "public"), named(world, "TCPRoute", "shop")
    assert isinstance(gateway, Gateway)
    assert isinstance(shop, Route)
    assert serves(gateway.listeners[0], shop, "b.example.com") is True


def test_routes_of_two_namespaces_get_an_answer_each() -> None:
    gateway = thing(
        API, "Gateway", "public", "infra", "spec: {gatewayClassName: x, listeners: [{name: web, protocol: HTTP, port: 80}]}"
    )
    parent = "spec: {parentRefs: [{name: public, namespace: infra}]}"
    world = world_of(gateway + thing(API, "HTTPRoute", "own", "infra", parent) + thing(API, "HTTPRoute", "other", "shop", parent))
    (holder,) = (view for view in world.objects.all("Gateway") if isinstance(view, Gateway))
    answers = {
        view.name: bool(world.objects.of(Attachments).attach(view, view.parents[0], holder).allowing)
        for view in world.objects.all("HTTPRoute")
        if isinstance(view, Route)
    }
    assert answers == {"own": True, "other": False}
