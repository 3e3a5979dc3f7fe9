"""One text that stands for several objects or fields is one finding, which names the others."""

from __future__ import annotations

from tests.conftest import LintTree
from tests.engine.slips import places, rules

INGRESS = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: blog}
spec:
  ingressClassName: traefik
  rules:
    - host: a.example
      http:
        paths:
          - {path: /, pathType: Prefix, backend: &backend {service: {name: blog, port: {number: 8080}}}}
          - {path: /feed, pathType: Prefix, backend: *backend}
---
apiVersion: v1
kind: Service
metadata: {name: blog}
spec: {selector: {app: blog}, ports: [{port: 80, targetPort: 9090}]}
"""
LIST = """\
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Service
    metadata: {name: a}
    spec: &spec
      selector: {app: web}
      ports: [{port: 80}, {name: b, port: 81}]
  - {apiVersion: v1, kind: Service, metadata: {name: b}, spec: *spec}
  - {apiVersion: v1, kind: Service, metadata: {name: c}, spec: *spec}
"""


def test_an_alias_in_one_object(lint_tree: LintTree) -> None:
    report = lint_tree(INGRESS, select="ingress-backend-port-not-found")
    assert places(report) == [("manifest.yaml", 10, 97)]
    (found,) = report.findings
    assert found.field == "spec.rules[0].http.paths[0].backend.service.port.number"
    assert found.message.endswith(" The same text stands in its spec.rules[0].http.paths[1].backend.service.port.number.")


def test_an_anchor_that_several_objects_use(lint_tree: LintTree) -> None:
    report = lint_tree(LIST, select="service-port-invalid")
    assert (rules(report), places(report)) == (["service-port-invalid[unnamed]"], [("manifest.yaml", 9, 22)])
    assert report.findings[0].message == (
        "Service a has more than one port, and port 80 has no name: the API server refuses it. "
        "The same text stands in Service b and Service c."
    )


def test_many_are_counted(lint_tree: LintTree) -> None:
    more = "".join(
        f"  - {{apiVersion: v1, kind: Service, metadata: {{name: {name}}}, spec: *spec}}\n" for name in ("d", "e", "f", "g")
    )
    (found,) = lint_tree(LIST + more, select="service-port-invalid").findings
    assert found.message.endswith(" The same text stands in Service b, Service c, Service d and 3 more.")


def test_two_problems_of_one_text_stay_two(lint_tree: LintTree) -> None:
    service = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {selector: {app: a}, ports: [{port: 80}]}\n"
    report = lint_tree("# kubelint-lb: ignore[no-such-rule, nor-such-a-one] because\n" + service)
    assert len(report.findings) == 2
    assert all("The same text" not in one.message for one in report.findings)
