"""Kinds of the user's own that have a pod template."""

from __future__ import annotations

from kubelint_lb.kube.kinds import GroupKind
from tests.conftest import LintText

FLEET = """\
    apiVersion: apps.example.com/v1
    kind: Fleet
    metadata: {name: web}
    spec:
      pods:
        metadata: {labels: {app: web}}
        spec: {containers: [{name: web, image: "registry.example/web:1", ports: [{name: http, containerPort: 8080}]}]}
    ---
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec:
      selector: {app: webb}
      ports: [{port: 80, targetPort: http}]
"""


def test_a_configured_kind_has_pods_that_a_selector_can_miss(lint_text: LintText) -> None:
    (found,) = lint_text(FLEET, workloads={GroupKind("apps.example.com", "Fleet"): ("spec", "pods")})
    assert (found.rule, found.place) == ("selector-no-workload", (13, 19))


def test_without_the_configuration_its_pods_are_unknown(lint_text: LintText) -> None:
    assert lint_text(FLEET) == []
