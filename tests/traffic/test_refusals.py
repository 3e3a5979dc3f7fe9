"""Patches that nothing applies are no objects that lack fields."""

from __future__ import annotations

import pytest

from tests.conftest import LintText, LintTree

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


@pytest.mark.parametrize(
    "text",
    [
        "apiVersion: autoscaling/v2\nkind: HorizontalPodAutoscaler\nmetadata: {name: web}\nspec: {minReplicas: 2}\n",
        "apiVersion: batch/v1\nkind: CronJob\nmetadata: {name: web}\nspec: {suspend: true}\n",
        "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: edge}\nspec: {infrastructure: {}}\n",
        "apiVersion: v1\nkind: Service\nmetadata: {name: web, annotations: {a: b}}\n",
        f"{DEPLOYMENT}spec: {{template: {{spec: {{containers: [{{name: web, $patch: delete}}]}}}}}}\n",
        f"{DEPLOYMENT}$patch: delete\n",
    ],
)
def test_patches_of_other_kinds_lack_nothing(lint_text: LintText, text: str) -> None:
    assert lint_text(text, select="api_server") == []


OPENSHIFT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
  annotations:
    image.openshift.io/triggers: '[]'
spec:
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: ' '}]}}
"""


def test_an_image_that_a_trigger_fills_in(lint_text: LintText) -> None:
    """OpenShift's admission writes the image before the object is validated."""
    assert lint_text(OPENSHIFT, select="api_server") == []
    plain = OPENSHIFT.replace("image.openshift.io/triggers", "example.com/triggers")
    assert [one.rule for one in lint_text(plain, select="api_server")] == ["field-value"]


def test_what_is_wrong_in_a_fragment_is_wrong(lint_text: LintText) -> None:
    seen = lint_text(DEPLOYMENT + "spec: {replicas: three}\n")
    assert [(one.rule, one.place) for one in seen] == [("field-type", (4, 18))]


def test_one_field_that_is_missing_is_a_mistake(lint_text: LintText) -> None:
    pods = "template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: web}]}}"
    seen = lint_text(f"{DEPLOYMENT}spec: {{{pods}}}\n")
    assert [(one.rule, one.place) for one in seen] == [("field-required", (4, 1))]


def test_a_value_that_a_replacement_may_write_is_left_alone(lint_tree: LintTree) -> None:
    """Read file by file, for want of a tool: `DOMAIN` is there to be replaced, but a misspelt field stays one."""
    ingress = """\
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: web}
        spec:
          ingresClassName: nginx
          rules: [{host: web.DOMAIN.example, http: {paths: []}}]
        """
    kustomization = """\
        resources: [ingress.yaml]
        replacements:
          - source: {kind: ConfigMap, name: params, fieldPath: data.domain}
            targets: [{select: {kind: Ingress}, fieldPaths: [spec.rules.0.host], options: {delimiter: ".", index: 1}}]
        """
    report = lint_tree({"ingress.yaml": ingress, "kustomization.yaml": kustomization}, select="api_server")
    assert [(one.rule, one.location.span.line) for one in report.findings] == [("unknown-field", 5)]
