"""What a change does to the traffic, as a reviewer would say it: one small change at a time."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

import jsonschema
import pytest

from kubelint_lb.engine.diff.change import Comparison
from kubelint_lb.engine.diff.trees import compare_revisions
from kubelint_lb.output.flow.diff_json import diff_json
from kubelint_lb.output.flow.diff_markdown import diff_markdown
from kubelint_lb.output.paths import Paths
from kubelint_lb.settings.schema_check import load_schema
from kubelint_lb.settings.settings import Settings
from tests.render.tools import need

EDGE = """\
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata:
  name: edge
  namespace: shop
spec:
  gatewayClassName: edge
  listeners:
    - name: https
      port: 443
      protocol: HTTPS
      tls: {certificateRefs: [{name: edge}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata:
  name: shop
  namespace: shop
spec:
  parentRefs:
    - name: edge
  hostnames:
    - shop.example
  rules:
    - matches:
        - path: {value: /cart}
      timeouts: {request: 10s}
      backendRefs:
        - {name: cart, port: 80, weight: 90}
        - {name: next, port: 80, weight: 10}
    - backendRefs:
        - {name: web, port: 80}
"""
INGRESS = """\
apiVersion: networking.k8s.io/v1
kind: IngressClass
metadata: {name: nginx}
spec: {controller: k8s.io/ingress-nginx}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: old
  namespace: shop
  annotations:
    nginx.ingress.kubernetes.io/proxy-read-timeout: "60"
spec:
  ingressClassName: nginx
  tls:
    - hosts: [old.example]
      secretName: old
  rules:
    - host: old.example
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: {service: {name: web, port: {number: 80}}}
"""


def service(name: str, spec: str = "", labels: str = "") -> str:
    return f"""\
apiVersion: v1
kind: Service
metadata:
  name: {name}
  namespace: shop
spec:
  {spec or "type: ClusterIP"}
  selector:
    app: {labels or name}
  ports:
    - {{port: 80, targetPort: 8080}}
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {name}
  namespace: shop
spec:
  replicas: 2
  selector: {{matchLabels: {{app: {name}}}}}
  template:
    metadata: {{labels: {{app: {name}}}}}
    spec:
      containers:
        - {{name: main, image: "shop:1", ports: [{{containerPort: 8080}}]}}
"""


FILES = {
    "shop/edge.yaml": EDGE,
    "shop/ingress.yaml": INGRESS,
    "shop/web.yaml": service("web"),
    "shop/cart.yaml": service("cart"),
    "shop/next.yaml": service("next"),
    "shop/public.yaml": service("public", "type: LoadBalancer\n  loadBalancerSourceRanges: [10.0.0.0/8]"),
    "shop/kustomization.yaml": "resources: [edge.yaml, ingress.yaml, web.yaml, cart.yaml, next.yaml, public.yaml]\n",
}
Edits: TypeAlias = Mapping[str, tuple[str, str]]


def git(root: Path, *arguments: str) -> None:
    who = ("-c", "user.name=a", "-c", "user.email=a@example.com")
    subprocess.run(["git", *who, *arguments], cwd=root, check=True, capture_output=True)


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "before")
    return tmp_path


def compared(root: Path) -> Comparison:
    return compare_revisions("HEAD", [str(root)], Settings(root=root))


def changed(root: Path, edits: Edits) -> list[tuple[str, str, str, str]]:
    for path, (old, new) in edits.items():
        text = (root / path).read_text(encoding="utf-8")
        assert old in text
        (root / path).write_text(text.replace(old, new), encoding="utf-8")
    return [(one.kind.word, one.subject, one.before, one.after) for one in compared(root).changes]


CART = "GET https://shop.example/cart"
SPLIT = "90 % to shop/cart:80 and 10 % to shop/next:80"


@pytest.mark.parametrize(
    ("edits", "changes"),
    [
        pytest.param(
            {"shop/edge.yaml": ("weight: 90", "weight: 70")},
            [("shares", CART, SPLIT, "87.5 % to shop/cart:80 and 12.5 % to shop/next:80")],
            id="weight moved",
        ),
        pytest.param(
            {"shop/edge.yaml": ("    - backendRefs:\n        - {name: web, port: 80}\n", "")},
            [("lost", "GET https://shop.example/", "shop/web:80", "404 (no rule of a route takes the request)")],
            id="rule deleted",
        ),
        pytest.param(
            {"shop/ingress.yaml": ("host: old.example", "host: new.example")},
            [
                ("exposed", "new.example", "", "no TLS"),
                ("lost", "GET https://old.example/", "shop/web:80", "404 (no Ingress has a rule for old.example)"),
                ("appeared", "GET http://new.example/", "404 (no Ingress has a rule for new.example)", "shop/web:80"),
            ],
            id="host renamed without its certificate",
        ),
        pytest.param(
            {
                "shop/web.yaml": ("kind: Service\nmetadata:\n  name: web\n", "kind: Service\nmetadata:\n  name: site\n"),
                "shop/edge.yaml": ("name: web,", "name: site,"),
                "shop/ingress.yaml": ("name: web,", "name: site,"),
            },
            [],
            id="Service and its references renamed",
        ),
        pytest.param(
            {"shop/web.yaml": ("kind: Service\nmetadata:\n  name: web\n", "kind: Service\nmetadata:\n  name: wbe\n")},
            [
                ("broken", "GET https://old.example/", "shop/web:80", "503 (it does not exist)"),
                ("broken", "GET https://shop.example/", "shop/web:80", "500 (it does not exist)"),
            ],
            id="Service renamed alone",
        ),
        pytest.param({"shop/edge.yaml": ("spec:\n", "spec:  # the edge\n")}, [], id="comment only"),
        pytest.param(
            {"shop/kustomization.yaml": ("[edge.yaml, ingress.yaml", "[ingress.yaml, edge.yaml")}, [], id="list reordered"
        ),
        pytest.param(
            {
                "shop/edge.yaml": (
                    EDGE.partition("  rules:\n")[2],
                    (
                        "    - backendRefs: [{port: 80, name: web}]\n"
                        "    - backendRefs: [{name: next, port: 80, weight: 10}, {name: cart, port: 80, weight: 90}]\n"
                        "      timeouts: {request: 10s}\n      matches: [{path: {value: /cart}}]\n"
                    ),
                )
            },
            [],
            id="rules and backends reordered, in another style",
        ),
        pytest.param(
            {
                "shop/kustomization.yaml": (
                    "resources",
                    (
                        'patches: [{patch: \'[{"op": "replace", "path": "/spec/replicas",'
                        ' "value": 0}]\', target: {kind: Deployment, name: web}}]\nresources'
                    ),
                )
            },
            [
                ("broken", "GET https://old.example/", "shop/web:80", "503 (its workloads have no replicas)"),
                ("broken", "GET https://shop.example/", "shop/web:80", "503 (its workloads have no replicas)"),
                ("broken", "Service shop/web", "pods", "no pods (its workloads have no replicas)"),
            ],
            id="overlay patch",
        ),
        pytest.param(
            {"shop/public.yaml": ("[10.0.0.0/8]", "[0.0.0.0/0]")},
            [("exposed", "Service shop/public", "LoadBalancer, :80, from 10.0.0.0/8", "LoadBalancer, :80, from 0.0.0.0/0")],
            id="source range opened",
        ),
        pytest.param(
            {"shop/public.yaml": ("  loadBalancerSourceRanges: [10.0.0.0/8]\n", "")},
            [("exposed", "Service shop/public", "LoadBalancer, :80, from 10.0.0.0/8", "LoadBalancer, :80, from everywhere")],
            id="source ranges gone",
        ),
        pytest.param(
            {"shop/public.yaml": ("type: LoadBalancer\n  loadBalancerSourceRanges: [10.0.0.0/8]", "type: ClusterIP")},
            [
                ("clients", "Service shop/public: externalTrafficPolicy", "Cluster", ""),
                ("closed", "Service shop/public", "LoadBalancer, :80, from 10.0.0.0/8", ""),
            ],
            id="address taken away",
        ),
        pytest.param(
            {"shop/cart.yaml": ("type: ClusterIP", "type: NodePort")},
            [
                ("exposed", "Service shop/cart", "", "NodePort, :80, from everywhere"),
                ("clients", "Service shop/cart: externalTrafficPolicy", "", "Cluster"),
            ],
            id="node port opened",
        ),
        pytest.param(
            {"shop/public.yaml": ("type: LoadBalancer", "externalTrafficPolicy: Local\n  type: LoadBalancer")},
            [("clients", "Service shop/public: externalTrafficPolicy", "Cluster", "Local")],
            id="client address",
        ),
        pytest.param(
            {"shop/web.yaml": ("type: ClusterIP", "sessionAffinity: ClientIP")},
            [("clients", "Service shop/web: sessionAffinity", "", "ClientIP for 10800 s")],
            id="stickiness",
        ),
        pytest.param(
            {"shop/edge.yaml": ("request: 10s", "request: 30s")},
            [("clients", "HTTPRoute shop/shop, /cart: timeouts", "request 10s", "request 30s")],
            id="timeout of a route",
        ),
        pytest.param(
            {"shop/ingress.yaml": ('"60"', '"5"')},
            [("clients", "Ingress shop/old: nginx.ingress.kubernetes.io/proxy-read-timeout", "60", "5")],
            id="timeout of an Ingress",
        ),
        pytest.param(
            {"shop/ingress.yaml": ("  tls:\n    - hosts: [old.example]\n      secretName: old\n", "")},
            [
                ("exposed", "old.example", "TLS", "no TLS"),
                ("moved", "GET http://old.example/", "a redirect to https://old.example/ (308)", "shop/web:80"),
            ],
            id="TLS taken away",
        ),
        pytest.param(
            {"shop/edge.yaml": ("    - name: https\n", "    - {name: http, port: 80, protocol: HTTP}\n    - name: https\n")},
            [
                ("exposed", "Gateway shop/edge: HTTP :80 for every host", "", "open"),
                ("appeared", "GET http://shop.example/", "404 (no listener takes shop.example at port 80)", "shop/web:80"),
                ("appeared", "GET http://shop.example/cart", "404 (no listener takes shop.example at port 80)", SPLIT),
            ],
            id="listener opened",
        ),
        pytest.param(
            {"shop/web.yaml": ("  selector:\n    app: web\n", "  selector:\n    app: wbe\n")},
            [
                ("broken", "GET https://old.example/", "shop/web:80", "503 (its selector matches no pods)"),
                ("broken", "GET https://shop.example/", "shop/web:80", "503 (its selector matches no pods)"),
                ("broken", "Service shop/web", "pods", "no pods (its selector matches no pods)"),
            ],
            id="selector broken",
        ),
        pytest.param(
            {"shop/edge.yaml": ("- {name: web, port: 80}", "- {name: cart, port: 80}")},
            [("moved", "GET https://shop.example/", "shop/web:80", "shop/cart:80")],
            id="another backend",
        ),
        pytest.param(
            {
                "shop/edge.yaml": (
                    "    - backendRefs:\n        - {name: web",
                    (
                        "    - filters: [{type: URLRewrite, urlRewrite: {path: {type: ReplaceFullPath, replaceFullPath: /n}}}]\n"
                        "      backendRefs:\n        - {name: web"
                    ),
                )
            },
            [
                (
                    "sight",
                    "GET https://shop.example/",
                    "shop/web:80, seen as shop.example/",
                    "shop/web:80, seen as shop.example/n",
                )
            ],
            id="path rewritten",
        ),
    ],
)
def test_a_change_is_told_as_a_reviewer_would(repository: Path, edits: Edits, changes: list[tuple[str, str, str, str]]) -> None:
    if any("patches" in new for _, new in edits.values()):
        need("kubectl")
    assert changed(repository, edits) == changes


CHART = {
    "chart/Chart.yaml": "apiVersion: v2\nname: chart\nversion: 1.0.0\n",
    "chart/values.yaml": "host: shop.example\nweight: 100\n",
    "chart/templates/shop.yaml": INGRESS.replace("host: old.example", "host: {{ .Values.host }}").replace(
        "[old.example]", "[{{ .Values.host }}]"
    )
    + "---\n"
    + service("web"),
}


def test_values_of_a_chart(tmp_path: Path) -> None:
    need("helm")
    for path, text in CHART.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", "-A")
    git(tmp_path, "commit", "-qm", "before")
    assert changed(tmp_path, {"chart/values.yaml": ("host: shop.example", "host: www.example")}) == [
        ("lost", "GET https://shop.example/", "shop/web:80", "404 (no Ingress has a rule for shop.example)"),
        ("appeared", "GET https://www.example/", "404 (no Ingress has a rule for www.example)", "shop/web:80"),
    ]


def test_two_revisions_whatever_the_work_tree_holds(repository: Path) -> None:
    edge = repository / "shop/edge.yaml"
    edge.write_text(EDGE.replace("weight: 90", "weight: 10"), encoding="utf-8")
    git(repository, "commit", "-qam", "after")
    edge.write_text("", encoding="utf-8")
    found = compare_revisions("HEAD~1..HEAD", [str(repository)], Settings(root=repository))
    assert [(one.kind.word, one.subject) for one in found.changes] == [("shares", CART)]


def test_the_same_in_several_overlays_is_told_once(repository: Path) -> None:
    for name in ("dev", "prod"):
        (repository / name).mkdir()
        (repository / name / "kustomization.yaml").write_text("resources: [../shop]\n", encoding="utf-8")
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "overlays")
    assert [one[:2] for one in changed(repository, {"shop/edge.yaml": ("weight: 90", "weight: 10")})] == [("shares", CART)]
    assert compared(repository).changes[0].units == ("dev", "prod")


def test_forms_for_programs_and_pull_requests(repository: Path) -> None:
    changed(repository, {"shop/public.yaml": ("[10.0.0.0/8]", "[0.0.0.0/0]"), "shop/edge.yaml": ("weight: 90", "weight: 10")})
    found, paths = compared(repository), Paths(repository, repository)
    data = json.loads(diff_json(found, paths))
    jsonschema.validate(data, load_schema("diff.schema.json"))
    assert [(one["kind"], one["new"]["path"]) for one in data["changes"]] == [
        ("exposed", "shop/public.yaml"),
        ("shares", "shop/edge.yaml"),
    ]
    text = diff_markdown(found, paths)
    assert "**1** exposed, **1** shares, between HEAD and the work tree." in text
    assert "<details open><summary>Open to more clients, or without TLS (1)</summary>" in text
    assert "<details><summary>Shares move (1)</summary>" in text


def test_words_of_manifests_stay_in_their_cells(repository: Path) -> None:
    changed(repository, {"shop/ingress.yaml": ('"60"', '"5 | <img src=x> @admin"')})
    text = diff_markdown(compared(repository), Paths(repository, repository))
    assert "5 \\| \\<img src=x\\> @\u200badmin" in text
