"""backend-ref-not-found: a backend that does not exist keeps its share, and the share fails."""

from __future__ import annotations

import pytest

from tests.conftest import LintText
from tests.rules.gateway.manifests import place_of, route, service, split

RULE = "backend-ref-not-found"


def test_the_message_gives_the_share_that_fails(lint_text: LintText) -> None:
    text = split("name: web, port: 80, weight: 80", "name: web-canray, port: 80, weight: 20")
    text += service("web") + service("web-canary", selector="{app: canary}")
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.severity, found.place) == ("near", "error", place_of(text, "web-canray"))
    assert found.message == (
        "There is no Service web-canray, only web-canary: 20 % of the requests of rule 1 of HTTPRoute shop fail."
    )
    assert found.related == [("manifest.yaml", *place_of(text, "web-canary"), "a Service with a similar name")]
    assert found.field == "spec.rules[0].backendRefs[1].name"


def test_the_only_backend(lint_text: LintText) -> None:
    (found,) = lint_text(split("name: orders, port: 80", kind="GRPCRoute", namespace="shop"), select=RULE, complete=True)
    assert found.message_key == "not-found"
    assert found.message == "There is no Service shop/orders: 100 % of the calls of rule 1 of GRPCRoute shop/shop fail."


def test_weights_that_are_not_settled(lint_text: LintText) -> None:
    text = split("name: web, port: 80, weight: '${W}'", "name: old, port: 80, weight: 10") + service("web")
    (found,) = lint_text(text, select=RULE)
    assert found.message == "There is no Service old: part of the requests of rule 1 of HTTPRoute shop fail."


def test_a_neighbour_that_is_found_is_evidence(lint_text: LintText) -> None:
    text = split("name: web, port: 80", "name: api, port: 80") + service("web")
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.place) == ("not-found", place_of(text, "api,"))
    assert "50 % of the requests" in found.message


def test_a_repository_with_routes_only_knows_nothing(lint_text: LintText) -> None:
    assert lint_text(split("name: web, port: 80", "name: api, port: 80"), select=RULE) == []


def test_a_service_in_another_directory_is_found(lint_text: LintText) -> None:
    files = {"routes/shop.yaml": split("name: web, port: 80"), "services/web.yaml": service("web")}
    assert lint_text(files, select=RULE, complete=True) == []


def test_the_same_name_in_another_namespace(lint_text: LintText) -> None:
    text = split("name: web, port: 80", namespace="shop") + service("web", namespace="payment")
    (found,) = lint_text(text, select=RULE)
    assert found.message_key == "other-namespace"
    assert found.message == (
        "There is no Service shop/web, only one in namespace payment: "
        "100 % of the requests of rule 1 of HTTPRoute shop/shop fail."
    )
    assert found.related == [("manifest.yaml", *place_of(text, "payment"), "a Service of this name in another namespace")]


def test_no_namespace_is_not_the_default_one(lint_text: LintText) -> None:
    text = split("name: web, port: 80") + service("web", namespace="default")
    assert lint_text(text, select=RULE, complete=True) == []
    text = split("name: web, port: 80", namespace="default") + service("web")
    assert lint_text(text, select=RULE, complete=True) == []


def test_without_weight_nothing_fails_yet(lint_text: LintText) -> None:
    text = split("name: web, port: 80, weight: 1", "name: old, port: 80, weight: 0") + service("web")
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.severity) == ("without-weight", "warning")


@pytest.mark.parametrize(
    ("filters", "key", "severity"),
    [
        ("type: RequestMirror, requestMirror: {backendRef: {name: gone, port: 80}}", "mirror", "warning"),
        ("type: ExternalAuth, externalAuth: {protocol: HTTP, backendRef: {name: gone, port: 80}}", "auth", "error"),
    ],
)
@pytest.mark.parametrize(
    "inside",
    ["- filters: [{%s}]\n  backendRefs: [{name: web, port: 80}]", "- backendRefs: [{name: web, port: 80, filters: [{%s}]}]"],
)
def test_backends_of_filters(lint_text: LintText, inside: str, filters: str, key: str, severity: str) -> None:
    text = route(inside % filters) + service("web")
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.severity, found.place) == (key, severity, place_of(text, "gone"))


@pytest.mark.parametrize(
    "backend",
    [
        "name: bucket, group: example.com, kind: Bucket",
        "name: pool, group: inference.networking.k8s.io, kind: InferencePool",
        "name: other, group: gateway.networking.k8s.io, kind: HTTPRoute",
    ],
)
def test_backends_that_are_no_services(lint_text: LintText, backend: str) -> None:
    assert lint_text(split(backend), select=RULE, complete=True) == []


def test_what_the_configuration_says_is_elsewhere(lint_text: LintText) -> None:
    assert lint_text(split("name: redis, port: 80"), select=RULE, complete=True, external=("redis",)) == []


def test_a_reference_that_is_not_permitted_is_not_looked_for(lint_text: LintText) -> None:
    text = split("name: checkuot, namespace: payment, port: 80", namespace="shop") + service("checkout", namespace="payment")
    found = lint_text(text, select="gateway", complete=True, external=("public",))
    assert [one.rule for one in found] == ["backend-ref-not-permitted"]


def test_flagger_makes_the_services_of_its_canary(lint_text: LintText) -> None:
    canary = "---\napiVersion: flagger.app/v1beta1\nkind: Canary\nmetadata: {name: web}\nspec: {targetRef: {name: web}}\n"
    text = split("name: web-primary, port: 80", "name: web-canary, port: 80") + canary
    assert lint_text(text, select=RULE, complete=True) == []


def test_a_release_that_is_not_rendered_may_bring_it(lint_text: LintText) -> None:
    release = "---\napiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: x, namespace: shop}\n"
    text = split("name: web, port: 80", "name: api, port: 80", namespace="shop") + service("api", namespace="shop")
    assert len(lint_text(text, select=RULE)) == 1
    assert lint_text(text + release, select=RULE) == []
