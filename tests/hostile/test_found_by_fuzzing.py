"""What `fuzz/report.py` found once: each input, cut down to what made it fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from kubelint_lb.engine.run import lint
from tests.cli.program import SERVICE
from tests.conftest import LintTree, write_tree

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


def test_a_pattern_of_git_with_a_range_that_goes_backwards(tmp_path: Path) -> None:
    """Git takes it for one that nothing matches."""
    write_tree(tmp_path, {".gitignore": "web[t-f].yaml\nold\n", "web.yaml": SERVICE, "old/web.yaml": SERVICE})
    assert lint([tmp_path]).summary.files == 1
