"""What `fuzz/report.py` found once: each input, cut down to what made it fail."""

from __future__ import annotations

import pytest

from tests.conftest import LintTree

COOKIE_WITHOUT_A_PATH = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  annotations:
    nginx.ingress.kubernetes.io/affinity: cookie
    nginx.ingress.kubernetes.io/session-cookie-path: /cart
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example
"""


@pytest.mark.parametrize("text", [pytest.param(COOKIE_WITHOUT_A_PATH, id="an Ingress without a path")])
def test_no_rule_fails(lint_tree: LintTree, text: str) -> None:
    report = lint_tree(text, select="ALL")
    assert [one.message for one in report.findings if one.rule == "internal-error"] == []
