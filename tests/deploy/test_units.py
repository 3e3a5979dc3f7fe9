"""A tree is divided into units, and units that may share a cluster into groups."""

from __future__ import annotations

from pathlib import Path

from kubelint_lb.deploy.plan import Plan
from kubelint_lb.deploy.scope import scope_of
from kubelint_lb.deploy.units import units_of
from kubelint_lb.engine.run import Run
from kubelint_lb.settings.settings import ClusterSettings, Settings, UnitSettings
from tests.conftest import LintTree, write_tree
from tests.deploy.charts import IN_TREE
from tests.render.tools import need, needs_kustomize
from tests.unit_of import read, route, service


def plan_of(root: Path) -> Plan:
    options = Settings(root=root.resolve())
    return Run(options, scope_of([root], options, None)).read().plan


def test_a_complete_unit_shares_its_cluster_with_nobody() -> None:
    tree = read({"shop/a.yaml": service("web"), "pay/b.yaml": service("pay"), "c.yaml": service("other")})
    for complete, names in ((False, ["shop", "pay", "."]), (True, ["pay", "."])):
        units = (UnitSettings("shop", ("shop/**",), complete=complete), UnitSettings("pay", ("pay/**",)))
        settings = Settings(units=units, clusters=(ClusterSettings("red", ("shop/**", "pay/**")),))
        (group,) = units_of(tree, settings).groups
        assert [one.name for one in group.units if not one.is_empty] == names


@needs_kustomize
def test_a_configured_unit_lacks_what_its_kustomizations_lack(lint_tree: LintTree) -> None:
    files = {
        "shop/kustomization.yaml": "resources: [all.yaml]\n",
        "shop/all.yaml": service("web", "shop") + "---\n" + route("shop", "web", "api", namespace="shop"),
    }
    units = (UnitSettings("shop", ("shop/**",)),)
    found = lint_tree(files, units=units, render=True, select="backend-ref-not-found").findings
    assert [one.message_key for one in found] == ["not-found"]
    files["shop/kustomization.yaml"] = "resources: [all.yaml, https://example.com/more.yaml]\n"
    assert lint_tree(files, units=units, render=True, select="backend-ref-not-found").findings == ()


def test_nothing_of_the_tree_changes_what_another_tool_rendered(lint_tree: LintTree) -> None:
    """A chart beside it is where it came from, not what may bring more."""
    files = {
        "out/shop/all.yaml": service("web", "shop") + "---\n" + route("shop", "web", "api", namespace="shop"),
        "out/Chart.yaml": "name: out\n",
    }
    report = lint_tree(files, select="backend-ref-not-found", rendered=("out",))
    assert [(one.message_key, one.location.path) for one in report.findings] == [("not-found", "out/shop/all.yaml")]


def test_what_a_release_installs_for_the_whole_cluster_has_no_namespace(tmp_path: Path) -> None:
    need("helm")
    release = (
        "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: web, namespace: front}\n"
        "spec: {chart: {spec: {chart: ./charts/shop, sourceRef: {kind: GitRepository, name: flux-system}}}}\n"
    )
    gateway_class = (
        "apiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: {name: own}\nspec: {controllerName: a/b}\n"
    )
    write_tree(tmp_path, {**IN_TREE, "charts/shop/templates/class.yaml": gateway_class, "web.yaml": release})
    (unit,) = (one for one in plan_of(tmp_path).units if one.found == "HelmRelease")
    assert {one.kind: one.namespace for one in unit.manifests} == {
        "Deployment": "front",
        "Service": "front",
        "GatewayClass": None,
    }
