"""What ReferenceGrants permit: all texts exact, from and to cross-multiplied, the grant in the target's namespace."""

from __future__ import annotations

import pytest

from kubelint_lb.kube.route import Route
from kubelint_lb.traffic.grants import Grants, Permission
from tests.unit_of import named, route, service, thing, world_of

SHOP = route("shop", "checkout", namespace="shop", to="payment")
FROM = "{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop}"
TO = "{group: '', kind: Service}"


def grant(sources: str = FROM, targets: str = TO, *, namespace: str = "payment", name: str = "open") -> str:
    body = f"spec: {{from: [{sources}], to: [{targets}]}}"
    return thing("gateway.networking.k8s.io/v1beta1", "ReferenceGrant", name, namespace, body)


def asked(*documents: str, shop: str = SHOP) -> Permission:
    world = world_of(shop + "".join(documents))
    view = named(world, "HTTPRoute", "shop")
    assert isinstance(view, Route)
    return world.objects.of(Grants).permission(view.rules[0].backend_refs[0].reference, view.manifest.identity)


@pytest.mark.parametrize(
    "document",
    [
        grant(),
        grant(targets="{group: '', kind: Service, name: checkout}"),
        grant(targets="{group: '', kind: Service, name: ''}"),
        grant(targets="{group: '', kind: Secret}, {group: '', kind: Service}"),
        grant(sources=f"{{group: gateway.networking.k8s.io, kind: Gateway, namespace: shop}}, {FROM}"),
        grant(sources="{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: '${NS}'}"),
        grant().replace("v1beta1", "v1"),
    ],
)
def test_grants_that_permit(document: str) -> None:
    assert asked(document).allowed is True


@pytest.mark.parametrize(
    ("document", "why", "source"),
    [
        (grant(namespace="shop"), "namespace", "shop"),
        (grant(sources=FROM.replace("HTTPRoute", "GRPCRoute")), "from-kind", "GRPCRoute"),
        (grant(sources=FROM.replace("gateway.networking.k8s.io", "networking.k8s.io")), "from-group", "networking.k8s.io"),
        (grant(sources=FROM.replace("shop", "default")), "from-namespace", "default"),
        (grant(targets="{group: '', kind: Secret}"), "to-kind", "Secret"),
        (grant(targets="{group: core, kind: Service}"), "to-group", "core"),
        (grant(targets="{group: '', kind: Service, name: orders}"), "to-name", "orders"),
    ],
)
def test_grants_that_nearly_permit_say_where_they_differ(document: str, why: str, source: str) -> None:
    answer = asked(document)
    assert answer.allowed is False
    assert answer.near is not None
    assert (answer.near.why, answer.near.node.source) == (why, source)


def test_a_grant_about_something_else_is_not_near() -> None:
    secrets = grant(FROM.replace("HTTPRoute", "Gateway"), "{group: '', kind: Secret}")
    assert asked(secrets) == Permission(allowed=False)


def test_grants_do_not_add_up_entry_by_entry() -> None:
    """The one names the route, the other the Service: neither permits."""
    one = grant(targets="{group: '', kind: Secret}", name="a")
    other = grant(sources=FROM.replace("shop", "default"), name="b")
    assert asked(one, other).allowed is False


def test_a_grant_in_a_namespace_that_is_not_known_leaves_it_open() -> None:
    assert asked(grant(namespace="")).allowed is None
    assert asked(grant(namespace="'${NS}'")).allowed is None


def refused(*documents: str | dict[str, str], shop: str = SHOP, complete: bool = False) -> bool:
    files = {"shop.yaml": shop}
    for number, document in enumerate(documents):
        files |= document if isinstance(document, dict) else {f"more-{number}.yaml": document}
    world = world_of(files, complete=complete)
    view = named(world, "HTTPRoute", "shop")
    assert isinstance(view, Route)
    return world.objects.of(Grants).refusal(view.rules[0].backend_refs[0], view) is not None


def test_a_missing_grant_is_believed_where_the_target_or_a_grant_of_its_namespace_is_here() -> None:
    assert not refused()
    assert refused(complete=True)
    assert refused(service("checkout", "payment"))
    assert refused(grant(FROM.replace("shop", "web")))
    assert not refused(service("orders", "payment"))
    assert not refused(grant(namespace="orders"))


def test_no_grant_is_needed_inside_a_namespace_or_where_one_is_not_known() -> None:
    for namespace, to in [("payment", "payment"), ("", "payment"), ("'${NS}'", "payment"), ("shop", "'${NS}'"), ("shop", "")]:
        shop = route("shop", "checkout", namespace=namespace, to=to)
        assert not refused(service("checkout", "payment"), shop=shop, complete=True)


def test_mesh_routes_need_none() -> None:
    mesh = SHOP.replace("{name: public}", "{group: '', kind: Service, name: shop}")
    both = SHOP.replace("{name: public}", "{group: '', kind: Service, name: shop}, {name: public}")
    assert not refused(shop=mesh, complete=True)
    assert refused(shop=both, complete=True)


def test_a_chart_may_bring_the_grant() -> None:
    release = thing("helm.toolkit.fluxcd.io/v2", "HelmRelease", "payment", "payment")
    assert not refused(service("checkout", "payment"), release)
    assert refused(service("checkout", "payment"), release, complete=True)


def test_a_kustomization_may_move_the_route_to_its_backend() -> None:
    moved = {"kustomization.yaml": "namespace: payment\nresources: [shop.yaml]\n"}
    kept = {"kustomization.yaml": "namespace: shop\nresources: [shop.yaml]\n"}
    assert not refused(service("checkout", "payment"), moved)
    assert refused(service("checkout", "payment"), kept)
