"""Patterns with more ways through a text than there is time, wherever one of a manifest meets a text of a manifest."""

from __future__ import annotations

import re

import pytest

from kubelint_lb.kube.regular_expressions import trouble_of
from kubelint_lb.source.regex import bounded_regex
from tests.cli.program import Program
from tests.conftest import LintTree

_AS = "a" * 64
ENDLESS = (
    "(a+)+b",
    "(a|a)*b",
    "(a*)*b",
    "(.*.*)*b",
    f"(a?){{64}}{_AS}",
    "(?:a{1,9}){1,9}{1,9}b",
    ".*" * 12 + "b",
    "a?" * 64 + "b",
)
NOT_READ = ("(" * 5_000 + ")" * 5_000, "a{99999999999}", "(", "a**", "[z-a]", "(?P<1>a)", "\\")
TEXT = f"/{_AS}"
each = pytest.mark.parametrize("pattern", [pytest.param(one, id=one[:20]) for one in (*ENDLESS, *NOT_READ)])


@each
def test_what_takes_too_long_is_not_known(pattern: str) -> None:
    assert bounded_regex(pattern, len(TEXT)) is None


@pytest.mark.parametrize(
    "pattern",
    [
        "/api/.*", "/v[0-9]+(/|$)(.*)", "^/(foo|bar|baz)/.*\\.(js|css)$", "([0-9]{1,5}(h|m|s|ms)){1,4}", "[+*(]*", "[]a]+",
        r"\(a+\)+", "(?i)/shop", "(?P<id>[a-z]+)", "(?:/[a-z]+)?", "|".join(["word"] * 1_000), "(" * 50 + ")" * 50, "a{1000}", "",
    ],
)  # fmt: skip
def test_what_people_write_is_known(pattern: str) -> None:
    assert bounded_regex(pattern, 100) == re.compile(pattern)


@each
def test_a_target_of_a_patch(lint_tree: LintTree, pattern: str) -> None:
    service = f"apiVersion: v1\nkind: Service\nmetadata: {{name: {'a' * 60}}}\nspec: {{ports: [{{port: 80}}]}}\n"
    target = f"{{kind: Service, name: '{pattern}'}}"
    kustomization = f"resources: [web.yaml]\nnamePrefix: x-\npatches: [{{patch: 'metadata: {{}}', target: {target}}}]\n"
    report = lint_tree({"kustomization.yaml": kustomization, "web.yaml": service})
    assert "internal-error" not in {one.rule for one in report.findings}


def ingress(name: str, path: str, annotation: str) -> str:
    return f"""\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: {name}
  annotations: {{{annotation}}}
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example
      http:
        paths:
          - {{path: '{path}', pathType: ImplementationSpecific, backend: {{service: {{name: {name}, port: {{number: 80}}}}}}}}
"""


REGEX = 'nginx.ingress.kubernetes.io/use-regex: "true"'


@each
def test_paths_of_ingresses(lint_tree: LintTree, pattern: str) -> None:
    tree = {"a.yaml": ingress("web", f"/{pattern}cdefghijklmnop", REGEX), "b.yaml": ingress("api", TEXT, "")}
    report = lint_tree(tree, select="ALL")
    assert "internal-error" not in {one.rule for one in report.findings}


ROUTE = """\
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {{name: edge}}
spec: {{gatewayClassName: any, listeners: [{{name: http, port: 80, protocol: HTTP}}]}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: shop}}
spec:
  parentRefs: [{{name: edge}}]
  rules:
    - matches:
        - path: {{type: RegularExpression, value: '/{pattern}'}}
          headers: [{{type: RegularExpression, name: a, value: '{pattern}'}}]
      backendRefs: [{{name: web, port: 80}}]
"""


@each
@pytest.mark.parametrize("annotation", [REGEX, 'nginx.ingress.kubernetes.io/rewrite-target: "/$1"'])
def test_requests_are_traced(program: Program, pattern: str, annotation: str) -> None:
    program.write("route.yaml", ROUTE.format(pattern=pattern))
    program.write("ingress.yaml", ingress("web", f"/{pattern}", annotation))
    for host in ("shop.example", "other.example"):
        result = program("trace", f"http://{host}{TEXT}", ".", "--header", f"a: {TEXT}")
        assert result.code in {0, 1, 2}, result
        assert "Traceback" not in result.err, result.err


@each
def test_whether_a_data_plane_reads_a_pattern(pattern: str) -> None:
    trouble_of(pattern)
