"""Where requests go: listeners, precedence, filters, backends that are not there."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import pytest

from kubelint_lb.engine.reading import read_worlds
from kubelint_lb.engine.trace import trace_over
from kubelint_lb.settings.settings import Settings
from kubelint_lb.traffic.request import Outcome, OutcomeKind, Request

Ask: TypeAlias = Callable[..., Outcome]

GATEWAY = """\
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec:
  gatewayClassName: edge
  listeners:
    - {name: any, port: 80, protocol: HTTP}
    - {name: api, port: 80, protocol: HTTP, hostname: api.shop.example}
    - {name: wild, port: 80, protocol: HTTP, hostname: "*.shop.example"}
"""
SERVICES = """\
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: next, namespace: shop}
spec: {selector: {app: next}, ports: [{port: 80, targetPort: 8080}]}
---
apiVersion: v1
kind: Service
metadata: {name: bank, namespace: bank}
spec: {selector: {app: bank}, ports: [{port: 80}]}
"""


def route(rules: str, name: str = "web", spec: str = "parentRefs: [{name: edge}]") -> str:
    head = f"apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {{name: {name}, namespace: shop}}\nspec:\n"
    return f"{head}  {spec}\n  rules:\n{rules}"


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    def asked(routes: str, path: str = "/", host: str = "", **words: object) -> Outcome:
        (tmp_path / "all.yaml").write_text("\n---\n".join((GATEWAY, SERVICES, routes)), encoding="utf-8")
        worlds = read_worlds([str(tmp_path)], Settings(root=tmp_path)).worlds
        return trace_over(worlds, Request(path=path, host=host, **words)).outcome  # type: ignore[arg-type]

    return asked


def names(outcome: Outcome) -> list[tuple[str, float]]:
    return [(one.name, one.share) for one in outcome.backends]


@pytest.mark.parametrize(
    ("path", "method", "headers", "backend"),
    [
        ("/", "GET", {}, "web"),
        ("/cart", "GET", {}, "next"),
        ("/cart/1", "GET", {}, "next"),
        ("/carts", "GET", {}, "web"),
        ("/cart/exact", "GET", {}, "web"),
        ("/cart/exact/", "GET", {}, "next"),
        ("/cart", "POST", {}, "web"),
        ("/cart", "GET", {"x-version": "1"}, "web"),
        ("/cart", "GET", {"X-Version": "2"}, "next"),
        ("/cart?v=1", "GET", {}, "web"),
        ("/cart?v=2", "GET", {}, "next"),
    ],
)
def test_precedence(ask: Ask, path: str, method: str, headers: dict[str, str], backend: str) -> None:
    rules = """\
    - {backendRefs: [{name: web, port: 80}]}
    - {matches: [{path: {value: /cart}}], backendRefs: [{name: next, port: 80}]}
    - {matches: [{path: {type: Exact, value: /cart/exact}}], backendRefs: [{name: web, port: 80}]}
    - {matches: [{path: {value: /cart}, method: POST}], backendRefs: [{name: web, port: 80}]}
    - {matches: [{path: {value: /cart}, headers: [{name: X-Version, value: "1"}]}], backendRefs: [{name: web, port: 80}]}
    - {matches: [{path: {value: /cart}, queryParams: [{name: v, value: "1"}]}], backendRefs: [{name: web, port: 80}]}
