"""`test`: expectations of where requests go, held against the manifests, and today's answers recorded."""

from __future__ import annotations

import json

import pytest

from tests.cli.program import Program

SHOP = """\
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: nginx}
spec: {controller: k8s.io/ingress-nginx}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  namespace: shop
  annotations: {nginx.ingress.kubernetes.io/permanent-redirect: "https://new.example/"}
spec:
  ingressClassName: nginx
  rules: [{host: old.example, http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: a, port: {number: 80}}}}]}}]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec: {gatewayClassName: edge, listeners: [{name: http, port: 80, protocol: HTTP}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: shop, namespace: shop}
spec:
  parentRefs: [{name: edge}]
  hostnames: [shop.example]
  rules:
    - matches: [{path: {value: /old}}]
      filters:
        - {type: URLRewrite, urlRewrite: {path: {type: ReplacePrefixMatch, replacePrefixMatch: /new}}}
        - {type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: X-Shop, value: "yes"}], remove: [X-Secret]}}
        - {type: RequestMirror, requestMirror: {backendRef: {name: b, port: 80}}}
      backendRefs: [{name: a, port: 80, weight: 3}, {name: b, port: 80}]
---
apiVersion: v1
kind: Service
metadata: {name: a, namespace: shop}
spec: {selector: {app: a}, ports: [{port: 80}]}
---
apiVersion: v1
kind: Service
metadata: {name: b, namespace: shop}
spec: {selector: {app: b}, ports: [{port: 80}]}
"""
HOLDS = """\
tests:
  - request: GET http://shop.example/old/x
    expect:
      backends: {"shop/a:80": 75, shop/b: 25}
      path: /new/x
      headers: {X-Shop: "yes"}
      removed-headers: [x-secret]
      mirrors: [shop/b]
      reachable: true
  - request: http://shop.example/
    expect: {status: 404, reachable: false}
  - request: http://old.example/
    class: nginx
    expect: {redirect: "https://new.example", status: 301}
"""


def one(expect: str, request: str = "http://shop.example/old/x") -> str:
    return f"tests:\n  - request: {request}\n    expect: {{{expect}}}\n"


def test_all_hold(program: Program) -> None:
    program.write("k8s/shop.yaml", SHOP)
    program.write("kubelint-lb-tests.yaml", HOLDS)
    found = program("test")
    assert (found.code, found.err) == (0, "kubelint-lb: 3 of 3 expectations hold\n")


@pytest.mark.parametrize(
    ("expect", "words"),
    [
        ("backend: shop/a", "expected shop/a, but it is 75 % to shop/a:80 and 25 % to shop/b:80."),
        ('backends: {"shop/a": 80, "shop/b": 20}', "expected 80 % to shop/a and 20 % to shop/b, but"),
        ('backends: {"shop/a:81": 75, "shop/b": 25}', "expected 75 % to shop/a:81 and"),
        ('redirect: "https://shop.example/"', "expected a redirect to https://shop.example/, but"),
        ("status: 404", "expected status 404, but"),
        ("reachable: false", "expected no answer, but"),
        ("path: /old/x", "expected the path /old/x at the backend, but it is /new/x."),
        ("host: new.example", "expected the host new.example at the backend, but it is shop.example."),
        ('headers: {X-Shop: "no"}', "expected the header X-Shop: no at the backend, but it is yes."),
        ("removed-headers: [X-Other]", "expected the header X-Other to be removed, but it is left as it is."),
        ("mirrors: []", "expected a copy to nobody, but it is one to shop/b."),
    ],
)
def test_what_does_not_hold_is_a_finding_in_the_file_of_expectations(program: Program, expect: str, words: str) -> None:
    program.write("k8s/shop.yaml", SHOP)
    program.write("kubelint-lb-tests.yaml", one(expect))
    found = program("test", "--format", "json")
    (finding,) = json.loads(found.out)["findings"]
    assert found.code == 1
    assert words in finding["message"]
    assert (finding["rule"], finding["path"], finding["line"]) == ("traffic-expectation-failed", "kubelint-lb-tests.yaml", 3)
    assert {place["path"] for place in finding["related"]} == {"k8s/shop.yaml"}


def test_what_is_not_known_does_not_hold(program: Program) -> None:
    program.write("k8s/shop.yaml", SHOP.replace("old.example", "'${HOST}'"))
    program.write("kubelint-lb-tests.yaml", one("reachable: false", "http://other.example/\n    class: nginx"))
    found = program("test", "--format", "concise")
    assert found.code == 1
    assert "expected no answer, but what happens is not known: whether path" in found.out


@pytest.mark.parametrize(
    ("policy", "lines"),
    [
        ("every-host: has-tls", [14, 26]),
        ("every-host: has-tls\n    except: [old.*, shop.example]", []),
        ("services: [shop/b]\n    only-from: [shop/none]", [33]),
        ('services: ["shop/*"]\n    only-from: ["shop/*"]', []),
    ],
)
def test_what_always_holds(program: Program, policy: str, lines: list[int]) -> None:
    program.write("k8s/shop.yaml", SHOP)
    program.write("kubelint-lb-tests.yaml", f"always:\n  - {policy}\n")
    found = json.loads(program("test", "--format", "json").out)["findings"]
    assert [one["line"] for one in found] == lines


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("tests:\n  - request: http://a/\n    expect: {}\n", "tests.yaml:3:13: tests[0].expect: must not be empty"),
        ("tests:\n  - request: ftp://a/\n    expect: {status: 1}\n", "tests.yaml:2:14: 'ftp://a/' is no request"),
        ("tests:\n  - request: http://a/\n    unit: b\n    expect: {status: 1}\n", "tests.yaml:3:11: there is no unit b"),
        (
            "always:\n  - services: [a/b]\n",
            "tests.yaml:2:5: always[0]: a policy has either every-host, or services and only-from",
        ),
        ("test: []\n", "tests.yaml:1:1: test: unknown key (did you mean 'tests'?)"),
    ],
)
def test_mistakes_have_a_place(program: Program, text: str, words: str) -> None:
    program.write("k8s/shop.yaml", SHOP)
    program.write("tests.yaml", text)
    found = program("test", "tests.yaml")
    assert found.code == 2
    assert words in found.err


def test_todays_answers_hold(program: Program) -> None:
    program.write("k8s/shop.yaml", SHOP)
    assert program("test", "--write").err == "kubelint-lb: kubelint-lb-tests.yaml: 2 expectations written\n"
    assert program("test").code == 0
    program.write("k8s/shop.yaml", SHOP.replace("weight: 3", "weight: 4"))
    found = program("test", "--format", "concise")
    assert found.code == 1
    assert "expected 75 % to shop/a:80 and 25 % to shop/b:80, but it is 80 % to" in found.out
    assert program("test", "--write").code == 0
    assert program("test").code == 0


def test_what_was_written_by_hand_is_kept(program: Program) -> None:
    program.write("k8s/shop.yaml", SHOP)
    program.write("kubelint-lb-tests.yaml", HOLDS)
    found = program("test", "--write")
    assert (found.code, "was written by hand" in found.err) == (2, True)


def test_without_a_file_it_says_how_to_get_one(program: Program) -> None:
    found = program("test")
    assert found.code == 2
    assert "there is no kubelint-lb-tests.yaml here" in found.err
