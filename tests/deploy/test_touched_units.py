"""Runs on single files of kustomizations: what counts as changed with them, and what is left alone."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kubelint_lb.cache.outputs import Cache
from kubelint_lb.deploy.kustomize import renderer, rendering
from kubelint_lb.deploy.kustomize.overlays import Files, Overlay, resolve
from kubelint_lb.render.kustomize.closure import Closure
from kubelint_lb.render.kustomize.command import KustomizeOutput, Tool
from kubelint_lb.render.kustomize.shadow import Shadow
from tests.conftest import write_tree
from tests.engine.trees import RULE, check, sticky
from tests.engine.work_tree import WorkTree
from tests.render.tools import needs_kustomize

SHARED = {
    "base/kustomization.yaml": "resources: [service.yaml]\n",
    "base/service.yaml": sticky("base"),
    "dev/kustomization.yaml": "namespace: dev\nresources: [../base, service.yaml]\n",
    "dev/service.yaml": sticky("dev"),
    "prod/kustomization.yaml": "namespace: prod\nresources: [../base, service.yaml]\n",
    "prod/service.yaml": sticky("prod"),
}
ROUTE = """\
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: shop}
spec:
  rules:
    - backendRefs: [{name: web, namespace: back, port: 81}]
"""
SERVICE = """\
apiVersion: v1
kind: Service
metadata: {name: web}
spec:
  selector: {app: web}
  ports: [{port: 80}]
"""


def found(root: Path, *names: str, rule: str = RULE, **options: Any) -> list[str]:
    """The files with findings in a run on some files."""
    return [one.location.path for one in check(root, *names, select=(rule,), **options).findings]


def test_a_kustomization_counts_for_the_files_that_only_it_applies(tmp_path: Path) -> None:
    write_tree(tmp_path, SHARED)
    assert found(tmp_path, "prod/kustomization.yaml") == ["prod/service.yaml"]
    assert found(tmp_path, "base/kustomization.yaml") == ["base/service.yaml"], "it steers no more than what it includes"
    both = found(tmp_path, "dev/kustomization.yaml", "prod/kustomization.yaml")
    assert both == ["base/service.yaml", "dev/service.yaml", "prod/service.yaml"], "nobody else applies the base"


def test_a_resource_counts_for_itself_only(tmp_path: Path) -> None:
    write_tree(tmp_path, {**SHARED, "prod/other.yaml": sticky("other", seconds=600)})
    write_tree(tmp_path, {"prod/kustomization.yaml": "namespace: prod\nresources: [../base, service.yaml, other.yaml]\n"})
    assert found(tmp_path, "prod/other.yaml") == []


def test_a_changed_kustomization(tmp_path: Path) -> None:
    (tmp_path / "repository").mkdir()
    tree = WorkTree(tmp_path / "repository")
    tree.commit(SHARED)
    tree.write({"prod/kustomization.yaml": "namespace: live\nresources: [../base, service.yaml]\n"})
    assert found(tree.folder, changed_since="HEAD") == ["prod/service.yaml"]


def test_without_rendering_nothing_is_known_of_it(tmp_path: Path) -> None:
    write_tree(tmp_path, SHARED)
    assert found(tmp_path, "prod/kustomization.yaml", render=False) == []


@needs_kustomize
def test_a_patch_and_the_input_of_a_generator(tmp_path: Path) -> None:
    write_tree(tmp_path, SHARED)
    write_tree(
        tmp_path,
        {
            "prod/kustomization.yaml": (
                "resources: [service.yaml]\npatches: [{path: patch.yaml}]\n"
                "configMapGenerator: [{name: settings, files: [settings.ini]}]\n"
            ),
            "prod/service.yaml": sticky("prod", seconds=600),
            "prod/patch.yaml": sticky("prod"),
            "prod/other.yaml": sticky("other"),
            "prod/settings.ini": "colour = green\n",
        },
    )
    assert found(tmp_path, "prod/patch.yaml") == ["prod/patch.yaml"]
    assert found(tmp_path, "prod/settings.ini") == ["prod/patch.yaml"]
    assert found(tmp_path, "prod/service.yaml") == []


@needs_kustomize
def test_a_component_counts_for_what_includes_it(tmp_path: Path) -> None:
    component = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\npatches: [{path: patch.yaml}]\n"
    patch = "apiVersion: v1\nkind: Service\nmetadata: {name: prod, namespace: shop}\nspec: {type: ClusterIP}\n"
    write_tree(tmp_path, {**SHARED, "quiet/kustomization.yaml": component, "quiet/patch.yaml": patch})
    write_tree(tmp_path, {"prod/kustomization.yaml": "resources: [../base, service.yaml]\ncomponents: [../quiet]\n"})
    for name in ("kustomization.yaml", "patch.yaml"):
        assert found(tmp_path, f"quiet/{name}") == ["prod/service.yaml"]


BETWEEN = {
    "front/kustomization.yaml": "namespace: front\nresources: [route.yaml]\n",
    "front/route.yaml": ROUTE,
    "back/kustomization.yaml": "namespace: back\nresources: [service.yaml]\n",
    "back/service.yaml": SERVICE,
    "side/kustomization.yaml": "namespace: side\nresources: [service.yaml]\n",
    "side/service.yaml": SERVICE,
}


@pytest.mark.parametrize("name", ["front/kustomization.yaml", "front/route.yaml", "back/service.yaml"])
def test_a_unit_meets_those_whose_namespace_it_names(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    write_tree(tmp_path, BETWEEN)
    worked_out = _watched(monkeypatch)
    assert found(tmp_path, name, rule="backend-ref-port-not-in-service") == ["front/route.yaml"]
    assert worked_out == ["back", "front"]


@pytest.mark.parametrize(
    "service",
    [SERVICE.replace("metadata:", "apiVersion: shops.example/v1\nmetadata:").replace("apiVersion: v1\n", "", 1), SERVICE],
    ids=["a custom resource", "no namespace"],
)
def test_a_unit_that_may_fill_any_namespace_is_looked_into(tmp_path: Path, service: str, monkeypatch: pytest.MonkeyPatch) -> None:
    kustomization = "resources: [service.yaml]\n" if service is SERVICE else "namespace: open\nresources: [service.yaml]\n"
    write_tree(tmp_path, {**BETWEEN, "open/kustomization.yaml": kustomization, "open/service.yaml": service})
    worked_out = _watched(monkeypatch)
    found(tmp_path, "side/service.yaml")
    assert worked_out == ["open", "side"]
    worked_out.clear()
    found(tmp_path, "open/service.yaml")
    assert worked_out == ["back", "front", "open", "side"]


def _watched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The folders of the kustomizations that are worked out in process, from now on."""
    folders: list[str] = []

    def watched(closure: Closure, files: Files) -> Overlay | None:
        folders.append(closure.root.folder)
        return resolve(closure, files)

    monkeypatch.setattr(rendering, "resolve", watched)
    return folders


