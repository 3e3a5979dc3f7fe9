"""Patches that nothing applies are no objects that lack fields."""

from __future__ import annotations

import pytest

from tests.conftest import LintText

DEPLOYMENT = "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: web}\n"


@pytest.mark.parametrize(
    "spec",
    [
        "spec: {replicas: 3}\n",
        "spec: {template: {spec: {containers: [{name: web, resources: {limits: {cpu: 1}}}]}}}\n",
        "spec: {template: {metadata: {annotations: {a: b}}}}\n",
    ],
)
def test_a_fragment_lacks_nothing(lint_text: LintText, spec: str) -> None:
    assert lint_text(DEPLOYMENT + spec) == []


def test_what_is_wrong_in_a_fragment_is_wrong(lint_text: LintText) -> None:
    seen = lint_text(DEPLOYMENT + "spec: {replicas: three}\n")
    assert [(one.rule, one.place) for one in seen] == [("field-type", (4, 18))]


def test_one_field_that_is_missing_is_a_mistake(lint_text: LintText) -> None:
    pods = "template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: web}]}}"
    seen = lint_text(f"{DEPLOYMENT}spec: {{{pods}}}\n")
    assert [(one.rule, one.place) for one in seen] == [("field-required", (4, 1))]
