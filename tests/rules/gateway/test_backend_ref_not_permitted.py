"""backend-ref-not-permitted: a backend in another namespace needs a ReferenceGrant there."""

from __future__ import annotations

import pytest

from tests.conftest import LintText
from tests.rules.gateway.manifests import metadata, place_of, route, service, split

RULE = "backend-ref-not-permitted"
SHOP = split("name: checkout, namespace: payment, port: 80", namespace="shop")
CHECKOUT = service("checkout", namespace="payment")
FROM_SHOP = "{group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop}"
TO_SERVICES = "{group: '', kind: Service}"


def grant(sources: str = FROM_SHOP, targets: str = TO_SERVICES, namespace: str = "payment") -> str:
    head = f"---\napiVersion: gateway.networking.k8s.io/v1beta1\nkind: ReferenceGrant\n{metadata('open', namespace)}"
    return f"{head}spec:\n  from: [{sources}]\n  to: [{targets}]\n"


def test_no_grant(lint_text: LintText) -> None:
    text = SHOP + CHECKOUT
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.severity, found.place) == ("no-grant", "error", place_of(text, "payment"))
    assert found.message == (
        "No ReferenceGrant in namespace payment lets HTTPRoutes of shop use Service payment/checkout: "
        "its share of rule 1 of HTTPRoute shop/shop fails."
    )
    assert found.related == [("manifest.yaml", *place_of(text, "checkout", nth=2), "the backend in the other namespace")]


@pytest.mark.parametrize(
    ("document", "field", "needs"),
    [
        (grant(FROM_SHOP.replace("HTTPRoute", "GRPCRoute")), "from.kind", 'needs "HTTPRoute" here'),
        (grant(FROM_SHOP.replace("shop", "store")), "from.namespace", 'needs "shop" here'),
        (grant(targets="{group: core, kind: Service}"), "to.group", 'needs "" here'),
        (grant(targets="{group: '', kind: Service, name: orders}"), "to.name", 'needs "checkout" here'),
    ],
)
def test_a_grant_that_differs_in_one_thing(lint_text: LintText, document: str, field: str, needs: str) -> None:
    (found,) = lint_text(SHOP + document, select=RULE)
    assert found.message_key == "grant-differs"
    assert f"but its {field} differs" in found.message
    assert [words for *_, words in found.related] == [needs]


def test_a_grant_in_the_routes_own_namespace(lint_text: LintText) -> None:
    (found,) = lint_text(SHOP + CHECKOUT + grant(namespace="shop"), select=RULE)
    assert found.message_key == "grant-in-own-namespace"
    assert found.message.startswith("ReferenceGrant open stands in shop, but only one in payment can permit")
    assert found.related[0][3] == 'needs "payment" here'


@pytest.mark.parametrize("document", [grant(), grant(targets="{group: '', kind: Service, name: checkout}"), grant(namespace="")])
def test_a_grant_that_permits_or_may(lint_text: LintText, document: str) -> None:
    assert lint_text(SHOP + CHECKOUT + document, select=RULE, complete=True) == []


def test_a_grant_may_be_anywhere_in_the_tree(lint_text: LintText) -> None:
    files = {"shop/route.yaml": SHOP, "payment/checkout.yaml": CHECKOUT, "platform/grants.yaml": grant()}
    assert lint_text(files, select=RULE) == []


def test_the_grant_is_for_the_routes_own_kind(lint_text: LintText) -> None:
    text = split("name: checkout, namespace: payment, port: 80", namespace="shop", kind="GRPCRoute")
    assert [found.message_key for found in lint_text(text + CHECKOUT + grant(), select=RULE)] == ["grant-differs"]


def test_a_namespace_of_which_nothing_is_here_keeps_its_own_grants(lint_text: LintText) -> None:
    assert lint_text(SHOP, select=RULE) == []
    assert lint_text(SHOP + service("orders", namespace="payment"), select=RULE) == []
    assert len(lint_text(SHOP, select=RULE, complete=True)) == 1


@pytest.mark.parametrize(("own", "other"), [("payment", "payment"), ("", "payment"), ("'${NS}'", "payment"), ("shop", "'${NS}'")])
def test_namespaces_that_may_be_the_same(lint_text: LintText, own: str, other: str) -> None:
    text = split(f"name: checkout, namespace: {other}, port: 80", namespace=own)
    assert lint_text(text + CHECKOUT, select=RULE, complete=True) == []


def test_a_backend_without_weight_and_the_backends_of_filters(lint_text: LintText) -> None:
    backend = "{name: checkout, namespace: payment, port: 80}"
    text = route(
        f"- filters: [{{type: RequestMirror, requestMirror: {{backendRef: {backend}}}}}, "
        f"{{type: ExternalAuth, externalAuth: {{backendRef: {backend}}}}}]\n"
        "  backendRefs: [{name: web, port: 80}, {name: checkout, namespace: payment, port: 80, weight: 0}]",
        namespace="shop",
    )
    found = lint_text(text + CHECKOUT, select=RULE)
    assert [(one.message_key, one.severity) for one in found] == [
        ("mirror", "warning"),
        ("auth", "error"),
        ("without-weight", "warning"),
    ]


@pytest.mark.parametrize("parents", ["[{group: '', kind: Service, name: web}]", ""])
def test_mesh_routes_need_no_grant(lint_text: LintText, parents: str) -> None:
    """And a route without parents may become one."""
    text = split("name: checkout, namespace: payment, port: 80", namespace="shop", parents=parents)
    assert lint_text(text + CHECKOUT, select=RULE, complete=True) == []


def test_a_kustomization_that_moves_the_route(lint_text: LintText) -> None:
    files = {
        "a/route.yaml": SHOP,
        "b/checkout.yaml": CHECKOUT,
        "a/kustomization.yaml": "namespace: payment\nresources: [route.yaml]\n",
    }
    assert lint_text(files, select=RULE) == []


@pytest.mark.parametrize(
    ("kind", "reported"),
    [
        ("group: gateway.networking.k8s.io, kind: HTTPRoute", False),
        ("group: gateway.kgateway.dev, kind: Backend", False),
        ("group: gateway.envoyproxy.io, kind: Backend", False),
        ("group: multicluster.x-k8s.io, kind: ServiceImport", True),
        ("kind: Service", True),
    ],
)
def test_kinds_that_are_left_to_implementations(lint_text: LintText, kind: str, reported: bool) -> None:
    """kgateway delegates to routes of other namespaces and asks for no grant there."""
    text = route(f"- backendRefs: [{{{kind}, name: checkout, namespace: payment, port: 80}}]", namespace="shop")
    assert bool(lint_text(text, select=RULE, complete=True)) is reported
