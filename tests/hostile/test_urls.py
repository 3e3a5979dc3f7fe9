"""URLs that no library reads: a mistake of whoever asks, and nowhere where a manifest has it."""

from __future__ import annotations

import pytest

from tests.cli.program import Program

INGRESS = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  annotations: {{nginx.ingress.kubernetes.io/permanent-redirect: "{url}"}}
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example
      http: {{paths: [{{path: /, pathType: Prefix, backend: {{service: {{name: web, port: {{number: 80}}}}}}}}]}}
"""
URLS = ["http://[", "http://shop.example:999999/", "http://shop.example:x/", "http://[::1", "//[", ":", ""]
each = pytest.mark.parametrize("url", URLS)


@each
def test_a_request_that_is_none(program: Program, url: str) -> None:
    result = program("trace", url, ".")
    assert (result.code in {0, 1, 2}, "Traceback" in result.err) == (True, False), result.err


@each
def test_a_redirect_that_leads_nowhere(program: Program, url: str) -> None:
    program.write("ingress.yaml", INGRESS.format(url=url))
    result = program("trace", "http://shop.example/", ".", "--follow")
    assert (result.code in {0, 1, 2}, "Traceback" in result.err) == (True, False), result.err


@each
def test_an_expectation_of_a_redirect(program: Program, url: str) -> None:
    program.write("ingress.yaml", INGRESS.format(url="https://other.example/"))
    program.write("expect.yaml", f"tests:\n  - request: GET http://shop.example/\n    expect: {{redirect: '{url}'}}\n")
    result = program("test", "expect.yaml")
    assert (result.code, "Traceback" in result.err) == (1, False), result
