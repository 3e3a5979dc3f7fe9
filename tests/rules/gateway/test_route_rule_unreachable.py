"""route-rule-unreachable: between identical matches the first rule wins, and only between those."""

from __future__ import annotations

import pytest

from tests.conftest import LintText
from tests.rules.gateway.manifests import place_of, route

RULE = "route-rule-unreachable"
FIRST = "  backendRefs: [{name: first, port: 80}]\n"
SECOND = "  backendRefs: [{name: second, port: 80}]\n"


def two(one: str, other: str, kind: str = "HTTPRoute") -> str:
    """Two rules with one match each and different backends."""
    return route(f"- matches: [{one}]\n{FIRST}- matches: [{other}]\n{SECOND}", kind=kind)


def test_the_same_match_twice(lint_text: LintText) -> None:
    text = two("{path: {value: /a}}", "{path: {type: PathPrefix, value: /a}}")
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.severity, found.place) == ("unreachable", "warning", place_of(text, "/a", nth=2))
    assert found.message == "No requests get to rule 2 of HTTPRoute shop: rule 1 has the same match and comes first."
    assert found.related == [("manifest.yaml", *place_of(text, "/a"), "rule 1 takes the requests")]


def test_a_rule_without_matches_takes_what_the_root_takes(lint_text: LintText) -> None:
    text = route(f"- filters: [{{type: CORS}}]\n{FIRST}- matches: [{{path: {{value: /}}}}]\n{SECOND}")
    (found,) = lint_text(text, select=RULE)
    assert (found.place, found.related[0][1:3]) == (place_of(text, "/}", nth=1), place_of(text, "filters"))


@pytest.mark.parametrize(
    ("broad", "narrow"),
    [
        ("{path: {value: /}}", "{path: {value: /a}}"),
        ("{path: {value: /a}}", "{path: {type: Exact, value: /a}}"),
        ("{path: {value: /a}}", "{path: {value: /a}, method: GET}"),
        ("{path: {value: /a}}", "{path: {value: /a}, headers: [{name: canary, value: always}]}"),
        ("{headers: [{name: canary, value: a}]}", "{headers: [{name: canary, value: b}]}"),
        ("{path: {value: '${A}'}}", "{path: {value: '${B}'}}"),
    ],
)
def test_a_broad_rule_before_a_narrow_one_is_fine(lint_text: LintText, broad: str, narrow: str) -> None:
    assert lint_text(two(broad, narrow), select=RULE) == []
    assert lint_text(two(narrow, broad), select=RULE) == []


def test_of_prefixes_that_differ_in_a_slash_the_longer_one_may_win(lint_text: LintText) -> None:
    """Which one does depends on how an implementation counts characters."""
    assert lint_text(two("{path: {value: /a}}", "{path: {value: /a/}}"), select=RULE) == []
    assert len(lint_text(two("{path: {value: /a/}}", "{path: {value: /a}}"), select=RULE)) == 1


def test_weights_in_different_rules_make_no_split(lint_text: LintText) -> None:
    text = route("- backendRefs: [{name: web, port: 80, weight: 90}]\n- backendRefs: [{name: canary, port: 80, weight: 10}]\n")
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.place) == ("split-over-rules", place_of(text, "backendRefs", nth=2))
    assert found.message == (
        "No requests get to rule 2 of HTTPRoute shop: rule 1 has the same match, and weights in different rules make no split."
    )


def test_a_rule_pasted_twice_is_harmless(lint_text: LintText) -> None:
    rule = f"- matches: [{{path: {{value: /a}}}}]\n{FIRST}"
    (found,) = lint_text(route(rule + rule), select=RULE)
    assert (found.message_key, found.severity) == ("duplicate", "info")


def test_one_match_of_several(lint_text: LintText) -> None:
    text = route(
        f"- matches: [{{path: {{value: /a}}}}]\n{FIRST}- matches: [{{path: {{value: /b}}}}, {{path: {{value: /a}}}}]\n{SECOND}"
    )
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.severity, found.place) == ("match-taken", "info", place_of(text, "/a", nth=2))
    assert found.message.startswith("Match 2 of rule 2 of HTTPRoute shop decides nothing: rule 1")


def test_matches_taken_by_several_rules(lint_text: LintText) -> None:
    text = route(
        f"- matches: [{{path: {{value: /a}}}}]\n{FIRST}"
        f"- matches: [{{path: {{value: /b}}}}]\n{FIRST}"
        f"- matches: [{{path: {{value: /a}}}}, {{path: {{value: /b}}}}]\n{SECOND}"
    )
    (found,) = lint_text(text, select=RULE)
    assert [words for *_, words in found.related] == ["rule 1 takes the requests", "rule 2 takes the requests"]


def test_the_same_match_twice_in_one_rule_is_harmless(lint_text: LintText) -> None:
    assert lint_text(route(f"- matches: [{{path: {{value: /a}}}}, {{path: {{value: /a}}}}]\n{FIRST}"), select=RULE) == []


def test_calls(lint_text: LintText) -> None:
    text = two("{method: {service: shop.Orders}}", "{method: {service: shop.Orders}}", kind="GRPCRoute")
    (found,) = lint_text(text, select=RULE)
    assert (found.place, found.message) == (
        place_of(text, "shop.Orders", nth=2),
        "No calls get to rule 2 of GRPCRoute shop: rule 1 has the same match and comes first.",
    )


def test_matches_that_cannot_be_read_take_nothing(lint_text: LintText) -> None:
    rules = f"- matches: '{{{{ matches }}}}'\n{FIRST}- matches: ['${{MATCH}}', {{path: {{value: /a}}}}]\n{FIRST}"
    assert lint_text(route(f"{rules}- matches: [{{path: {{value: /a}}}}]\n{SECOND}"), select=RULE) == []
