"""What a Flux Kustomization lays over its path: written into the kustomization, and found again where people wrote it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kubelint_lb.engine.reading import survey
from kubelint_lb.render.kustomize.kustomization import Kustomization
from kubelint_lb.render.kustomize.laid_over import Field, laid_over
from kubelint_lb.settings.settings import Settings
from kubelint_lb.source.node import Mapping, to_python
from kubelint_lb.source.parse import parse_text
from tests.conftest import write_tree
from tests.deploy.test_flux_folders import flux, route, units
from tests.engine.trees import RULE, check, places, sticky
from tests.render.tools import needs_kustomize

NOT_ALLOWED = "field-not-allowed-for-type"
NO_WORKLOAD = "selector-no-workload"
DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: web}]}
"""
STRATEGIC = """\
patches:
    - patch: |
        apiVersion: v1
        kind: Service
        metadata: {name: web, namespace: shop}
        spec:
          externalTrafficPolicy: Local
"""
JSON_PATCH = """\
patches:
    - patch: |
        - op: add
          path: /spec/externalTrafficPolicy
          value: Local
      target: {kind: Service}
"""
QUIET = sticky("web", seconds=600)


@needs_kustomize
@pytest.mark.parametrize(("patch", "place"), [(STRATEGIC, (13, 34)), (JSON_PATCH, (11, 18))])
@pytest.mark.parametrize("own", [True, False], ids=["its own kustomization", "none"])
def test_a_finding_points_at_the_patch_of_flux(tmp_path: Path, patch: str, place: tuple[int, int], own: bool) -> None:
    write_tree(tmp_path, {"flux.yaml": flux("shop", "./shop", patch), "shop/service.yaml": QUIET})
    if own:
        write_tree(tmp_path, {"shop/kustomization.yaml": "resources: [service.yaml]\n"})
    (found,) = check(tmp_path, select=(NOT_ALLOWED,)).findings
    assert (found.location.path, found.location.span[:2], found.units) == ("flux.yaml", place, ("shop",))


@needs_kustomize
def test_its_patches_come_after_those_of_the_kustomization(tmp_path: Path) -> None:
    own = "resources: [service.yaml]\npatches: [{path: patch.yaml}]\n"
    patch = STRATEGIC.replace("externalTrafficPolicy: Local", "sessionAffinityConfig: {clientIP: {timeoutSeconds: 20000}}")
    tree = {
        "flux.yaml": flux("shop", "./shop", patch),
        "shop/kustomization.yaml": own,
        "shop/service.yaml": QUIET,
        "shop/patch.yaml": sticky("web", seconds=30000),
    }
    write_tree(tmp_path, tree)
    assert places(check(tmp_path, select=(RULE,)).findings) == [f"flux.yaml:13:62 {RULE}[too-long]"]


@needs_kustomize
def test_names_change_with_what_refers_to_them(tmp_path: Path) -> None:
    tree = {
        "flux.yaml": flux("shop", "./shop", "namePrefix: a-", "nameSuffix: -z"),
        "shop/route.yaml": route("web", "db"),
        "shop/services.yaml": sticky("web") + "---\n" + sticky("db"),
    }
    write_tree(tmp_path, tree)
    found = check(tmp_path, select=(RULE, "backend-ref-not-found")).findings
    assert [(one.object.name, one.rule) for one in found if one.object] == [("a-web-z", RULE), ("a-db-z", RULE)]
    assert places(found) == [f"shop/services.yaml:11:23 {RULE}[too-long]", f"shop/services.yaml:25:23 {RULE}[too-long]"]


def test_an_image_takes_the_place_of_its_namesake() -> None:
    own = parse_text("images: [{name: web, newTag: one}, {name: db, newTag: two}]\n", "kustomization.yaml")[0].root
    flux_own = parse_text("images: [{name: web, newName: shop/web}, {name: cache}]\n", "flux.yaml")[0].root
    assert isinstance(own, Mapping)
    assert isinstance(flux_own, Mapping)
    key, value = flux_own.key("images"), flux_own.get("images")
    assert key is not None
    assert value is not None
    done = laid_over(Kustomization("kustomization.yaml", "", own), [Field("images", key, value)], ())
    images = [{"name": "web", "newName": "shop/web"}, {"name": "db", "newTag": "two"}, {"name": "cache"}]
    assert to_python(done.node) == {"images": images}
    first = done.node.get("images", 0)
    assert first is not None
    assert first.path == "flux.yaml"


