"""Kustomizations that nobody should write: no crash, no harm, and the other units are linted."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import LintTree, Seen
from tests.deploy.test_kustomize_units import AFFINITY, FAILED, SERVICE
from tests.render.tools import needs_kustomize


def paths(lint_tree: LintTree, tree: dict[str, str]) -> list[str]:
    report = lint_tree(tree, select=(AFFINITY, FAILED, "internal-error"), render=True, render_seconds=10.0)
    assert report.exit_code < 3
    return [Seen(finding).path for finding in report.findings]


@pytest.mark.parametrize(
    "kustomization",
    [
        "resources: service.yaml\n",
        "resources: {a: b}\n",
        "resources: [null, {a: b}, [service.yaml], 3]\n",
        "patches: 3\nresources: [service.yaml]\n",
        "patches: [3, null, {patch: 3}, {path: [a]}]\nresources: [service.yaml]\n",
        "replicas: [{name: web, count: .nan}]\nresources: [service.yaml]\n",
        'namePrefix: a-\nresources: [service.yaml, "a\\0b"]\n',
        f"namePrefix: a-\nresources: [service.yaml, {'a' * 5000}]\n",
        "namePrefix: a-\nresources: [service.yaml, kustomization.yaml]\n",
        "resources: [.]\nnamePrefix: a-\n",
        "resources: [.]\n",
        "kind: Component\nresources: [service.yaml]\n",
        "configMapGenerator: [3, {files: 3}, {files: [a=../../etc/passwd]}]\nresources: [service.yaml]\nnamePrefix: a-\n",
        "transformers: [absent, ../.., 3]\nresources: [service.yaml]\n",
        "openapi: {path: ../../../etc/passwd}\nresources: [service.yaml]\n",
        "- a\n",
        "",
        "resources: [\n",
    ],
)
def test_no_kustomization_hides_the_others(lint_tree: LintTree, kustomization: str) -> None:
    tree = {
        "odd/kustomization.yaml": kustomization,
        "odd/service.yaml": SERVICE,
        "good/kustomization.yaml": "resources: [service.yaml]\n",
        "good/service.yaml": SERVICE,
    }
    assert "good/service.yaml" in paths(lint_tree, tree)


def test_kustomizations_that_include_each_other(lint_tree: LintTree) -> None:
    tree = {
        "a/kustomization.yaml": "resources: [../b, service.yaml]\n",
        "a/service.yaml": SERVICE,
        "b/kustomization.yaml": "resources: [../a]\n",
    }
    assert paths(lint_tree, tree) == ["a/service.yaml"]


def test_a_tower_of_bases_does_not_take_for_ever(lint_tree: LintTree) -> None:
    tree = {f"{n}/kustomization.yaml": f"resources: [../{n + 1}, ./../{n + 1}]\n" for n in range(20)}
    tree |= {"20/kustomization.yaml": "resources: [absent.yaml, service.yaml]\n", "20/service.yaml": SERVICE}
    assert paths(lint_tree, tree) == ["20/kustomization.yaml", "20/service.yaml"]


@needs_kustomize
def test_files_outside_the_root_are_not_read(lint_tree: LintTree, tmp_path: Path) -> None:
    secret = tmp_path.parent / f"{tmp_path.name}-outside.yaml"
    secret.write_text(SERVICE.replace("name: web", "name: outside"))
    (tmp_path / "app").mkdir()
    (tmp_path / "app" / "link.yaml").symlink_to(secret)
    tree = {
        "app/kustomization.yaml": f"resources: [service.yaml, link.yaml, {secret}]\nnamePrefix: a-\n",
        "app/service.yaml": SERVICE,
    }
    report = lint_tree(tree, select=(AFFINITY, FAILED), render=True)
    assert ["outside" in finding.message for finding in report.findings] == [False]


@needs_kustomize
def test_nothing_is_fetched(lint_tree: LintTree) -> None:
    tree = {
        "kustomization.yaml": (
            "resources:\n  - service.yaml\n  - https://192.0.2.1/x.yaml\n  - git@192.0.2.1:org/repo\n"
            "  - 192.0.2.1/org/repo//x?ref=main\n"
            "patches: [{path: https://192.0.2.1/patch.yaml}]\nnamePrefix: a-\n"
        ),
        "service.yaml": SERVICE,
    }
    assert paths(lint_tree, tree) == ["service.yaml"]


@needs_kustomize
def test_a_patch_that_is_not_there_is_said(lint_tree: LintTree) -> None:
    tree = {
        "kustomization.yaml": "resources: [service.yaml]\npatchesStrategicMerge: [absent.yaml]\n",
        "service.yaml": SERVICE,
    }
    assert paths(lint_tree, tree) == ["kustomization.yaml"]
