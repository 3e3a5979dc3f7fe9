"""A rule declares the kinds that it looks up: all of them, or they are not parsed; no others, or too much is.

`python scripts/needs.py` writes them.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import pytest

from kubelint_lb.deploy.plan import Plan
from kubelint_lb.engine import run
from kubelint_lb.engine.detect import Hit
from kubelint_lb.engine.settle import settle
from kubelint_lb.kube.kinds import CUSTOM, expand
from kubelint_lb.settings.settings import Settings
from kubelint_lb.traffic.world import World, worlds_of
from tests.rules.reads import CATALOGUE, needs_of, write_crowd

RULES = [name for name, outline in CATALOGUE.outlines.items() if outline.kinds]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("crowd")
    write_crowd(root)
    return root


@pytest.mark.parametrize("name", RULES)
def test_a_rule_needs_what_it_is_seen_to_read(name: str, crowd: Path) -> None:
    assert list(CATALOGUE.outlines[name].needs) == needs_of(name, crowd)


def test_what_a_finding_points_at_is_its_object_or_of_a_kind_that_its_rule_needs(
    crowd: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that a run about one file may leave out rules that look up nothing of it (`engine.pertinent`)."""
    found: list[Hit] = []
    kinds: dict[int, set[str | None]] = defaultdict(set)

    def keep(plan: Plan) -> tuple[World, ...]:
        worlds = worlds_of(plan)
        for manifest in (one for world in worlds for one in world.objects.manifests):
            kinds[id(manifest.node.document)].add(manifest.view_name or CUSTOM)
        return worlds

    def caught(hits: list[Hit], *rest: Any) -> Any:
        found.extend(hits)
        return settle(hits, *rest)

    monkeypatch.setattr(run, "worlds_of", keep)
    monkeypatch.setattr(run, "settle", caught)
    run.lint([crowd], Settings(root=crowd, select=("ALL",)))
    assert {hit.rule for hit in found} > {"backend-ref-not-found", "etp-local-no-spread", "ingress-duplicate-path"}
    strangers = set()
    for hit in found:
        needed = {*expand(CATALOGUE.outlines[hit.rule].needs), CUSTOM}
        if hit.handed is None or "Any" in needed or not CATALOGUE.outlines[hit.rule].kinds:
            continue
        for node in (hit.issue.node, *(node for node, _ in hit.issue.relations)):
            document = node.document
            if document is not hit.handed.node.document and needed.isdisjoint(kinds[id(document)]):
                strangers.add((hit.rule, *map(str, kinds[id(document)])))
    assert strangers == set()
