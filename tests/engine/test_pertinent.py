"""A run about one file finds what a run about everything finds there, and looks at little else."""

from __future__ import annotations

from pathlib import Path

import pytest

from kubelint_lb.engine.run import lint
from kubelint_lb.report.finding import Finding
from kubelint_lb.settings.settings import Settings
from tests.conftest import write_tree
from tests.traffic.policies import NOT_WEB

ADDRESS = """\
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  ports: [{port: 80}]
  externalIPs: [10.9.8]
"""
ROUTE = """\
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web, namespace: shop}
spec:
  parentRefs: [{name: public}]
  hostnames: [web.example.com]
  rules: [{backendRefs: [{name: web, port: 8080}]}]
"""


def _found(root: Path, asked: str, *rules: str) -> list[Finding]:
    return list(lint([root / asked], Settings(root=root, select=rules)).findings)


def test_equal_findings_in_several_files_keep_their_order(tmp_path: Path) -> None:
    write_tree(tmp_path, {"a/web.yaml": ADDRESS, "b/web.yaml": ADDRESS})
    first, second = _found(tmp_path, ".", "address-format")
    assert first.fingerprint != second.fingerprint
    assert _found(tmp_path, "b/web.yaml", "address-format") == [second]


def test_a_route_elsewhere_that_misses_the_port_of_the_service(tmp_path: Path) -> None:
    write_tree(tmp_path, {"service.yaml": ADDRESS.replace("10.9.8]", "10.9.8.7]"), "route.yaml": ROUTE})
    (finding,) = _found(tmp_path, "service.yaml", "backend-ref-port-not-in-service")
    assert (finding.location.path, finding.location.span.line) == ("route.yaml", 7)
    assert finding.related[0].location.path == "service.yaml"


def test_a_policy_elsewhere_that_refuses_the_service(tmp_path: Path) -> None:
    pytest.importorskip("cel", reason="common-expression-language is not installed")
    write_tree(tmp_path, {"service.yaml": ADDRESS, "policy.yaml": NOT_WEB})
    (finding,) = _found(tmp_path, "service.yaml", "admission-policy-refuses")
    assert finding.location.path == "service.yaml"
