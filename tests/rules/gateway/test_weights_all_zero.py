"""weights-all-zero: a rule that sends its traffic nowhere."""

from __future__ import annotations

import pytest

from tests.conftest import LintText
from tests.rules.gateway.manifests import ROLLOUT, place_of, route, split

RULE = "weights-all-zero"


def test_all_backends(lint_text: LintText) -> None:
    text = split("name: blue, port: 80, weight: 0", "name: green, port: 81, weight: 0")
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.severity) == ("all-zero", "error")
    assert found.place == place_of(text, "0}")
    assert found.message == "Every backend of rule 1 of HTTPRoute shop has weight 0: its requests reach no backend and fail."
    assert found.related == [("manifest.yaml", *place_of(text, "0}", nth=2), "green gets nothing either")]


def test_the_only_backend(lint_text: LintText) -> None:
    text = split("name: db, port: 5432, weight: 0", kind="TCPRoute")
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.place) == ("only-backend", place_of(text, "0}"))
    assert found.message == (
        "db, the only backend of rule 1 of TCPRoute shop, has weight 0: its connections reach no backend and fail."
    )


@pytest.mark.parametrize(
    "other", ["name: green, port: 81, weight: 1", "name: green, port: 81", "name: green, port: 81, weight: '${W}'"]
)
def test_one_backend_that_gets_traffic_or_may(lint_text: LintText, other: str) -> None:
    assert lint_text(split("name: blue, port: 80, weight: 0", other), select=RULE) == []


def test_a_redirect_needs_no_backend(lint_text: LintText) -> None:
    rule = """\
- filters: [{type: RequestRedirect, requestRedirect: {hostname: example.org}}]
  backendRefs: [{name: blue, port: 80, weight: 0}]
"""
    assert lint_text(route(rule), select=RULE) == []


def test_argo_rollouts_owns_the_weights(lint_text: LintText) -> None:
    text = split("name: web, port: 80, weight: 0", "name: web-canary, port: 80, weight: 0")
    assert lint_text(text + ROLLOUT, select=RULE) == []
