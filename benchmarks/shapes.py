"""Shapes: how a run grows where many objects are alike, each doubling against the one before.

Nothing may grow faster than n log n: every shape at most 2.3 times for twice the objects.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from benchmarks.command import PROGRAM, measure

_POD = """\
apiVersion: apps/v1
kind: Deployment
metadata: {{name: {name}, namespace: shop}}
spec:
  replicas: 3
  selector: {{matchLabels: {labels}}}
  template:
    metadata: {{labels: {labels}}}
    spec: {{containers: [{{name: main, image: main, ports: [{{name: http, containerPort: 8080}}]}}]}}
---
"""
_SERVICE = """\
apiVersion: v1
kind: Service
metadata: {{name: {name}, namespace: shop}}
spec:
  type: {type}
  externalTrafficPolicy: {policy}
  selector: {selector}
  ports: [{{name: http, port: 80, targetPort: http}}]
---
"""
_ROUTE = """\
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: {name}, namespace: shop}}
spec:
  parentRefs: [{{name: public{section}}}]
  hostnames: [{host}]
  rules: [{{matches: [{{path: {{type: PathPrefix, value: "/{path}"}}}}], backendRefs: [{{name: {backend}, port: 80}}]}}]
---
"""
_INGRESS = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {{name: {name}, namespace: shop}}
spec:
  ingressClassName: nginx
  rules: [{{host: {host}, http: {{paths: [{{path: "/{path}", pathType: Prefix, backend: {backend}}}]}}}}]
---
"""


def _service(name: str, selector: str, *, outside: bool = False) -> str:
    kind, policy = ("LoadBalancer", "Local") if outside else ("ClusterIP", "null")
    return _SERVICE.format(name=name, selector=selector, type=kind, policy=policy)


def _one_label(count: int) -> Iterator[str]:
    for number in range(count):
        yield _POD.format(name=f"web-{number}", labels="{app: web}")
        yield _service(f"web-{number}", "{app: web}", outside=True)


def _one_letter_off(count: int) -> Iterator[str]:
    for number in range(count):
        yield _POD.format(name=f"worker-{number:05d}-a", labels=f"{{app: component-{number:05d}-aa}}")
        yield _service(f"front-{number:05d}", f"{{app: component-{number:05d}-ab}}")


def _unrelated(count: int) -> Iterator[str]:
    for number in range(count):
        yield _POD.format(name=f"{number:05d}-worker", labels=f"{{app: {number:05d}-worker, tier: back}}")
        yield _service(f"{number:05d}-front", f"{{part: {number:05d}-front, tier: front}}")


def _listeners(count: int) -> Iterator[str]:
    listeners = "".join(
        f"    - {{name: l{number}, port: 443, protocol: HTTPS, hostname: h{number}.example,"
        " tls: {certificateRefs: [{name: c}]}}\n"
        for number in range(count)
    )
    head = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: public, namespace: shop}\n"
    yield f"{head}spec:\n  gatewayClassName: x\n  listeners:\n{listeners}---\n"
    yield _service("web", "{app: web}")
    for number in range(count):
        yield _ROUTE.format(name=f"r{number}", section="", host=f"h{number}.example", path="", backend="web")


def _routes_on_one_listener(count: int) -> Iterator[str]:
    head = "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: public, namespace: shop}\n"
    yield f"{head}spec: {{gatewayClassName: x, listeners: [{{name: web, port: 80, protocol: HTTP}}]}}\n---\n"
    yield _service("web", "{app: web}")
    for number in range(count):
        yield _ROUTE.format(name=f"r{number}", section=", sectionName: web", host="shop.example", path=number, backend="web")


def _misspelt_backends(count: int) -> Iterator[str]:
    for number in range(count):
        yield _service(f"backend-{number:05d}-aa", "{app: web}")
        yield _ROUTE.format(name=f"r{number}", section="", host="a.example", path=number, backend=f"backend-{number:05d}-ab")


def _one_host(count: int) -> Iterator[str]:
    yield _service("web", "{app: web}")
    backend = "{service: {name: web, port: {number: 80}}}"
    for number in range(count):
        yield _INGRESS.format(name=f"i{number}", host="shop.example", path=number, backend=backend)


def _rules_of_one_route(count: int) -> Iterator[str]:
    rules = "".join(
        f'    - {{matches: [{{path: {{type: PathPrefix, value: "/{number}"}}}}], backendRefs: [{{name: web, port: 80}}]}}\n'
        for number in range(count)
    )
    head = "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {name: r, namespace: shop}\n"
    yield f"{head}spec:\n  parentRefs: [{{name: public}}]\n  rules:\n{rules}---\n"
    yield _service("web", "{app: web}")


SHAPES: dict[str, Callable[[int], Iterator[str]]] = {
    "one label on all": _one_label,
    "one letter off": _one_letter_off,
    "nothing in common": _unrelated,
    "a listener a route": _listeners,
    "one listener": _routes_on_one_listener,
    "misspelt backends": _misspelt_backends,
    "one host": _one_host,
    "rules of one route": _rules_of_one_route,
}


def report(sizes: Sequence[int] = (500, 1_000, 2_000, 4_000), names: Sequence[str] = tuple(SHAPES)) -> Iterator[str]:
    """A line a shape: seconds for each size, and the ratio to the size before."""
    yield f"{'shape':<20}" + "".join(f"{size:>9}        " for size in sizes)
    for name in names:
        cells, before = [], 0.0
        for size in sizes:
            seconds = _seconds("".join(SHAPES[name](size)))
            cells.append(f"{seconds:7.2f} s " + (f"x {seconds / before:4.2f}  " if before else " " * 8))
            before = seconds
        yield f"{name:<20}" + "".join(cells)


def _seconds(text: str) -> float:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        (folder / "all.yaml").write_text(text)
        return min(
            measure(PROGRAM, "check", "--no-cache", "--fail-on", "never", "--quiet", ".", cwd=folder).seconds for _ in range(2)
        )
