"""Kustomizations as units: worked out in process or rendered by kustomize, every finding at the line that people wrote."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent
from typing import Any

import pytest

from kubelint_lb.render.kustomize.command import Tool, find_kustomize
from kubelint_lb.report.finding import Report
from kubelint_lb.settings.settings import UnitSettings
from tests.conftest import LintTree, Seen
from tests.render.tools import needs_kustomize

AFFINITY = "affinity-timeout-unbounded"
NOT_ALLOWED = "field-not-allowed-for-type"
NOT_FOUND = "backend-ref-not-found"
FAILED = "render-failed"

SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector: {app: web}
  sessionAffinity: ClientIP
  ports:
    - {name: http, port: 80}
"""
DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: web}]}
"""


def seen(report: Report) -> list[Seen]:
    return [Seen(finding) for finding in report.findings]


def places(report: Report) -> list[tuple[str, int, int]]:
    return [(one.path, one.line, one.column) for one in seen(report)]


def route(*services: str, namespace: str = "", target: str = "") -> str:
    backends = ", ".join(f"{{name: {name}, port: 80{f', namespace: {target}' if target else ''}}}" for name in services)
    inside = f", namespace: {namespace}" if namespace else ""
    return dedent(f"""\
        apiVersion: gateway.networking.k8s.io/v1
        kind: HTTPRoute
        metadata: {{name: shop{inside}}}
        spec:
          rules:
            - backendRefs: [{backends}]
        """)


# --- in process


def test_overlays_that_set_a_namespace_share_one_finding(lint_tree: LintTree) -> None:
    tree = {
        "base/kustomization.yaml": "resources: [service.yaml, deployment.yaml]\n",
        "base/service.yaml": SERVICE,
        "base/deployment.yaml": DEPLOYMENT,
        "dev/kustomization.yaml": "namespace: dev\nresources: [../base]\n",
        "prod/kustomization.yaml": "namespace: prod\nresources: [../base]\n",
    }
    report = lint_tree(tree, select=AFFINITY, render=True)
    (found,) = seen(report)
    assert (found.path, found.place, found.finding.units) == ("base/service.yaml", (7, 20), ("dev", "prod"))
    assert found.finding.object is not None
    assert found.finding.object.namespace == "dev"
    assert report.summary.units == 2


def test_overlays_are_not_compared_with_each_other(lint_tree: LintTree) -> None:
    node_port = SERVICE.replace("port: 80}", "port: 80, nodePort: 30080}").replace("spec:\n", "spec:\n  type: NodePort\n")
    tree = {
        "dev/kustomization.yaml": "resources: [service.yaml]\n",
        "dev/service.yaml": node_port,
        "prod/kustomization.yaml": "resources: [service.yaml]\n",
        "prod/service.yaml": node_port.replace("name: web", "name: shop"),
    }
    assert seen(lint_tree(tree, select="node-port-collision", render=True)) == []


def test_the_files_of_one_unit_are_compared_wherever_they_lie(lint_tree: LintTree) -> None:
    node_port = SERVICE.replace("port: 80}", "port: 80, nodePort: 30080}").replace("spec:\n", "spec:\n  type: NodePort\n")
    tree = {
        "kustomization.yaml": "resources: [a/service.yaml, b/service.yaml]\n",
        "a/service.yaml": node_port,
        "b/service.yaml": node_port.replace("name: web", "name: shop"),
    }
    (found,) = seen(lint_tree(tree, select="node-port-collision", render=True))
    assert (found.path, found.line) == ("b/service.yaml", 10)
    assert [one[:2] for one in found.related] == [("a/service.yaml", 10)]


def test_a_route_into_the_namespace_that_the_overlay_sets(lint_tree: LintTree) -> None:
    tree = {
        "kustomization.yaml": "namespace: shop\nresources: [route.yaml, service.yaml]\n",
        "route.yaml": route("web", "wbe"),
        "service.yaml": SERVICE,
    }
    (found,) = seen(lint_tree(tree, select=NOT_FOUND, render=True))
    assert (found.path, found.place) == ("route.yaml", (6, 51))


def test_a_component_works_on_what_was_listed_before_it(lint_tree: LintTree) -> None:
    tree = {
        "kustomization.yaml": "resources: [service.yaml]\ncomponents: [shared]\n",
        "service.yaml": SERVICE,
        "shared/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamespace: shared\n",
    }
    (found,) = seen(lint_tree(tree, select=AFFINITY, render=True))
    assert found.finding.object is not None
    assert (found.finding.object.namespace, found.finding.units) == ("shared", (".",))


def test_an_object_is_suppressed_where_it_is_written(lint_tree: LintTree) -> None:
    annotated = SERVICE.replace("name: web\nspec", "name: web\n  annotations: {kubelint-lb.dev/ignore.weights-all-zero: x}\nspec")
    tree = {
        "kustomization.yaml": "namespace: shop\nresources: [service.yaml]\n",
        "service.yaml": annotated.replace("ignore.weights-all-zero", f"ignore.{AFFINITY}"),
    }
    report = lint_tree(tree, select=(AFFINITY, "unused-suppression"), render=True)
    assert report.findings == ()
    assert [one.rule for one in report.suppressed] == [AFFINITY]


# --- between units


def test_a_service_of_another_unit_is_found_by_its_namespace(lint_tree: LintTree) -> None:
    tree = {
        "shop/kustomization.yaml": "namespace: shop\nresources: [route.yaml, service.yaml]\n",
        "shop/route.yaml": route("web") + "---\n" + route("api", target="backend").replace("name: shop", "name: other"),
        "shop/service.yaml": SERVICE,
        "backend/kustomization.yaml": "namespace: backend\nresources: [service.yaml]\n",
        "backend/service.yaml": SERVICE.replace("name: web", "name: api").replace("port: 80}", "port: 8080}"),
    }
    (found,) = seen(lint_tree(tree, select=(NOT_FOUND, "backend-ref-port-not-in-service"), render=True))
    assert (found.rule, found.path, found.line) == ("backend-ref-port-not-in-service", "shop/route.yaml", 13)


def test_a_service_of_a_variant_of_the_unit_is_not_found(lint_tree: LintTree) -> None:
    both = {
        f"{name}/kustomization.yaml": "namespace: shop\nresources: [route.yaml, service.yaml, more.yaml]\n"
        for name in ("dev", "prod")
    }
    tree = {
        **both,
        **{f"{name}/route.yaml": route("web", "api") for name in ("dev", "prod")},
        **{f"{name}/service.yaml": SERVICE for name in ("dev", "prod")},
        "dev/more.yaml": SERVICE.replace("name: web", "name: api"),
        "prod/more.yaml": SERVICE.replace("name: web", "name: billing"),
    }
    (found,) = seen(lint_tree(tree, select=NOT_FOUND, render=True))
    assert (found.path, found.finding.units) == ("prod/route.yaml", ("prod",))


def test_a_release_of_another_unit_may_bring_the_service(lint_tree: LintTree) -> None:
    release = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: api}\nspec: {}\n"
    tree = {
        "shop/kustomization.yaml": "namespace: shop\nresources: [route.yaml, service.yaml]\n",
        "shop/route.yaml": route("web", "api"),
        "shop/service.yaml": SERVICE,
    }
    assert len(seen(lint_tree(tree, select=NOT_FOUND, render=True))) == 1
    tree |= {"api/kustomization.yaml": "namespace: shop\nresources: [release.yaml]\n", "api/release.yaml": release}
    assert seen(lint_tree(tree, select=NOT_FOUND, render=True)) == []


def test_even_a_complete_world_is_more_than_one_unit(lint_tree: LintTree) -> None:
    tree = {
        "services/kustomization.yaml": "resources: [service.yaml]\n",
        "services/service.yaml": SERVICE,
        "pods/kustomization.yaml": "resources: [deployment.yaml]\n",
        "pods/deployment.yaml": DEPLOYMENT,
    }
    assert seen(lint_tree(tree, select="selector-no-workload", render=True, complete=True)) == []
    del tree["pods/deployment.yaml"]
    tree["pods/deployment.yaml"] = DEPLOYMENT.replace("app: web", "app: other")
    (found,) = seen(lint_tree(tree, select="selector-no-workload", render=True, complete=True))
    assert found.path == "services/service.yaml"


def test_a_configured_unit_holds_its_kustomizations_as_they_are_rendered(lint_tree: LintTree) -> None:
    tree = {
        "base/kustomization.yaml": "resources: [service.yaml]\n",
        "base/service.yaml": SERVICE,
        "prod/web/kustomization.yaml": "namespace: prod\nresources: [../../base, route.yaml]\n",
        "prod/web/route.yaml": route("web", "api"),
        "prod/plain/service.yaml": SERVICE.replace("name: web", "name: db"),
    }
    unit = UnitSettings("production", ("prod/**",), complete=True)
    found = seen(lint_tree(tree, select=(AFFINITY, NOT_FOUND), render=True, units=(unit,)))
    assert [(one.rule, one.path) for one in found] == [
        (AFFINITY, "base/service.yaml"),
        (AFFINITY, "prod/plain/service.yaml"),
        (NOT_FOUND, "prod/web/route.yaml"),
    ]
    assert {one.finding.units for one in found} == {("production",)}


# --- what is left out


def test_a_chart_that_is_not_rendered_leaves_misses_open(lint_tree: LintTree) -> None:
    tree = {
        "kustomization.yaml": "resources: [route.yaml, service.yaml]\nhelmCharts: [{name: api, repo: https://example.com}]\n",
        "route.yaml": route("web", "api"),
        "service.yaml": SERVICE,
    }
    report = lint_tree(tree, select=NOT_FOUND, render=True)
    assert report.findings == ()
    (notice,) = report.notices
    assert notice == (
        "1 of 1 kustomizations bring more than is rendered here (Helm charts); what they refer to may be in that "
        "(`kubelint-lb units` lists them)"
    )


def test_without_rendering_files_are_read_one_by_one(lint_tree: LintTree) -> None:
    tree = {"kustomization.yaml": "namespace: shop\nresources: [service.yaml]\n", "service.yaml": SERVICE}
    (found,) = seen(lint_tree(tree, select=AFFINITY, render=False))
    assert found.finding.object is not None
    assert (found.finding.object.namespace, found.finding.units) == (None, (".",))


def test_without_the_tool_patched_files_are_read_as_they_are(lint_tree: LintTree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kubelint_lb.deploy.kustomize.renderer.find_kustomize", lambda: None)
    tree = {
        "kustomization.yaml": "resources: [service.yaml]\npatches: [{path: patch.yaml}]\n",
        "service.yaml": SERVICE.replace("ClientIP", "ClientIP\n  sessionAffinityConfig: {clientIP: {timeoutSeconds: 80000}}"),
        "patch.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n",
    }
    report = lint_tree(tree, select=AFFINITY, render=True)
    assert places(report) == [("service.yaml", 8, 54)]
    assert report.notices == ("1 of 1 kustomizations are read file by file: neither kustomize nor kubectl is on the PATH",)


def test_a_file_that_is_not_there_is_said_at_its_entry(lint_tree: LintTree) -> None:
    tree = {"kustomization.yaml": "resources:\n  - service.yaml\n  - absent.yaml\n", "service.yaml": SERVICE}
    report = lint_tree(tree, select=(FAILED, AFFINITY), render=True)
    failed, affinity = seen(report)
    assert (failed.path, failed.place, failed.rule) == ("kustomization.yaml", (3, 5), FAILED)
    assert failed.message == "kustomize cannot render .: there is no absent.yaml."
    assert affinity.path == "service.yaml"


# --- rendered


@needs_kustomize
@pytest.mark.parametrize(
    "patch",
    [
        "patches:\n  - path: local.yaml\n",
        "patchesStrategicMerge:\n  - local.yaml\n",
    ],
)
def test_a_value_that_a_patch_sets_is_found_in_the_patch(lint_tree: LintTree, patch: str) -> None:
    tree = {
        "base/kustomization.yaml": "resources: [service.yaml]\n",
        "base/service.yaml": SERVICE,
        "prod/kustomization.yaml": f"resources: [../base]\nnamePrefix: prod-\n{patch}",
        "prod/local.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  externalTrafficPolicy: Local\n",
    }
    affinity, found = seen(lint_tree(tree, select=(NOT_ALLOWED, AFFINITY), render=True))
    assert (found.rule, found.path, found.place) == (NOT_ALLOWED, "prod/local.yaml", (5, 26))
    assert "prod-web" in found.message
    assert found.finding.units == ("prod",)
    assert (affinity.path, affinity.place) == ("base/service.yaml", (7, 20))


@needs_kustomize
def test_a_patch_inside_the_kustomization_has_its_line(lint_tree: LintTree) -> None:
    overlay = """\
        resources: [service.yaml]
        patches:
          - target: {kind: Service}
            patch: |
              - op: add
                path: /spec/externalTrafficPolicy
                value: Local
        """
    tree = {"kustomization.yaml": overlay, "service.yaml": SERVICE}
    assert places(lint_tree(tree, select=NOT_ALLOWED, render=True)) == [("kustomization.yaml", 7, 16)]


@needs_kustomize
def test_a_merge_patch_inside_the_kustomization_has_its_line(lint_tree: LintTree) -> None:
    overlay = """\
        resources: [service.yaml]
        patches:
          - patch: |
              apiVersion: v1
              kind: Service
              metadata: {name: web}
              spec:
                externalTrafficPolicy: Local
        """
    tree = {"kustomization.yaml": overlay, "service.yaml": SERVICE}
    assert places(lint_tree(tree, select=NOT_ALLOWED, render=True)) == [("kustomization.yaml", 8, 32)]


@needs_kustomize
def test_a_count_of_replicas_is_found_in_the_kustomization(lint_tree: LintTree) -> None:
    local = SERVICE.replace("spec:\n", "spec:\n  type: LoadBalancer\n  externalTrafficPolicy: Local\n")
    tree = {
        "kustomization.yaml": "resources: [service.yaml, deployment.yaml]\nreplicas:\n  - {name: web, count: 1}\n",
        "service.yaml": local,
        "deployment.yaml": DEPLOYMENT,
    }
    (found,) = seen(lint_tree(tree, select="etp-local-single-replica", render=True))
    assert ("kustomization.yaml", 3, 24) in [(found.path, *found.place), *(one[:3] for one in found.related)]


@needs_kustomize
def test_labels_of_the_overlay_reach_the_selectors(lint_tree: LintTree) -> None:
    tree = {
        "kustomization.yaml": "resources: [service.yaml, deployment.yaml]\ncommonLabels: {team: shop}\n",
        "service.yaml": SERVICE,
        "deployment.yaml": DEPLOYMENT.replace("labels: {app: web}}\n", "labels: {app: web}}\n"),
    }
    assert seen(lint_tree(tree, select="selector-no-workload", render=True, complete=True)) == []


@needs_kustomize
def test_a_comment_speaks_for_what_is_rendered_from_its_file(lint_tree: LintTree) -> None:
    comment = f"# kubelint-lb: ignore[{AFFINITY}] the pods share their sessions\n"
    tree = {
        "kustomization.yaml": "resources: [service.yaml]\nnamePrefix: a-\n",
        "service.yaml": comment + SERVICE,
    }
    report = lint_tree(tree, select=(AFFINITY, "unused-suppression"), render=True)
    assert report.findings == ()
    assert [one.rule for one in report.suppressed] == [AFFINITY]


@needs_kustomize
def test_what_kustomize_refuses_is_one_finding_with_its_words(lint_tree: LintTree) -> None:
    tree = {
        "bad/kustomization.yaml": "resources: [service.yaml]\npatches: [{path: patch.yaml}]\n",
        "bad/service.yaml": SERVICE,
        "bad/patch.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: other}\n",
        "good/kustomization.yaml": "resources: [service.yaml]\nnamePrefix: a-\n",
        "good/service.yaml": SERVICE,
    }
    failed, affinity = seen(lint_tree(tree, select=(FAILED, AFFINITY), render=True))
    assert (failed.rule, failed.path, failed.place, failed.severity) == (FAILED, "bad/kustomization.yaml", (1, 1), "warning")
    assert "kustomize cannot render bad: " in failed.message
    assert "no matches for Id" in failed.message
    assert "/tmp" not in failed.message
    assert affinity.path == "good/service.yaml"


def sleeper(folder: Path, body: str) -> Tool:
    program = folder / "renderer"
    program.write_text(f"#!/bin/sh\n{body}\n")
    program.chmod(0o755)
    return Tool("renderer", (str(program), "build"))


def with_tool(monkeypatch: pytest.MonkeyPatch, tool: Tool) -> None:
    monkeypatch.setattr("kubelint_lb.deploy.kustomize.renderer.find_kustomize", lambda: tool)


def test_a_renderer_that_hangs_is_stopped(
    lint_tree: LintTree, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    with_tool(monkeypatch, sleeper(tmp_path_factory.mktemp("bin"), "sleep 600"))
    tree = {"kustomization.yaml": "resources: [service.yaml]\nnamePrefix: a-\n", "service.yaml": SERVICE}
    failed, affinity = seen(lint_tree(tree, select=(FAILED, AFFINITY), render=True, render_seconds=0.2))
    assert (failed.message_key, failed.message) == ("timed-out", "renderer did not finish . within 0.2 seconds.")
    assert affinity.finding.units == (".",)


def test_a_second_run_renders_nothing_again(
    lint_tree: LintTree, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch, cache: Path
) -> None:
    folder = tmp_path_factory.mktemp("bin")
    secret = "---\napiVersion: v1\nkind: Secret\nmetadata: {name: s}\ndata: {k: c2VjcmV0}\n"
    rendered = SERVICE.replace("name: web", "name: a-web") + secret
    (folder / "objects.yaml").write_text(rendered)
    with_tool(monkeypatch, sleeper(folder, f"echo run >>{folder}/runs; cat {folder}/objects.yaml"))
    tree: dict[str, Any] = {"kustomization.yaml": "resources: [service.yaml]\nnamePrefix: a-\n", "service.yaml": SERVICE}
    first = lint_tree(tree, select=AFFINITY, render=True)
    second = lint_tree(tree, select=AFFINITY, render=True)
    assert first.findings == second.findings
    assert (folder / "runs").read_text() == "run\n"
    kept = "".join(path.read_text() for path in cache.rglob("*") if path.is_file())
    assert "a-web" in kept
    assert "c2VjcmV0" not in kept
    lint_tree({"service.yaml": SERVICE + "# changed\n"}, select=AFFINITY, render=True)
    assert (folder / "runs").read_text() == "run\nrun\n"
    assert lint_tree({}, select=AFFINITY, render=True, cache=False).findings == first.findings
    assert (folder / "runs").read_text() == "run\nrun\nrun\n"


@needs_kustomize
def test_nothing_is_written_beside_the_manifests(lint_tree: LintTree, tmp_path: Path) -> None:
    tree = {"kustomization.yaml": "resources: [service.yaml]\nnamePrefix: a-\n", "service.yaml": SERVICE}
    lint_tree(tree, select=AFFINITY, render=True)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["kustomization.yaml", "service.yaml"]
    assert find_kustomize() is not None


@needs_kustomize
def test_a_generator_without_its_files_hides_no_pods(lint_tree: LintTree) -> None:
    generator = "configMapGenerator: [{name: env, envs: [absent.env]}]\n"
    tree = {
        "kustomization.yaml": "resources: [service.yaml, deployment.yaml]\nimages: [{name: web, newTag: v2}]\n" + generator,
        "service.yaml": SERVICE.replace("{app: web}", "{app: webb}"),
        "deployment.yaml": DEPLOYMENT,
    }
    report = lint_tree(tree, select="selector-no-workload", render=True)
    assert places(report) == [("service.yaml", 6, 19)]
    assert [one for one in report.notices if "generators without their files" in one]


def test_what_is_wrong_with_a_file_is_said_of_the_units_that_it_is_a_part_of(lint_tree: LintTree) -> None:
    tree = {
        "a/kustomization.yaml": "resources: [service.yaml]\n",
        "a/service.yaml": SERVICE + "spec: {}\n",
        "b/service.yaml": SERVICE + "spec: {}\n",
        "c/service.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: web\n",
    }
    found = seen(lint_tree(tree, select=["yaml-syntax", "duplicate-key"], render=True))
    assert [(one.path, one.finding.units) for one in found] == [
        ("a/service.yaml", ("a",)),
        ("b/service.yaml", (".",)),
        ("c/service.yaml", (".",)),
    ]


# --- applied by Flux


def flux(name: str, path: str, *lines: str) -> str:
    spec = "".join(f"  {line}\n" for line in (f"path: {path}", *lines))
    return f"apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\nmetadata: {{name: {name}}}\nspec:\n{spec}---\n"


def test_flux_says_which_namespace_a_folder_goes_to(lint_tree: LintTree) -> None:
    tree = {
        "cluster/shop.yaml": flux("shop", "./apps/shop", "targetNamespace: shop"),
        "apps/shop/kustomization.yaml": "resources: [service.yaml]\n",
        "apps/shop/service.yaml": SERVICE,
    }
    (found,) = seen(lint_tree(tree, select=AFFINITY, render=True))
    assert found.finding.object is not None
    assert (found.finding.object.namespace, found.finding.units) == ("shop", ("apps/shop",))


def test_a_folder_that_flux_applies_twice_is_two_units(lint_tree: LintTree) -> None:
    tree = {
        "cluster/shop.yaml": flux("a", "./web", "targetNamespace: a") + flux("b", "./web", "targetNamespace: b"),
        "web/kustomization.yaml": "resources: [service.yaml]\n",
        "web/service.yaml": SERVICE,
    }
    (found,) = seen(lint_tree(tree, select=AFFINITY, render=True))
    assert found.finding.units == ("web (a)", "web (b)")


def test_flux_adds_components(lint_tree: LintTree) -> None:
    component = "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [service.yaml]\n"
    tree = {
        "cluster/shop.yaml": flux("shop", "./shop", "targetNamespace: shop", "components: [../db]"),
        "shop/kustomization.yaml": "resources: [service.yaml]\n",
        "shop/service.yaml": SERVICE,
        "db/kustomization.yaml": component,
        "db/service.yaml": SERVICE.replace("name: web", "name: db"),
    }
    found = seen(lint_tree(tree, select=AFFINITY, render=True))
    assert [(one.path, one.finding.units) for one in found] == [("db/service.yaml", ("shop",)), ("shop/service.yaml", ("shop",))]
    assert all("shop/" in one.message for one in found)


@needs_kustomize
def test_flux_namespace_reaches_what_kustomize_renders(lint_tree: LintTree) -> None:
    tree = {
        "cluster/shop.yaml": flux("shop", "./shop", "targetNamespace: shop"),
        "shop/kustomization.yaml": "resources: [service.yaml]\nnamePrefix: a-\n",
        "shop/service.yaml": SERVICE,
    }
    (found,) = seen(lint_tree(tree, select=AFFINITY, render=True))
    assert found.finding.object is not None
    assert (found.finding.object.namespace, found.finding.object.name) == ("shop", "a-web")
    assert (found.path, found.place) == ("shop/service.yaml", (7, 20))


def test_what_flux_patches_may_still_get_what_is_absent(lint_tree: LintTree) -> None:
    tree = {
        "cluster/shop.yaml": flux("shop", "./shop", "patches: [{patch: x}]"),
        "shop/kustomization.yaml": "resources: [service.yaml]\n",
        "shop/service.yaml": SERVICE,
    }
    assert seen(lint_tree(tree, select=AFFINITY, render=True)) == []


@needs_kustomize
def test_a_key_that_a_json_patch_sets_has_its_line(lint_tree: LintTree) -> None:
    overlay = """\
        resources: [service.yaml]
        patches:
          - target: {kind: Service}
            patch: |
              - op: add
                path: /spec/loadBalancerSourceRanges
                value: [10.0.0.0/8]
        """
    tree = {"kustomization.yaml": overlay, "service.yaml": SERVICE}
    assert places(lint_tree(tree, select=NOT_ALLOWED, render=True)) == [("kustomization.yaml", 7, 16)]
