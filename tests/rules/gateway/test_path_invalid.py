"""path-invalid: words that come near to one that is allowed are put right."""

from __future__ import annotations

import pytest

from tests.conftest import LintText

ROUTE = """\
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: web, namespace: shop}}
spec:
  parentRefs: [{{name: edge}}]
  rules:
    - matches: [{{path: {{type: {kind}, value: /cart}}, method: {method}}}]
      backendRefs: [{{name: web, port: 80}}]
"""


@pytest.mark.parametrize(
    ("kind", "method", "fixed"),
    [("Prefix", "GET", "PathPrefix"), ("exact", "GET", "Exact"), ("pathprefix", "GET", "PathPrefix"), ("Exact", "get", "GET")],
)
def test_the_word_that_is_meant(lint_text: LintText, kind: str, method: str, fixed: str) -> None:
    (found,) = lint_text(ROUTE.format(kind=kind, method=method), select="path-invalid")
    assert found.message_key == "near"
    assert found.finding.fix is not None
    assert [edit.text for edit in found.finding.fix.edits] == [fixed]


def test_a_type_of_ingresses_has_no_fix(lint_text: LintText) -> None:
    (found,) = lint_text(ROUTE.format(kind="ImplementationSpecific", method="GET"), select="path-invalid")
    assert (found.message_key, found.finding.fix) == ("value", None)
