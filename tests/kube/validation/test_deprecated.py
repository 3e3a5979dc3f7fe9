"""Versions of the Gateway API that the newest CRDs serve, and call deprecated."""

from __future__ import annotations

import pytest

from tests.conftest import LintText

ROUTE = """\
apiVersion: gateway.networking.k8s.io/{version}
kind: {kind}
metadata: {{name: mail, namespace: mail}}
spec:
  parentRefs: [{{name: edge}}]
  rules: [{{backendRefs: [{{name: mail, port: 25}}]}}]
"""


def test_a_version_that_is_deprecated(lint_text: LintText) -> None:
    (found,) = lint_text(ROUTE.format(version="v1alpha2", kind="TCPRoute"), select="api-server-warning")
    assert (found.severity, found.place) == ("info", (1, 13))
    assert "this version is deprecated, the newest release has a newer one" in found.message


@pytest.mark.parametrize(("version", "kind"), [("v1", "TCPRoute"), ("v1", "GRPCRoute"), ("v1beta1", "HTTPRoute")])
def test_versions_that_are_not(lint_text: LintText, version: str, kind: str) -> None:
    assert lint_text(ROUTE.format(version=version, kind=kind), select="api-server-warning") == []