def _rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The folders that a kustomize which refuses everything is asked for, from now on."""
    names: list[str] = []

    def render(shadow: Shadow, _tool: Tool, _seconds: float, _cache: Cache) -> KustomizeOutput:
        names.append(shadow.folder)
        return KustomizeOutput(error="it is not needed here")

    monkeypatch.setattr(renderer, "find_kustomize", lambda: Tool("kustomize", ("kustomize", "build")))
    monkeypatch.setattr(renderer, "render", render)
    return names


def test_a_hook_on_one_file_of_2000_overlays_touches_only_its_unit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(2000):
        name = f"shop-{number:04}"
        patch = f"patches: [{{patch: '{{kind: Service, metadata: {{name: {name}}}}}'}}]\n" if number % 2 else ""
        kustomization = f"namespace: {name}\nresources: [service.yaml]\n{patch}"
        write_tree(tmp_path, {f"{name}/kustomization.yaml": kustomization, f"{name}/service.yaml": sticky(name, name)})
    worked_out, rendered = _watched(monkeypatch), _rendered(monkeypatch)
    assert found(tmp_path, "shop-0100/service.yaml") == ["shop-0100/service.yaml"]
    assert (worked_out, rendered) == (["shop-0100"], [])
    worked_out.clear()
    assert found(tmp_path, "shop-0100/kustomization.yaml") == ["shop-0100/service.yaml"]
    assert (worked_out, rendered) == (["shop-0100"], [])
    worked_out.clear()
    check(tmp_path, "shop-0101/service.yaml")
    assert (worked_out, rendered) == (["shop-0101"], ["shop-0101"])
