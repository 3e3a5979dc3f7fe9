"""A rule declares the kinds its detector looks up: all of them, or they are not parsed; no others, or too much is."""

from __future__ import annotations

from pathlib import Path

import pytest

from kubelint_lb.catalogue.catalogue import load_catalogue
from kubelint_lb.deploy.plan import Plan
from kubelint_lb.engine.run import lint
from kubelint_lb.kube.kinds import FAMILIES, expand
from kubelint_lb.kube.stubs import ALWAYS
from kubelint_lb.settings.settings import Settings
from kubelint_lb.traffic.objects import Objects
from kubelint_lb.traffic.world import World, worlds_of
from tests.conftest import write_tree
from tests.rules.test_examples import settings_of

CATALOGUE = load_catalogue()
RULES = [name for name, outline in CATALOGUE.outlines.items() if outline.kinds]


# What no example needs to show: references that nothing answers, and a listener that asks for a namespace's labels.
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
  rules: [{backendRefs: [{name: nowhere, port: 80}]}]
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


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The examples of all rules in one tree, each in a folder of its own: enough to make every detector look far."""
    root = tmp_path_factory.mktemp("crowd")
    write_tree(root, {"probe/probe.yaml": UNANSWERED})
    for name in CATALOGUE.outlines:
        for number, example in enumerate(CATALOGUE.words(name).examples):
            write_tree(root / f"{name}-{number}", example.files)
    return root


@pytest.fixture
def units(monkeypatch: pytest.MonkeyPatch) -> list[Objects]:
    """The units of all runs so far."""
    kept: list[Objects] = []

    def keep(plan: Plan) -> tuple[World, ...]:
        found = worlds_of(plan)
        kept.extend(world.objects for world in found)
        return found

    monkeypatch.setattr("kubelint_lb.engine.run.worlds_of", keep)
    return kept


def read_in(units: list[Objects]) -> set[str]:
    return {name for unit in units for name in unit.reads}


@pytest.mark.parametrize("name", RULES)
def test_a_rule_needs_what_it_reads_and_reads_what_it_needs(name: str, tmp_path: Path, crowd: Path, units: list[Objects]) -> None:
    outline = CATALOGUE.outlines[name]
    for number, example in enumerate(CATALOGUE.words(name).examples):
        folder = tmp_path / str(number)
        write_tree(folder, example.files)
        lint([folder], settings_of(name, example, folder)._replace(select=(name,)))
    lint([crowd], Settings(root=crowd, select=(name,)))
    found = read_in(units)
    declared = set(expand((*outline.kinds, *outline.needs)))
    assert found - declared - set(ALWAYS) == set()
    assert [need for need in outline.needs if not found & set(FAMILIES.get(need, (need,)))] == []