"""
    assert names(ask(route(rules), path, method=method, headers=headers)) == [(backend, 100.0)]


@pytest.mark.parametrize(
    ("host", "answer"),
    [("api.shop.example", "next"), ("www.shop.example", "web"), ("shop.example", 404), ("API.shop.example:80", "next")],
)
def test_the_most_specific_listener_alone(ask: Ask, host: str, answer: object) -> None:
    routes = "\n---\n".join(
        (
            route("    - {backendRefs: [{name: web, port: 80}]}", "a", "parentRefs: [{name: edge, sectionName: wild}]"),
            route("    - {backendRefs: [{name: next, port: 80}]}", "b", "parentRefs: [{name: edge, sectionName: api}]"),
        )
    )
    outcome = ask(routes, host=host)
    assert (outcome.backends[0].name if outcome.backends else outcome.status) == answer


def test_shares_and_the_share_that_nobody_gets(ask: Ask) -> None:
    rules = "    - {backendRefs: [{name: web, port: 80, weight: 3}, {name: bank, namespace: bank, port: 80, weight: 1}]}"
    outcome = ask(route(rules))
    assert (names(outcome), outcome.status) == ([("web", 75.0)], 500)
    assert "no ReferenceGrant" in outcome.reason


@pytest.mark.parametrize(
    ("rules", "status"),
    [
        ("    - {matches: [{path: {value: /other}}], backendRefs: [{name: web, port: 80}]}", 404),
        ("    - {backendRefs: []}", 500),
        ("    - {backendRefs: [{name: wbe, port: 80}]}", 500),
        ("    - {backendRefs: [{name: web, port: 8080}]}", 500),
        ("    - {backendRefs: [{name: web, kind: Nothing, group: example.com}]}", 500),
        ("    - {backendRefs: [{name: web, port: 80, weight: 0}]}", 500),
    ],
)
def test_errors_of_the_data_plane(ask: Ask, rules: str, status: int) -> None:
    outcome = ask(route(rules))
    assert (outcome.kind, outcome.status) == (OutcomeKind.ERROR, status)


@pytest.mark.parametrize(
    ("redirect", "path", "shown"),
    [
        ("{scheme: https}", "/a?b=1", "302 https://shop.example:None/a?b=1"),
        ("{scheme: https, port: 8443, statusCode: 301}", "/a", "301 https://shop.example:8443/a"),
        ("{port: 80}", "/a", "302 http://shop.example:None/a"),
        ("{hostname: www.example, path: {type: ReplaceFullPath, replaceFullPath: /b}}", "/a", "302 http://www.example:None/b"),
        ("{path: {type: ReplacePrefixMatch, replacePrefixMatch: /b}}", "/a/c", "302 http://shop.example:None/b/c"),
        ("{path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}", "/a/c", "302 http://shop.example:None/c"),
        ("{path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}", "/a", "302 http://shop.example:None/"),
    ],
)
def test_redirects(ask: Ask, redirect: str, path: str, shown: str) -> None:
    rules = f"    - {{matches: [{{path: {{value: /a}}}}], filters: [{{type: RequestRedirect, requestRedirect: {redirect}}}]}}"
    found = ask(route(rules), path, "shop.example").redirect
    assert found is not None
    assert f"{found.status} {found.scheme}://{found.host}:{found.port}{found.path}" == shown


def test_headers_and_paths_on_the_way(ask: Ask) -> None:
    rules = """\
    - matches: [{path: {value: /v1}}]
      filters:
        - {type: URLRewrite, urlRewrite: {hostname: in.example, path: {type: ReplacePrefixMatch, replacePrefixMatch: /}}}
        - type: RequestHeaderModifier
          requestHeaderModifier: {set: [{name: X-A, value: "1"}], add: [{name: X-B, value: "2"}], remove: [X-C]}
        - {type: RequestMirror, requestMirror: {backendRef: {name: next, port: 80}}}
      backendRefs: [{name: web, port: 80}]
