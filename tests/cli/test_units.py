"""`units`: what belongs together, how it was had, and what was skipped."""

from __future__ import annotations

import json
import shutil

import pytest

from tests.cli.program import CLEAN, Program


@pytest.fixture
def tree(program: Program) -> Program:
    program.write("shop/kustomization.yaml", "namespace: shop\nresources:\n  - service.yaml\n  - https://example.com/x.yaml\n")
    program.write("shop/service.yaml", CLEAN)
    program.write("broken/kustomization.yaml", "resources: [absent.yaml, service.yaml]\n")
    program.write("broken/service.yaml", CLEAN)
    program.write("chart/Chart.yaml", "name: chart\n")
    # Nothing that a rule reads: it is not rendered, whether Helm is here or not.
    program.write("chart/templates/map.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: map}\n")
    return program


def test_the_table(tree: Program) -> None:
    result = tree("units")
    assert result.out == (
        "UNIT    FOUND          RENDERED      OBJECTS\n"
        "shop    kustomization  in process    1 Service\n"
        "    without remote (shop/kustomization.yaml:4)\n"
        ".       plain          as written    2 Service\n"
        "broken  kustomization  not rendered  -\n"
        "    there is no absent.yaml\n"
        "\nSkipped:\n"
        "  chart/templates/map.yaml: template: a template of a Helm chart\n"
        "\n3 files hold no Kubernetes object.\n"
    )
    remote = (
        "kubelint-lb: 1 of 2 kustomizations bring more than is rendered here (remote resources); what they refer to may be in "
        "that (`kubelint-lb units` lists them)"
    )
    notices = [remote]
    if shutil.which("helm") is None:
        notices.append("kubelint-lb: 1 Helm chart is not rendered: helm is not on the PATH")
    assert result.err.splitlines() == notices
    assert result.code == 0


def test_json(tree: Program) -> None:
    data = json.loads(tree("units", "--format", "json").out)
    assert data["units"][0] == {
        "name": "shop",
        "found": "kustomization",
        "rendered": "in process",
        "why": None,
        "clusters": [],
        "applied_by": [],
        "kinds": {"Service": 1},
        "left_out": [{"why": "remote", "path": "shop/kustomization.yaml", "line": 4}],
    }
    assert data["skipped"][-1] == {
        "path": "shop/kustomization.yaml",
        "line": 0,
        "reason": "not-kubernetes",
        "detail": "a kustomization",
    }


def test_who_applies_a_unit(program: Program) -> None:
    head = "apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n"
    one = head + "metadata: {name: web, namespace: flux-system}\nspec: {path: ./shop, targetNamespace: shop}\n---\n"
    program.write("flux.yaml", one + one.replace("web", "again") + one.replace("web", "test").replace(": shop}", ": test}"))
    program.write("shop/service.yaml", CLEAN)
    result = program("units")
    assert result.out.startswith(
        "UNIT         FOUND          RENDERED    OBJECTS\n"
        "shop (shop)  kustomization  in process  1 Service\n"
        "    applied by flux-system/web (flux.yaml:4)\n"
        "    applied by flux-system/again (flux.yaml:9)\n"
        "shop (test)  kustomization  in process  1 Service\n"
        "    applied by flux-system/test (flux.yaml:14)\n"
    )
    data = json.loads(program("units", "--format", "json").out)
    assert data["units"][1]["applied_by"] == [{"name": "flux-system/test", "path": "flux.yaml", "line": 14}]


def test_without_rendering_there_is_one_plain_unit(tree: Program) -> None:
    data = json.loads(tree("units", "--no-render", "--format", "json").out)
    assert [(one["name"], one["found"], one["rendered"]) for one in data["units"]] == [(".", "plain", "as written")]


def test_configured_units(program: Program) -> None:
    program.write(".kubelint-lb.yaml", "units: [{name: prod, match: [prod/**]}]\n")
    program.write("prod/service.yaml", CLEAN)
    data = json.loads(program("units", "--format", "json").out)
    assert [(one["name"], one["found"]) for one in data["units"]] == [("prod", "configured"), (".", "plain")]


def test_clusters(program: Program) -> None:
    program.write(".kubelint-lb.yaml", "clusters: [{name: b, match: [prod]}, {name: a, match: [prod]}, {name: c, match: [c]}]\n")
    program.write("prod/service.yaml", CLEAN)
    program.write("other.yaml", CLEAN)
    assert program("units").out == (
        "UNIT  FOUND  RENDERED    OBJECTS\n"
        "b     plain  as written  1 Service\n"
        "    lands in b\n"
        "a     plain  as written  1 Service\n"
        "    lands in a\n"
        ".     plain  as written  2 Service\n"
    )
    data = json.loads(program("units", "--format", "json").out)
    assert [(one["name"], one["clusters"]) for one in data["units"]] == [("b", ["b"]), ("a", ["a"]), (".", [])]


def test_check_may_be_told_not_to_render(tree: Program) -> None:
    assert "2 units" in tree("check", "--fail-on", "never").out
    assert "1 unit." in tree("check", "--fail-on", "never", "--no-render").out


def test_what_another_tool_rendered(program: Program) -> None:
    program.write("out/shop/all.yaml", CLEAN)
    assert program("units", "--rendered", "out").out == (
        "UNIT      FOUND     RENDERED         OBJECTS\n"
        "out/shop  rendered  by another tool  1 Service\n"
        ".         plain     as written       1 Service\n"
    )
    program.write("more/all.yaml", CLEAN)
    assert "3 units." in program("check", "--fail-on", "never", "--rendered", "out", "--rendered", "more").out


@pytest.mark.parametrize(
    ("folder", "words"),
    [
        ("absent", "no such file or folder: absent"),
        ("web.yaml", "--rendered: web.yaml is not a folder"),
        ("..", "--rendered: .. lies outside {root}, the root of this run; put what is rendered below it"),
    ],
)
def test_a_rendered_folder_that_is_none(program: Program, folder: str, words: str) -> None:
    for name in ("check", "units"):
        result = program(name, "--rendered", folder)
        assert result.code == 2
        assert words.format(root=program.folder.resolve()) in result.err


def test_standard_input_is_rendered_already(program: Program) -> None:
    result = program("check", "-", "--rendered", ".")
    assert (result.code, result.err) == (2, "kubelint-lb: --rendered: standard input stands alone\n")
