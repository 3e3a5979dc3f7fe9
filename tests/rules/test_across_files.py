"""What findings that reach from file to file rest on: so much a run about one file may leave out, and no more.

Every example of every rule lies here in one tree, each of its objects in a file of its own, so that all that a rule says of
another object is said across files.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from kubelint_lb.deploy.plan import Plan
from kubelint_lb.engine import run
from kubelint_lb.engine.detect import Hit
from kubelint_lb.engine.neighbours import NUMEROUS, neighbours
from kubelint_lb.engine.settle import settle
from kubelint_lb.kube.kinds import CUSTOM, expand
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.settings.settings import Settings
from kubelint_lb.traffic.world import World, worlds_of
from tests.conftest import write_tree
from tests.rules.reads import CATALOGUE

_SEPARATOR = re.compile(r"^---.*$", re.MULTILINE)


class Crowd(NamedTuple):
    """All that was found, and where the objects stand."""

    hits: list[Hit]
    manifests: list[Manifest]

    def across(self) -> Iterator[tuple[Hit, Manifest, str]]:
        """What was found of an object and points into another file, with that file."""
        for hit in self.hits:
            if hit.handed is not None and CATALOGUE.outlines[hit.rule].kinds:
                for node in (hit.issue.node, *(node for node, _ in hit.issue.relations)):
                    if node.path != hit.handed.path:
                        yield hit, hit.handed, node.path


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Crowd:
    root = tmp_path_factory.mktemp("crowd")
    for name in CATALOGUE.outlines:
        for number, example in enumerate(CATALOGUE.words(name).examples):
            for path, text in example.files.items():
                pieces = enumerate(_SEPARATOR.split(text))
                file = Path(path)
                write_tree(root / f"{name}-{number}", {str(file.with_stem(f"{file.stem}-{count}")): one for count, one in pieces})
    hits: list[Hit] = []
    worlds: list[World] = []

    def keep(plan: Plan) -> tuple[World, ...]:
        worlds.extend(worlds_of(plan))
        return tuple(worlds)

    def caught(found: list[Hit], *rest: Any) -> Any:
        hits.extend(found)
        return settle(found, *rest)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(run, "worlds_of", keep)
        patched.setattr(run, "settle", caught)
        run.lint([root], Settings(root=root, select=("ALL",), render=False))
    return Crowd(hits, list({id(manifest): manifest for world in worlds for manifest in world.objects.manifests}.values()))


def test_it_is_a_crowd_in_which_much_is_found_across_files(crowd: Crowd) -> None:
    rules = {hit.rule for hit, _, _ in crowd.across()}
    assert {"backend-ref-port-not-in-service", "etp-local-no-spread", "ingress-duplicate-path", "pdb-selects-nothing"} & rules
    assert len(rules) > 60


def test_what_a_finding_points_at_is_of_a_kind_that_its_rule_needs(crowd: Crowd) -> None:
    kinds: dict[str, set[str]] = defaultdict(set)
    for manifest in crowd.manifests:
        kinds[manifest.path].add(manifest.view_name or CUSTOM)
    strangers = set()
    for hit, _, path in crowd.across():
        needed = {*expand(CATALOGUE.outlines[hit.rule].needs), CUSTOM}
        if "Any" not in needed and needed.isdisjoint(kinds[path]):
            strangers.add((hit.rule, *kinds[path]))
    assert strangers == set()


def test_what_a_finding_points_at_has_its_object_for_a_neighbour(crowd: Crowd) -> None:
    pointing: dict[str, dict[int, Hit]] = defaultdict(dict)
    for hit, manifest, path in crowd.across():
        pointing[path][id(manifest)] = hit
    by_path: dict[str, list[Manifest]] = defaultdict(list)
    for manifest in crowd.manifests:
        by_path[manifest.path].append(manifest)
    narrowed = 0
    strangers: set[tuple[str, str]] = set()
    for path, hits in pointing.items():
        near = neighbours(crowd.manifests, by_path[path], (), most=5)
        if near is not None:
            narrowed += len(near) < len(crowd.manifests) - 100
            far = [hit for key, hit in hits.items() if key not in near and hit.handed and hit.handed.view_name in NUMEROUS]
            strangers.update((path, hit.rule) for hit in far)
    assert strangers == set()
    assert narrowed > 200
