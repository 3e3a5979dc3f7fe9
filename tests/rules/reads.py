"""Which kinds a rule is seen to look up: with its own examples, and with those of all rules in one tree."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from kubelint_lb.catalogue.catalogue import load_catalogue
from kubelint_lb.deploy.plan import Plan
from kubelint_lb.engine import run
from kubelint_lb.kube.kinds import FAMILIES, expand
from kubelint_lb.settings.settings import Settings
from kubelint_lb.traffic.objects import Objects
from kubelint_lb.traffic.world import World, worlds_of
from tests.conftest import write_tree
from tests.rules.test_examples import settings_of

CATALOGUE = load_catalogue()

# What no example needs to show: references that nothing answers, a named target port, a listener that asks for labels.
UNANSWERED = """\
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: probe, namespace: probe}
spec:
  gatewayClassName: probe
  listeners:
    - name: http
      port: 80
      protocol: HTTP
      hostname: shop.example.com
      allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {team: shop}}}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: probe, namespace: shop}
spec:
  hostnames: [shop.example.com]
  parentRefs:
    - {name: probe, namespace: probe, sectionName: http}
    - {group: gateway.networking.k8s.io, kind: ListenerSet, name: nowhere, sectionName: http}
  rules: [{backendRefs: [{name: nowhere, port: 80}, {name: named, port: 8080}]}]
---
apiVersion: v1
kind: Service
metadata: {name: named, namespace: shop}
spec: {selector: {app: named}, ports: [{port: 80, targetPort: http}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: probe, namespace: shop}
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example.com
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: nowhere, port: {number: 80}}}}]}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: probe-canary
  namespace: shop
  annotations: {nginx.ingress.kubernetes.io/canary: "true", nginx.ingress.kubernetes.io/canary-weight: "20"}
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example.com
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: nowhere-else, port: {number: 80}}}}]}
"""


def write_crowd(root: Path) -> None:
    """The examples of all rules in one tree, each in a folder of its own: enough to make every detector look far."""
    write_tree(root, {"probe/probe.yaml": UNANSWERED})
    for name in CATALOGUE.outlines:
        for number, example in enumerate(CATALOGUE.words(name).examples):
            write_tree(root / f"{name}-{number}", example.files)


def reads_of(name: str, crowd: Path) -> set[str]:
    """The view names that a rule asks for, its own kinds among them."""
    with _watched() as objects, TemporaryDirectory() as folder:
        for number, example in enumerate(CATALOGUE.words(name).examples):
            root = Path(folder) / str(number)
            write_tree(root, example.files)
            run.lint([root], settings_of(name, example, root)._replace(select=(name,)))
        run.lint([crowd], Settings(root=crowd, select=(name,)))
        return {read for one in objects for read in one.reads}


def needs_of(name: str, crowd: Path) -> list[str]:
    """What the head of a rule says it needs: the kinds that it looks up, others of its own too, families by their names."""
    found = reads_of(name, crowd)
    families = [family for family, members in FAMILIES.items() if set(members) <= found]
    return sorted({*families, *(found - set(expand(tuple(families))))})


@contextmanager
def _watched() -> Iterator[list[Objects]]:
    """The objects of all runs meanwhile."""
    kept: list[Objects] = []

    def keep(plan: Plan) -> tuple[World, ...]:
        worlds = worlds_of(plan)
        kept.extend(world.objects for world in worlds)
        return worlds

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(run, "worlds_of", keep)
        yield kept