"""
    outcome = ask(route(rules), "/v1/x", headers={"x-a": "0", "X-B": "1", "x-c": "3"})
    assert outcome.forwarded == Request(path="/x", host="in.example", headers={"X-A": "1", "X-B": "1,2"})
    assert outcome.removed == ("X-C",)
    assert [one.name for one in outcome.mirrors] == ["next"]


@pytest.mark.parametrize(
    ("rules", "words", "reason"),
    [
        ('    - {matches: [{path: {value: "${PREFIX}"}}], backendRefs: [{name: web, port: 80}]}', {}, "a placeholder decides"),
        ('    - {backendRefs: [{name: web, port: 80, weight: "${W}"}, {name: next, port: 80}]}', {}, "are not settled"),
        ('    - {backendRefs: [{name: "${NAME}", port: 80}]}', {}, "are not settled"),
        ("    - {backendRefs: [{name: web, port: 80}]}", {"gateway": "shop/other"}, "there is no Gateway shop/other"),
    ],
)
def test_what_files_do_not_tell(ask: Ask, rules: str, words: dict[str, str], reason: str) -> None:
    outcome = ask(route(rules), **words)
    assert outcome.kind is OutcomeKind.UNKNOWN
    assert reason in outcome.reason


def test_an_ingress_of_the_host_takes_what_no_gateway_does(ask: Ask) -> None:
    ingress = """
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: old, namespace: shop}
spec:
  rules:
    - host: old.example
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
"""
    rules = "    - {matches: [{path: {value: /new}}], backendRefs: [{name: web, port: 80}]}"
    outcome = ask("\n---\n".join((route(rules), ingress)), "/cart", "old.example")
    assert [(one.name, one.share) for one in outcome.backends] == [("web", 100.0)]
    assert ask("\n---\n".join((route(rules), ingress)), "/cart", "new.example").status == 404


def test_of_two_entries_for_one_header_the_first_counts(ask: Ask) -> None:
    headers = "headers: [{name: X-V, value: '1'}, {name: x-v, value: '2'}]"
    rules = f"    - {{matches: [{{{headers}}}], backendRefs: [{{name: web, port: 80}}]}}"
    assert names(ask(route(rules), headers={"X-V": "1"})) == [("web", 100.0)]
    assert ask(route(rules), headers={"X-V": "2"}).status == 404


@pytest.mark.parametrize(("path", "backend"), [("/shop.Cart/Add", "next"), ("/shop.Cart/Get", "web"), ("/shop.Other/Add", None)])
def test_calls_of_grpc(ask: Ask, path: str, backend: str | None) -> None:
    rules = """\
    - {matches: [{method: {service: shop.Cart}}], backendRefs: [{name: web, port: 80}]}
    - {matches: [{method: {service: shop.Cart, method: Add}}], backendRefs: [{name: next, port: 80}]}
"""
    outcome = ask(route(rules).replace("HTTPRoute", "GRPCRoute"), path, method="POST")
    assert (outcome.backends[0].name if outcome.backends else None) == backend


def test_a_route_without_rules_takes_everything_and_sends_it_nowhere(ask: Ask) -> None:
    outcome = ask(route("").replace("  rules:\n", ""))
    assert (outcome.status, outcome.reason) == (500, "the rule has no backends")


STREAMS = """
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: streams, namespace: shop}
spec:
  gatewayClassName: edge
  listeners:
    - {name: tls, port: 443, protocol: TLS, tls: {mode: Passthrough}}
    - {name: db, port: 5432, protocol: TCP}
---
apiVersion: gateway.networking.k8s.io/v1
kind: TLSRoute
metadata: {name: web, namespace: shop}
spec:
  parentRefs: [{name: streams}]
  hostnames: [web.example]
  rules: [{backendRefs: [{name: web, port: 80}]}]
---
apiVersion: gateway.networking.k8s.io/v1alpha2
kind: TCPRoute
metadata: {name: db, namespace: shop}
spec:
  parentRefs: [{name: streams, sectionName: db}]
  rules: [{backendRefs: [{name: next, port: 80, weight: 3}, {name: web, port: 80}]}]
