"""What a controller says of a problem is shown wherever the finding is, so that people find it by searching for it."""

from __future__ import annotations

import json

from kubelint_lb.catalogue.condition import Condition
from kubelint_lb.output import json_report, sarif, text
from kubelint_lb.output.style import Style
from tests.conftest import LintTree

ROUTE = """\
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: shop, namespace: shop}
spec:
  parentRefs: [{name: edge}]
  rules: [{backendRefs: [{name: cart, port: 80}]}]
---
apiVersion: v1
kind: Service
metadata: {name: car, namespace: shop}
spec: {selector: {app: cart}, ports: [{port: 80}]}
"""


def test_json_sarif_and_the_finding_name_it(lint_tree: LintTree) -> None:
    report = lint_tree(ROUTE, select="backend-ref-not-found")
    style = Style(color=False, width=100, cwd=report.root, sarif_root=report.root)
    (finding,) = report.findings
    assert finding.condition == Condition("ResolvedRefs", "False", "BackendNotFound")
    expected = {"type": "ResolvedRefs", "status": "False", "reason": "BackendNotFound"}
    assert [one["condition"] for one in json.loads(json_report.render(report, style))["findings"]] == [expected]
    results = json.loads(sarif.render(report, style))["runs"][0]["results"]
    assert [one["properties"]["condition"] for one in results] == [expected]
    assert "= condition: ResolvedRefs=False, BackendNotFound" in text.render(report, style)
