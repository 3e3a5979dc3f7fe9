"""The good examples of all rules, as an API server would keep them: its defaults make no finding of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from kubelint_lb.catalogue.catalogue import load_catalogue
from kubelint_lb.catalogue.rule import Example
from kubelint_lb.cluster.objects import texts_of
from kubelint_lb.cluster.read import Live
from kubelint_lb.engine.live.cluster_run import ClusterRun
from kubelint_lb.engine.rule_examples import example_settings
from kubelint_lb.engine.run import lint
from kubelint_lb.kube.admitted import admitted
from kubelint_lb.kube.kinds import KINDS
from kubelint_lb.kube.manifest import manifests_of
from kubelint_lb.kube.scopes import is_cluster_scoped
from kubelint_lb.settings.settings import Settings, UnitSettings
from kubelint_lb.source.parse import parse_text
from tests.conftest import write_tree

_NOT_APPLIED = ("kustomization", "Chart.yaml", "values")
# Their examples say nothing of a namespace, and in a cluster there is one.
_BY_NAMESPACE = frozenset({"route-namespace-not-allowed"})
CATALOGUE = load_catalogue(())
RULES = [name for name, one in CATALOGUE.outlines.items() if one.family in {"gateway", "ingress", "service"}]


def good(name: str) -> Iterator[Example]:
    """The good examples that are plain objects."""
    for example in CATALOGUE.words(name).examples:
        plain = not any(word in path for path in example.files for word in _NOT_APPLIED)
        if plain and not example.bad and not any("{{" in text or "${" in text for text in example.files.values()):
            yield example


def kept(example: Example) -> Iterator[Any]:
    """The objects as the API server keeps them."""
    for path, text in example.files.items():
        for document in parse_text(text, path):
            for manifest in manifests_of(document):
                item = admitted(manifest)
                metadata = item.setdefault("metadata", {})
                if not is_cluster_scoped(*manifest.identity):
                    metadata.setdefault("namespace", "default")
                spec = item.get("spec")
                if manifest.kind == "Service" and isinstance(spec, dict):
                    allocate(spec)
                if manifest.kind.endswith("Route") and isinstance(spec, dict):
                    weigh(spec)
                yield item


def allocate(spec: Any) -> None:
    """What the API server adds to a Service besides constants."""
    if spec.get("type") == "ExternalName":
        return
    spec.setdefault("clusterIP", "10.96.1.1")
    spec.update({"clusterIPs": [spec["clusterIP"]], "ipFamilies": spec.get("ipFamilies") or ["IPv4"]})
    spec.setdefault("ipFamilyPolicy", "SingleStack")
    if spec.get("sessionAffinity") == "ClientIP":
        spec.setdefault("sessionAffinityConfig", {"clientIP": {"timeoutSeconds": 10800}})
    if spec.get("type") in {"NodePort", "LoadBalancer"} and spec.get("allocateLoadBalancerNodePorts"):
        for number, port in enumerate(spec.get("ports") or ()):
            port.setdefault("nodePort", 30000 + number)


def weigh(spec: Any) -> None:
    """The definitions of routes give every backend a weight."""
    for rule in spec.get("rules") or ():
        for backend in rule.get("backendRefs") or ():
            backend.setdefault("weight", 1)


@pytest.mark.parametrize("name", [one for one in RULES if one not in _BY_NAMESPACE])
def test_defaults_make_no_finding_of_a_good_example(name: str, tmp_path: Path) -> None:
    rule = CATALOGUE.rules[name]
    for number, example in enumerate(good(name)):
        root = tmp_path / str(number)
        texts = texts_of(kept(example), "here", frozenset(KINDS.values()))
        live = Live("here", texts.by_path, texts.made, frozenset(), (), None, (), None, None, None, ())
        settings = example_settings(name, example, root, enabled=rule.enabled, severity=rule.severity)
        found = [one for one in ClusterRun(settings, live).report().findings if one.rule == name]
        assert {one.message_key for one in found} <= (written(example, settings, name) if found else set()), example.title


def written(example: Example, settings: Settings, name: str) -> set[str]:
    """The messages of a rule where the files of an example are all that there is: what is not in them is missing then."""
    write_tree(settings.root or Path(), example.files)
    everything = (UnitSettings("all", ("**",), complete=True),)
    return {
        one.message_key for one in lint([settings.root or "."], settings._replace(units=everything)).findings if one.rule == name
    }
