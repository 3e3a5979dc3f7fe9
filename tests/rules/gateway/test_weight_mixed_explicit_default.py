"""weight-mixed-explicit-default: a backend without a weight counts as 1."""

from __future__ import annotations

import pytest

from tests.conftest import LintText
from tests.rules.gateway.manifests import ROLLOUT, place_of, split

RULE = "weight-mixed-explicit-default"


def mixed(*weights: int | None, **options: str) -> str:
    backends = [
        f"name: web-{number}, port: 80" + (f", weight: {weight}" if weight is not None else "")
        for number, weight in enumerate(weights, 1)
    ]
    return split(*backends, **options)


def test_the_backend_without_a_weight_is_pointed_at(lint_text: LintText) -> None:
    text = split("name: web, port: 80, weight: 80", "name: web-canary, port: 80")
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.severity) == ("default-of-one", "warning")
    assert found.place == place_of(text, "web-canary")
    assert found.message == (
        "web-canary in rule 1 of HTTPRoute shop has no weight and counts as 1: web 98.8 %, web-canary 1.2 %."
    )
    assert found.related == [("manifest.yaml", *place_of(text, "80}"), "web gets 98.8 %")]


def test_one_finding_for_a_rule(lint_text: LintText) -> None:
    text = mixed(90, None, 10, None)
    (found,) = lint_text(text, select=RULE)
    assert found.place == place_of(text, "web-2")
    assert [words for *_, words in found.related] == ["web-1 gets 88.2 %", "web-3 gets 9.8 %", "web-4 gets 0.98 %"]


@pytest.mark.parametrize("weights", [(None, None), (0, None), (1, None), (1, 0, None), (90, 10), (90,), (None,)])
def test_weights_that_say_what_is_meant(lint_text: LintText, weights: tuple[int | None, ...]) -> None:
    assert lint_text(mixed(*weights), select=RULE) == []


def test_the_smallest_weight_that_counts_is_a_parameter(lint_text: LintText) -> None:
    assert len(lint_text(mixed(9, None), select=RULE)) == 1
    assert lint_text(mixed(9, None), select=RULE, params={"min-explicit": 10}) == []


@pytest.mark.parametrize("kind", ["GRPCRoute", "TLSRoute", "TCPRoute", "UDPRoute"])
def test_all_kinds_of_routes(lint_text: LintText, kind: str) -> None:
    assert len(lint_text(mixed(80, None, kind=kind), select=RULE)) == 1


def test_a_weight_of_null_is_unset(lint_text: LintText) -> None:
    text = split("name: web, port: 80, weight: 80", "name: web-canary, port: 80, weight: null")
    assert len(lint_text(text, select=RULE)) == 1


def test_argo_rollouts_writes_the_weights(lint_text: LintText) -> None:
    text = split("name: web, port: 80, weight: 80", "name: web-canary, port: 80")
    assert lint_text(text + ROLLOUT, select=RULE) == []


def test_a_placeholder_may_be_anything(lint_text: LintText) -> None:
    assert lint_text(split("name: web, port: 80, weight: '${W}'", "name: web-canary, port: 80"), select=RULE) == []


def test_a_patch_may_add_the_weight(lint_text: LintText) -> None:
    files = {
        "base/kustomization.yaml": "resources: [route.yaml]\n",
        "base/route.yaml": mixed(80, None),
        "prod/kustomization.yaml": "resources: [../base]\npatches: [{path: weights.yaml}]\n",
        "prod/weights.yaml": mixed(80, 20),
    }
    assert lint_text(files, select=RULE) == []