def test_common_labels_reach_objects_and_not_their_pods(tmp_path: Path) -> None:
    gateway = """\
        apiVersion: gateway.networking.k8s.io/v1
        kind: Gateway
        metadata: {name: front, namespace: infra}
        spec:
          gatewayClassName: envoy
          listeners:
            - name: http
              port: 80
              protocol: HTTP
              hostname: "*.example.com"
              allowedRoutes: {namespaces: {from: Selector, selector: {matchLabels: {team: shop}}}}
        """
    attached = route("web").replace(
        "spec:\n", "spec:\n  hostnames: [example.org]\n  parentRefs: [{name: front, namespace: infra}]\n"
    )
    tree = {
        "flux.yaml": flux("shop", "./shop", "commonMetadata: {labels: {team: shop}}"),
        "shop/namespace.yaml": "apiVersion: v1\nkind: Namespace\nmetadata: {name: shop}\n",
        "shop/gateway.yaml": gateway,
        "shop/route.yaml": attached,
        "shop/service.yaml": QUIET.replace("{app: web}", "{team: shop}"),
        "shop/deployment.yaml": DEPLOYMENT,
    }
    write_tree(tmp_path, tree)
    found = check(tmp_path, select=("route-hostname-not-served", NO_WORKLOAD), complete=True).findings
    assert [(one.rule, one.location.path) for one in found] == [
        ("route-hostname-not-served", "shop/route.yaml"),
        (NO_WORKLOAD, "shop/service.yaml"),
    ]


def test_a_common_annotation_is_found_where_flux_writes_it(tmp_path: Path) -> None:
    numbers = "commonMetadata: {annotations: {example.com/number: 5}}"
    write_tree(tmp_path, {"flux.yaml": flux("shop", "./shop", numbers), "shop/service.yaml": QUIET})
    (found,) = check(tmp_path, select=("annotation-not-string",)).findings
    assert (found.location.path, found.location.span[:2], found.units) == ("flux.yaml", (7, 54), ("shop",))
    assert found.field == 'metadata.annotations["example.com/number"]'


def test_a_component_that_is_not_here_leaves_the_unit_open(tmp_path: Path) -> None:
    tree = {
        "flux.yaml": flux("shop", "./shop", "components: [../here, ../gone]"),
        "shop/service.yaml": QUIET,
        "here/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nnamespace: there\n",
    }
    write_tree(tmp_path, tree)
    (unit,) = (one for one in survey([tmp_path], Settings(root=tmp_path.resolve())).units if one.name == "shop")
    assert [(one.why, one.location.path, one.location.span[:2]) for one in unit.left_out] == [("remote", "flux.yaml", (7, 25))]


def test_without_a_renderer_objects_are_known_and_may_still_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kubelint_lb.deploy.kustomize.renderer.find_kustomize", lambda: None)
    absent = sticky("web").replace("timeoutSeconds: 20000", "{}").replace("      {}", "      {}")
    tree = {
        "flux.yaml": flux("shop", "./shop", "targetNamespace: live", JSON_PATCH),
        "shop/service.yaml": sticky("web") + "---\n" + absent.replace("name: web", "name: db"),
    }
    write_tree(tmp_path, tree)
    report = check(tmp_path, select=(RULE,))
    (found,) = report.findings
    assert found.object is not None
    assert (found.object.namespace, found.object.name, found.units) == ("live", "web", ("shop",))
    (notice,) = report.notices
    assert notice == (
        "1 of 1 kustomizations are read without the patches, images and names that a deployment tool adds: "
        "neither kustomize nor kubectl is on the PATH"
    )


@pytest.mark.parametrize("asked", ["flux.yaml", "shop/service.yaml"])
@needs_kustomize
def test_the_file_of_flux_counts_like_a_patch(tmp_path: Path, asked: str) -> None:
    quiet = {"flux.yaml": flux("shop", "./shop", JSON_PATCH), "shop/service.yaml": sticky("web"), "other/db.yaml": sticky("db")}
    write_tree(tmp_path, quiet)
    assert places(check(tmp_path, asked, select=(RULE,)).findings) == [f"shop/service.yaml:11:23 {RULE}[too-long]"]


def test_folders_that_are_applied_in_several_ways_are_told_apart(tmp_path: Path) -> None:
    one, other = (f"commonMetadata: {{labels: {{team: {team}}}}}" for team in ("a", "b"))
    tree = {
        "a/flux.yaml": flux("web", "./shop", one),
        "b/flux.yaml": flux("web", "./shop", other) + "---\n" + flux("again", "./shop", other),
        "shop/service.yaml": QUIET,
    }
    write_tree(tmp_path, tree)
    assert [name for name in units(tmp_path) if name != "."] == ["shop (a/flux.yaml:5)", "shop (b/flux.yaml:5)"]


def test_each_way_lands_in_the_cluster_of_who_asks_for_it(tmp_path: Path) -> None:
    tree = {"shop/service.yaml": QUIET}
    for name in ("a", "b"):
        tree[f"clusters/{name}/sync.yaml"] = flux("flux-system", f"./clusters/{name}")
        tree[f"clusters/{name}/shop.yaml"] = flux("shop", "./shop", f"targetNamespace: {name}")
    write_tree(tmp_path, tree)
    found = units(tmp_path)
    assert {name: found[name].clusters for name in ("shop (a)", "shop (b)")} == {
        "shop (a)": ("clusters/a",),
        "shop (b)": ("clusters/b",),
    }