"""


@pytest.mark.parametrize(
    ("scheme", "host", "port", "backends"),
    [
        ("tls", "web.example", None, ["web"]),
        ("https", "web.example", None, ["web"]),
        ("tls", "other.example", None, []),
        ("tcp", "", 5432, ["next", "web"]),
        ("tcp", "", 5433, []),
    ],
)
def test_streams_go_by_the_name_of_their_server_or_by_the_port(
    ask: Ask, scheme: str, host: str, port: int | None, backends: list[str]
) -> None:
    outcome = ask(STREAMS, host=host, scheme=scheme, port=port, gateway="shop/streams")
    assert [one.name for one in outcome.backends] == backends
    assert outcome.status is None


def test_a_service_is_asked_by_the_routes_that_have_it_as_parent(ask: Ask) -> None:
    rules = "    - {matches: [{path: {value: /new}}], backendRefs: [{name: next, port: 80}]}"
    mesh = route(rules, spec="parentRefs: [{group: '', kind: Service, name: web}]")
    assert [one.name for one in ask(mesh, "/new", service="shop/web").backends] == ["next"]
    assert ask(mesh, "/", service="shop/web").status == 404
    assert [one.name for one in ask(mesh, "/", service="shop/next").backends] == ["next"]
    assert ask(mesh, "/", service="shop/next", port=81).status == 503
    assert ask(mesh, "/", service="shop/none").kind is OutcomeKind.UNKNOWN


def test_a_service_without_pods_answers_nothing(ask: Ask) -> None:
    rules = "    - {backendRefs: [{name: web, port: 80}]}"
    deployment = """
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 0
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: a}]}}
"""
    outcome = ask("\n---\n".join((route(rules), deployment)), "/", "www.example")
    assert (outcome.status, outcome.reason) == (503, "its workloads have no replicas")


def test_a_route_meets_the_gateway_of_another_unit(tmp_path: Path) -> None:
    """As where one team installs the Gateway and others their routes: each kustomization is a unit."""
    rules = "    - {backendRefs: [{name: web, port: 80}]}"
    units = {
        "edge": GATEWAY.replace("namespace: shop", "namespace: edge").replace(
            "protocol: HTTP}", "protocol: HTTP, allowedRoutes: {namespaces: {from: All}}}"
        ),
        "shop": "\n---\n".join((SERVICES, route(rules, spec="parentRefs: [{name: edge, namespace: edge}]"))),
    }
    for name, text in units.items():
        (tmp_path / name).mkdir()
        (tmp_path / name / "kustomization.yaml").write_text("resources: [all.yaml]\n", encoding="utf-8")
        (tmp_path / name / "all.yaml").write_text(text, encoding="utf-8")
    worlds = read_worlds([str(tmp_path)], Settings(root=tmp_path)).worlds
    assert len(worlds) == 2
    outcome = trace_over(worlds, Request(host="www.example")).outcome
    assert [(one.namespace, one.name) for one in outcome.backends] == [("shop", "web")]
    assert trace_over(worlds, Request(host="www.example", gateway="edge/none")).outcome.kind is OutcomeKind.UNKNOWN


@pytest.mark.parametrize(
    ("spec", "client", "reason"),
    [
        ("type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8]", "10.1.1.1", ""),
        ("type: LoadBalancer, loadBalancerSourceRanges: [10.0.0.0/8]", "192.0.2.7", "takes no connections from 192.0.2.7"),
        ("type: LoadBalancer", "192.0.2.7", ""),
    ],
)
def test_source_ranges_of_a_load_balancer(ask: Ask, spec: str, client: str, reason: str) -> None:
    public = f"""
apiVersion: v1
kind: Service
metadata: {{name: public, namespace: shop}}
spec: {{{spec}, selector: {{app: public}}, ports: [{{port: 80, nodePort: 30080}}]}}
"""
    outcome = ask(public, service="shop/public", client=client)
    assert outcome.reason.endswith(reason)
    assert bool(outcome.backends) == (not reason)
    assert [one.port for one in ask(public, service="shop/public", client="10.1.1.1", port=30080).backends] == [80]
