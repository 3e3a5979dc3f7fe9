"""route-rule-without-backends: every request that the rule matches fails, and the status is green."""

from __future__ import annotations

import pytest

from tests.conftest import LintText
from tests.rules.gateway.manifests import place_of, route

RULE = "route-rule-without-backends"
MATCH = "- matches: [{path: {value: /a}}]\n"


def test_no_backends(lint_text: LintText) -> None:
    text = route(MATCH)
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.severity, found.place) == ("no-backends", "error", place_of(text, "matches"))
    assert found.message == "There is no backend in rule 1 of HTTPRoute shop: every request it matches gets status 500."


@pytest.mark.parametrize(("written", "token"), [("[]", "[]"), ("null", "backendRefs"), ("", "backendRefs")])
def test_an_empty_list(lint_text: LintText, written: str, token: str) -> None:
    text = route(f"{MATCH}  backendRefs: {written}")
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.place) == ("no-backends", place_of(text, token))


def test_calls_fail_in_their_own_way(lint_text: LintText) -> None:
    (found,) = lint_text(route("- matches: [{method: {service: a.B}}]", kind="GRPCRoute"), select=RULE)
    assert found.message_key == "no-calls"
    assert found.message == "There is no backend in rule 1 of GRPCRoute shop: every call it matches fails with UNAVAILABLE."


def test_no_rules_are_one_rule_for_everything(lint_text: LintText) -> None:
    text = route("")
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.place) == ("no-rules", place_of(text, "spec"))
    assert lint_text(route("", kind="GRPCRoute"), select=RULE) == []


@pytest.mark.parametrize(
    "filters", ["RequestMirror, requestMirror: {backendRef: {name: b, port: 80}}", "URLRewrite", "RequestHeaderModifier", "CORS"]
)
def test_filters_that_answer_nothing(lint_text: LintText, filters: str) -> None:
    assert len(lint_text(route(f"{MATCH}  filters: [{{type: {filters}}}]"), select=RULE)) == 1


@pytest.mark.parametrize("filters", ["RequestRedirect", "ExtensionRef", "example.com/Teapot", "'${FILTER}'"])
def test_filters_that_answer_or_may(lint_text: LintText, filters: str) -> None:
    assert lint_text(route(f"{MATCH}  filters: [{{type: {filters}}}]"), select=RULE) == []


@pytest.mark.parametrize(
    "parents",
    ["", "[{group: '', kind: Service, name: shop}]", "[{kind: HTTPRoute, name: parent}]", "[]"],
)
def test_only_behind_a_gateway(lint_text: LintText, parents: str) -> None:
    assert lint_text(route(MATCH, parents=parents), select=RULE) == []


@pytest.mark.parametrize("parent", ["kind: ListenerSet, name: shop", "group: '', kind: Service, name: shop}, {name: public"])
def test_a_listener_set_is_a_gateway_too_and_one_of_several_is_enough(lint_text: LintText, parent: str) -> None:
    assert len(lint_text(route(MATCH, parents=f"[{{{parent}}}]"), select=RULE)) == 1


@pytest.mark.parametrize("backends", ["'{{ backends }}'", "[{name: a, port: 80}]", "['${BACKEND}']"])
def test_backends_or_what_may_become_some(lint_text: LintText, backends: str) -> None:
    assert lint_text(route(f"{MATCH}  backendRefs: {backends}"), select=RULE) == []


def test_a_patch_may_add_backends(lint_text: LintText) -> None:
    files = {
        "kustomization.yaml": "resources: [route.yaml]\npatches: [{path: backends.yaml}]\n",
        "route.yaml": route(MATCH),
        "backends.yaml": route(MATCH + "  backendRefs: [{name: a, port: 80}]"),
    }
    assert lint_text(files, select=RULE) == []
