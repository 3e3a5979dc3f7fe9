"""`trace`: a request, hop by hop, and as JSON."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import jsonschema
import pytest

from kubelint_lb.settings.schema_check import load_schema
from tests.cli.program import Program

ALL = """\
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge}
spec:
  gatewayClassName: edge
  listeners:
    - {name: http, port: 80, protocol: HTTP}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: shop}
spec:
  parentRefs: [{name: edge}]
  rules:
    - backendRefs:
        - {name: web, port: 80}
"""


def test_hop_by_hop(program: Program) -> None:
    program.write("route.yaml", ALL)
    way, *findings = program("trace", "GET http://shop.example/cart").out.split("  warning: ")
    assert [one.rpartition(" (")[2].strip() for one in findings] == [
        "affinity-behind-proxy, web.yaml:6)",
        "affinity-timeout-unbounded, web.yaml:8)",
    ]
    assert way == (
        "GET http://shop.example/cart\n"
        "  listener  Gateway edge: listener http takes every host at port 80 (HTTP)  (route.yaml:7)\n"
        "  rule      HTTPRoute shop: rule 1 takes the request  (route.yaml:15)\n"
        "  backend   web: 100 % to web  (route.yaml:16)\n"
        "  service   Service web: port 80 leads to 80 on the pods  (web.yaml:10)\n"
        "  => 100 % to Service default/web:80\n"
    )


def test_many_requests(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    program.write("route.yaml", ALL)
    monkeypatch.setattr("sys.stdin", io.StringIO('{"host": "shop.example"}\n\n{"host": "shop.example", "port": 81}\n'))
    lines = [json.loads(line) for line in program("trace", "-").out.splitlines()]
    assert len(lines[0]["findings"]) == 2
    for line in lines:
        jsonschema.validate(line, load_schema("trace.schema.json"))
    assert [line["outcome"]["kind"] for line in lines] == ["backends", "error"]
    assert lines[0]["outcome"]["backends"] == [
        {"kind": "Service", "namespace": "default", "name": "web", "port": 80, "share": 100.0}
    ]
    assert lines[1]["outcome"]["status"] == 404


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("ftp://shop.example",), "the scheme is one of"),
        (("http://shop.example:x/",), "is no request"),
        (("http://shop.example", "-H", "no header"), "write 'name: value'"),
    ],
)
def test_what_is_no_request(program: Program, arguments: tuple[str, ...], words: str) -> None:
    result = program("trace", *arguments)
    assert (result.code, words in result.err) == (2, True)


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("{", "line 1 of the requests is no JSON"),
        ("[]", "no JSON object"),
        ('{"hots": "a"}', "unknown key 'hots'"),
        ('{"host": 1}', "'host' has to be a text"),
        ('{"headers": []}', "'headers'"),
        ('{"headers": {"a": 1}}', "'headers'"),
        ('{"port": "80"}', "'port' has to be a number"),
    ],
)
def test_lines_that_are_no_request(program: Program, monkeypatch: pytest.MonkeyPatch, line: str, words: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(line))
    result = program("trace", "-")
    assert (result.code, words in result.err) == (2, True)


def test_of_several_gateways_the_one_in_the_files_that_are_named(program: Program) -> None:
    program.write("route.yaml", ALL)
    program.write("other.yaml", ALL.replace("name: edge", "name: other").replace("name: shop", "name: shop-too"))
    assert "several Gateways listen there" in program("trace", "http://shop.example").out
    assert program("trace", "http://shop.example", "other.yaml").out.splitlines()[1] == (
        "  listener  Gateway other: listener http takes every host at port 80 (HTTP)  (other.yaml:7)"
    )


def test_the_readme_says_what_is_printed(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    root = Path(__file__).resolve().parents[2]
    text = (root / "README.md").read_text(encoding="utf-8")
    found = re.search(r"cd (\S+) && kubelint-lb trace (\S+)\n```\n\n```text\n(.*?)```", text, re.DOTALL)
    assert found is not None
    monkeypatch.chdir(root / found[1])
    assert program("trace", found[2]).out == found[3]


def test_why_a_rule_won(program: Program) -> None:
    longer = "    - {matches: [{path: {value: /cart}}], backendRefs: [{name: web, port: 80}]}\n"
    program.write("route.yaml", ALL + longer)
    lines = program("trace", "http://shop.example/cart", "--why").out.splitlines()
    assert "  lost      HTTPRoute shop: rule 1 matches as well; rule 2 of shop wins: its path is longer  (route.yaml:15)" in lines
    line = json.loads(program("trace", "http://shop.example/cart", "--why", "-f", "json").out)
    jsonschema.validate(line, load_schema("trace.schema.json"))
    assert [(one["kind"], one["line"]) for one in line["lost"]] == [("lost", 15)]


INGRESS = """\
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: nginx}
spec: {controller: k8s.io/ingress-nginx}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop, namespace: shop}
spec:
  ingressClassName: nginx
  tls: [{hosts: [shop.example], secretName: tls}]
  rules:
    - host: shop.example
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: cart, port: {number: 80}}}}]}
"""


def test_redirects_are_followed_where_that_is_asked(program: Program) -> None:
    program.write("ingress.yaml", INGRESS)
    out = program("trace", "http://shop.example/a", "--follow").out
    first, second = out.split("\n\n")
    assert "=> 308, redirected to https://shop.example/a" in first
    assert second.splitlines()[0] == "GET https://shop.example/a"
    assert "=> 100 % to Service shop/cart:80" in second


def test_ingresses_of_a_class(program: Program) -> None:
    program.write("ingress.yaml", INGRESS)
    assert "no Ingress has a rule" in program("trace", "https://shop.example/", "--class", "other").out
    assert "100 % to Service shop/cart:80" in program("trace", "https://shop.example/", "--class", "nginx").out


def test_a_wrong_address_of_a_client(program: Program) -> None:
    found = program("trace", "https://shop.example/", "--from", "10.0.0")
    assert found.code == 2
    assert "'10.0.0' is no address of a client" in found.err


def test_the_readme_shows_what_the_picture_is(program: Program) -> None:
    root = Path(__file__).resolve().parents[2]
    text = (root / "README.md").read_text(encoding="utf-8")
    (shown,) = re.findall(r"^```mermaid\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    assert program("graph", str(root / "examples" / "fixed-shop"), "--focus", "shop.lantern.example").out == shown
