"""The CRDs that the schemas are made of are ahead of the newest release: what releases have is known, too."""

from __future__ import annotations

import pytest

from tests.conftest import LintText

ROUTE = """\
apiVersion: gateway.networking.k8s.io/v1
kind: {kind}
metadata: {{name: web, namespace: shop}}
spec:
  parentRefs: [{{name: edge}}]
  rules:
    - backendRefs: [{{name: web, port: 80}}]
      sessionPersistence: {fields}
"""


@pytest.mark.parametrize("kind", ["HTTPRoute", "GRPCRoute"])
@pytest.mark.parametrize(
    "fields",
    [
        "{sessionName: shop, absoluteTimeout: 1h, idleTimeout: 10m, cookieConfig: {lifetimeType: Permanent}}",
        "{sessionName: shop, type: Header, absoluteTimeout: 1h}",
        "{cookie: {name: shop, lifetimeType: Permanent}, absoluteTimeout: 1h}",
    ],
)
def test_session_persistence_as_releases_have_it_and_as_it_will_be(lint_text: LintText, kind: str, fields: str) -> None:
    assert lint_text(ROUTE.format(kind=kind, fields=fields), select=("unknown-field", "crd-rule-broken", "field-value")) == []


def test_what_no_release_has(lint_text: LintText) -> None:
    (found,) = lint_text(ROUTE.format(kind="HTTPRoute", fields="{sessionNam: shop}"), select="unknown-field")
    assert (found.message_key, found.place) == ("near", (8, 28))
