"""Which routes meet at a listener."""

from __future__ import annotations

from kubelint_lb.kube.route import Route
from kubelint_lb.traffic.meetings import Meetings
from tests.unit_of import thing, world_of

GATEWAY = thing(
    "gateway.networking.k8s.io/v1", "Gateway", "edge", "shop",
    "spec: {gatewayClassName: a, listeners: [{name: http, port: 80, protocol: HTTP}, {name: db, port: 5432, protocol: TCP},"
    " {name: own, port: 81, protocol: example.com/own}]}",
)  # fmt: skip


def route(kind: str, name: str, parent: str = "name: edge", namespace: str = "shop") -> str:
    return thing("gateway.networking.k8s.io/v1", kind, name, namespace, f"spec: {{parentRefs: [{{{parent}}}], rules: []}}")


def meetings(*routes: str) -> dict[str, list[str]]:
    """The names of the routes at each listener."""
    world = world_of(GATEWAY + "".join(routes))
    found: dict[str, list[str]] = {"http": [], "db": [], "own": []}
    for view in world.objects.all("Route"):
        for meeting in world.objects.of(Meetings).of_route(view) if isinstance(view, Route) else ():
            found[meeting.listener.name].append(view.name)
    return found


def test_routes_meet_where_protocol_section_and_namespace_let_them() -> None:
    found = meetings(
        route("HTTPRoute", "one"),
        route("HTTPRoute", "two", "name: edge, sectionName: http"),
        route("HTTPRoute", "other-section", "name: edge, sectionName: db"),
        route("TCPRoute", "three"),
        route("HTTPRoute", "other-namespace", "name: edge, namespace: shop", namespace="other"),
        route("HTTPRoute", "other-gateway", "name: elsewhere"),
    )
    # A protocol of an implementation's own may take any kind: nothing is sure there.
    assert found == {"http": ["one", "two"], "db": ["three"], "own": []}


def test_sections_tell_for_sure() -> None:
    found = meetings(
        route("HTTPRoute", "one", "name: edge, sectionName: http"), route("HTTPRoute", "two", "name: edge, port: 80")
    )
    assert found == {"http": ["one", "two"], "db": [], "own": []}
