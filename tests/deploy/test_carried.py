"""Objects inside others are units of their own: judged, and kept apart from what stands around them."""

# ruff: noqa: E501 - manifests in flow style

from __future__ import annotations

import textwrap

import pytest

from tests.conftest import LintTree
from tests.engine.slips import places, rules

SERVICE = "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {selector: {app: web}, ports: [{port: 80}, {port: 81}]}}"
RULE = "service-port-invalid"


def template(*objects: str) -> str:
    head = "apiVersion: template.openshift.io/v1\nkind: Template\nmetadata: {name: web}\nobjects:\n"
    return head + "".join(f"  - {one}\n" for one in objects)


@pytest.mark.parametrize(
    "text",
    [
        template(SERVICE),
        template(SERVICE).replace("template.openshift.io/v1", "v1"),
        f"""\
        apiVersion: kubernetes.crossplane.io/v1alpha2
        kind: Object
        metadata: {{name: web}}
        spec: {{forProvider: {{manifest: {SERVICE}}}}}
        """,
        f"""\
        apiVersion: work.open-cluster-management.io/v1
        kind: ManifestWork
        metadata: {{name: web, namespace: cluster1}}
        spec: {{workload: {{manifests: [{SERVICE}]}}}}
        """,
        f"""\
        apiVersion: hive.openshift.io/v1
        kind: SelectorSyncSet
        metadata: {{name: web}}
        spec: {{resources: [{SERVICE}]}}
        """,
    ],
    ids=["Template", "old Template", "Crossplane", "ManifestWork", "Hive"],
)
def test_an_object_inside_another_is_judged_at_its_place(lint_tree: LintTree, text: str) -> None:
    text = textwrap.dedent(text)
    report = lint_tree(text, select=RULE)
    assert rules(report) == [f"{RULE}[unnamed]"] * 2
    line = text[: text.index("port: 80")].count("\n") + 1
    column = text.splitlines()[line - 1].index("port: 80") + len("port: ") + 1
    assert places(report)[0] == ("manifest.yaml", line, column)
    assert report.findings[0].object is not None
    assert report.findings[0].object.kind == "Service"


def test_it_neither_answers_what_stands_around_it_nor_is_answered(lint_tree: LintTree) -> None:
    """Around it, nothing shows that `web` is missing; inside, nobody knows what else the cluster has."""
    ingress = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: shop}\nspec: {defaultBackend: {service: {name: web, port: {number: 82}}}}\n"
    inside = "{apiVersion: networking.k8s.io/v1, kind: Ingress, metadata: {name: in}, spec: {defaultBackend: {service: {name: other, port: {number: 1}}}}}"
    other = "apiVersion: v1\nkind: Service\nmetadata: {name: other}\nspec: {selector: {app: x}, ports: [{port: 80}]}\n"
    text = "---\n".join([ingress, other, template(SERVICE.replace(", {port: 81}", ""), inside)])
    assert lint_tree(text, select="ingress-backend-service-not-found").findings == ()


def test_references_inside_one_are_followed(lint_tree: LintTree) -> None:
    service = "{apiVersion: v1, kind: Service, metadata: {name: '${NAME}'}, spec: {selector: {app: '${NAME}'}, ports: [{port: 80, targetPort: htttp}]}}"
    pods = "template: {metadata: {labels: {app: '${NAME}'}}, spec: {containers: [{name: c, ports: [{name: http, containerPort: 80}]}]}}"
    deployment = (
        f"{{apiVersion: apps/v1, kind: Deployment, metadata: {{name: '${{NAME}}'}}, spec: {{replicas: '${{{{N}}}}', {pods}}}}}"
    )
    report = lint_tree(template(service, deployment), select="target-port-unresolved")
    assert places(report) == [("manifest.yaml", 5, service.index("htttp") + 5)]


def test_objects_for_one_cluster_are_together(lint_tree: LintTree) -> None:
    """Crossplane needs an Object for each; those of one file for one cluster are one unit."""
    head = "apiVersion: kubernetes.crossplane.io/v1alpha2\nkind: Object\nmetadata: {name: NAME}\nspec:\n  providerConfigRef: {name: CLUSTER}\n"
    one = "  forProvider: {manifest: {apiVersion: v1, kind: Service, metadata: {name: a}, spec: {type: NodePort, ports: [{port: 80, nodePort: 30080}]}}}\n"
    two = one.replace("name: a", "name: b")

    def both(cluster: str) -> str:
        return head.replace("CLUSTER", "red") + one + "---\n" + head.replace("CLUSTER", cluster) + two

    assert rules(lint_tree(both("red"), select="node-port-collision")) == ["node-port-collision[taken]"]
    assert lint_tree(both("blue"), select="node-port-collision").findings == ()


def test_a_suppression_inside(lint_tree: LintTree) -> None:
    text = template(
        "apiVersion: v1\n    kind: Service\n    metadata: {name: web}\n    spec:\n      ports: [{port: 80}, {port: 81}]"
    )
    assert len(lint_tree(text, select=RULE).findings) == 2
    hidden = text.replace("      ports:", f"      # kubelint-lb: ignore[{RULE}] as it was\n      ports:")
    assert lint_tree(hidden).findings == ()
