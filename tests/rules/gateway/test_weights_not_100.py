"""weights-not-100: weights that read as percentages add up to a hundred."""

from __future__ import annotations

import pytest

from tests.conftest import LintText
from tests.rules.gateway.manifests import ROLLOUT, place_of, route, split

RULE = "weights-not-100"
KINDS = ["HTTPRoute", "GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"]


def weighted(*weights: object, **options: str) -> str:
    return split(*(f"name: web-{number}, port: 80, weight: {weight}" for number, weight in enumerate(weights, 1)), **options)


def test_the_message_says_what_each_backend_gets(lint_text: LintText) -> None:
    text = split("name: web, port: 80, weight: 80", "name: web-canary, port: 80, weight: 10")
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.severity) == ("sum", "warning")
    assert found.message == "The weights of rule 1 of HTTPRoute shop add up to 90, not 100: web 88.9 %, web-canary 11.1 %."
    assert found.place == place_of(text, "80", inside="80}")
    assert found.end_column == found.column + len("80")
    assert found.related == [("manifest.yaml", *place_of(text, "10}"), "web-canary gets 11.1 %")]
    assert found.field == "spec.rules[0].backendRefs[0].weight"


def test_every_other_weight_is_related_in_order(lint_text: LintText) -> None:
    (found,) = lint_text(weighted(60, 20, 10), select=RULE)
    assert [words for *_, words in found.related] == ["web-2 gets 22.2 %", "web-3 gets 11.1 %"]


@pytest.mark.parametrize("kind", KINDS)
def test_all_kinds_of_routes(lint_text: LintText, kind: str) -> None:
    (found,) = lint_text(weighted(80, 10, kind=kind), select=RULE)
    assert found.message.startswith(f"The weights of rule 1 of {kind} shop add up to 90")


def test_each_rule_counts_for_itself(lint_text: LintText) -> None:
    text = route(
        """
        - backendRefs: [{name: a, port: 80, weight: 50}, {name: b, port: 80, weight: 50}]
        - backendRefs: [{name: a, port: 80, weight: 50}, {name: b, port: 80, weight: 49}]
        """.replace("        - ", "- ")
    )
    (found,) = lint_text(text, select=RULE)
    assert found.message == "The weights of rule 2 of HTTPRoute shop add up to 99, not 100: a 50.5 %, b 49.5 %."


@pytest.mark.parametrize("weights", [(50, 49), (90, 11), (95, 10), (80, 10), (60, 20, 10), (120, 30), (100, 11), (60, 20, 0)])
def test_reported(lint_text: LintText, weights: tuple[int, ...]) -> None:
    assert len(lint_text(weighted(*weights), select=RULE)) == 1


@pytest.mark.parametrize(
    "weights",
    [
        (90, 10),
        (70, 30, 0),
        (100, 0),
        (50, 0),
        (0, 90),
        (50, 0, 0),
        (1, 1),
        (1, 9),
        (3, 1),
        (10, 10),
        (8, 2),
        (0, 1),
        (33, 33, 33),
        (25, 25, 25, 25),
        (16,) * 6,
        (200, 100),
        (300, 100, 0),
        (990, 10),
        (9999, 1),
        (90,),
    ],
)
def test_percentages_that_add_up_and_ratios_are_fine(lint_text: LintText, weights: tuple[int, ...]) -> None:
    assert lint_text(weighted(*weights), select=RULE) == []


def test_a_missing_weight_is_another_rules_business(lint_text: LintText) -> None:
    text = split("name: web, port: 80, weight: 80", "name: web-canary, port: 80")
    assert [found.rule for found in lint_text(text)] == ["weight-mixed-explicit-default"]


def test_zeros_are_another_rules_business(lint_text: LintText) -> None:
    assert [found.rule for found in lint_text(weighted(0, 0))] == ["weights-all-zero"]


@pytest.mark.parametrize("mode", ["percent", "strict"])
@pytest.mark.parametrize("weight", ["'${WEIGHT}'", "'{{ weight }}'", "'10'", "-10", "null"])
def test_weights_that_are_not_known_prove_nothing(lint_text: LintText, weight: str, mode: str) -> None:
    assert lint_text(weighted(80, weight), select=RULE, params={"mode": mode}) == []


@pytest.mark.parametrize("mode", ["percent", "strict"])
def test_argo_rollouts_owns_the_weights(lint_text: LintText, mode: str) -> None:
    text = split("name: web, port: 80, weight: 80", "name: web-canary, port: 80, weight: 10")
    assert lint_text(text + ROLLOUT, select=RULE, params={"mode": mode}) == []


def test_flagger_owns_the_weights(lint_text: LintText) -> None:
    text = split("name: web-primary, port: 80, weight: 80", "name: web-canary, port: 80, weight: 10")
    canary = "---\napiVersion: flagger.app/v1beta1\nkind: Canary\nmetadata: {name: web}\nspec: {targetRef: {name: web}}\n"
    assert lint_text(text + canary, select=RULE) == []


@pytest.mark.parametrize("weights", [(1, 9), (33, 33, 33), (200, 100), (990, 10)])
def test_strict_knows_no_ratios(lint_text: LintText, weights: tuple[int, ...]) -> None:
    assert len(lint_text(weighted(*weights), select=RULE, params={"mode": "strict"})) == 1


@pytest.mark.parametrize("weights", [(90, 10), (0, 0), (90,)])
def test_strict_leaves_sums_zeros_and_single_backends(lint_text: LintText, weights: tuple[int, ...]) -> None:
    assert lint_text(weighted(*weights), select=RULE, params={"mode": "strict"}) == []


def test_off(lint_text: LintText) -> None:
    assert lint_text(weighted(80, 10), select=RULE, params={"mode": "off"}) == []


def test_another_total(lint_text: LintText) -> None:
    (found,) = lint_text(weighted(900, 90), select=RULE, params={"total": 1000})
    assert "add up to 990, not 1000" in found.message
    assert lint_text(weighted(990, 10), select=RULE, params={"total": 1000}) == []
    assert len(lint_text(weighted(90, 10), select=RULE, params={"total": 1000})) == 1


def test_no_rollout_of_another_namespace(lint_text: LintText) -> None:
    text = split("name: web, port: 80, weight: 80", "name: web-canary, port: 80, weight: 10", namespace="shop")
    assert len(lint_text(text + ROLLOUT.replace("name: web}", "name: web, namespace: other}", 1), select=RULE)) == 1
