"""Clusters: as configured or as Flux syncs them; each with its own versions, and none looks into another."""

from __future__ import annotations

from kubelint_lb.kube.versions import Version
from kubelint_lb.settings.settings import ClusterSettings, HelmSettings
from tests.conftest import LintTree, Seen
from tests.render.tools import need

NO_LISTENER = "parent-listener-not-found"
IPVS = "kube-proxy-ipvs-deprecated"
CONFIGURATION = "apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\nmode: ipvs\n"
ROUTE = """\
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: shop, namespace: shop}
spec:
  parentRefs:
    - {name: web, namespace: edge, sectionName: https}
"""
STAGING, PRODUCTION = ClusterSettings("staging", ("staging/**",)), ClusterSettings("production", ("production/**",))


def gateway(listener: str, name: str = "web") -> str:
    return f"""\
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {{name: {name}, namespace: edge}}
spec:
  gatewayClassName: any
  listeners: [{{name: {listener}, port: 80, protocol: HTTP}}]
"""


def listing(*files: str) -> str:
    return f"resources: [{', '.join(files)}]\n"


def flux(name: str, path: str, *lines: str) -> str:
    spec = "".join(f"  {line}\n" for line in (f"path: {path}", *lines))
    meta = f"metadata: {{name: {name}, namespace: flux-system}}"
    return f"apiVersion: kustomize.toolkit.fluxcd.io/v1\nkind: Kustomization\n{meta}\nspec:\n{spec}---\n"


def found(report: object) -> list[tuple[str, int, tuple[str, ...]]]:
    return [(one.path, one.line, one.finding.units) for one in map(Seen, report.findings)]  # type: ignore[attr-defined]


def test_each_cluster_has_its_own_version(lint_tree: LintTree) -> None:
    old, new = (one._replace(kubernetes_version=Version(1, at)) for one, at in ((STAGING, 40), (PRODUCTION, 34)))
    tree = {"staging/proxy.yaml": CONFIGURATION, "production/proxy.yaml": CONFIGURATION, "else/proxy.yaml": CONFIGURATION}
    seen = [Seen(one) for one in lint_tree(tree, select=IPVS, clusters=(old, new)).findings]
    assert [(one.path, one.severity, one.message_key, one.finding.units) for one in seen] == [
        ("else/proxy.yaml", "info", "deprecated-later", (".",)),
        ("staging/proxy.yaml", "error", "refused", ("staging",)),
    ]


def test_what_lands_in_two_clusters_is_judged_for_both(lint_tree: LintTree) -> None:
    both = (
        ClusterSettings("staging", ("*",), Version(1, 40)),
        ClusterSettings("production", ("*",), Version(1, 34)),
        ClusterSettings("preview", ("*",), Version(1, 40)),
    )
    report = lint_tree(
        {"kustomization.yaml": listing("proxy.yaml"), "proxy.yaml": CONFIGURATION}, select=IPVS, clusters=both, render=True
    )
    assert [(one.message_key, one.message.count("1.40")) for one in map(Seen, report.findings)] == [("refused", 1)]
    assert report.summary.units == 1


def test_each_cluster_has_its_own_controllers(lint_tree: LintTree) -> None:
    canary = """\
    apiVersion: networking.k8s.io/v1
    kind: Ingress
    metadata:
      name: web
      annotations: {nginx.ingress.kubernetes.io/canary-weight: "200", nginx.ingress.kubernetes.io/canary: "true"}
    spec:
      ingressClassName: internal
      defaultBackend: {service: {name: web, port: {number: 80}}}
    """
    clusters = (
        STAGING._replace(class_controllers={"internal": "haproxy.org/ingress-controller"}),
        PRODUCTION._replace(class_controllers={"internal": "k8s.io/ingress-nginx"}),
    )
    report = lint_tree(
        {"staging/a.yaml": canary, "production/a.yaml": canary}, select="ingress-nginx-canary-weight-range", clusters=clusters
    )
    assert found(report) == [("production/a.yaml", 5, ("production",))]


def test_a_route_does_not_look_for_its_gateway_in_another_configured_cluster(lint_tree: LintTree) -> None:
    tree = {
        "staging/edge/kustomization.yaml": listing("gateway.yaml"),
        "staging/edge/gateway.yaml": gateway("http"),
        "production/shop/kustomization.yaml": listing("route.yaml"),
        "production/shop/route.yaml": ROUTE,
    }
    assert found(lint_tree(tree, select=NO_LISTENER, render=True)) == [("production/shop/route.yaml", 6, ("production/shop",))]
    assert found(lint_tree(tree, select=NO_LISTENER, render=True, clusters=(STAGING, PRODUCTION))) == []


def test_units_of_one_configured_cluster_are_no_variants_of_each_other(lint_tree: LintTree) -> None:
    shared = gateway("http", "shared")
    tree = {
        "edge/kustomization.yaml": listing("gateway.yaml", "shared.yaml"),
        "edge/gateway.yaml": gateway("http"),
        "edge/shared.yaml": shared,
        "shop/kustomization.yaml": listing("route.yaml", "shared.yaml"),
        "shop/route.yaml": ROUTE,
        "shop/shared.yaml": shared,
    }
    assert found(lint_tree(tree, select=NO_LISTENER, render=True)) == []
    one = (ClusterSettings("production", ("edge", "shop")),)
    assert found(lint_tree(tree, select=NO_LISTENER, render=True, clusters=one)) == [("shop/route.yaml", 6, ("shop",))]


def test_a_configured_cluster_is_followed_through_flux(lint_tree: LintTree) -> None:
    tree = {
        "clusters/production/all.yaml": flux("edge", "./infra/edge") + flux("shop", "./apps/shop"),
        "infra/edge/kustomization.yaml": listing("gateway.yaml"),
        "infra/edge/gateway.yaml": gateway("http"),
        "infra/other/kustomization.yaml": listing("gateway.yaml"),
        "infra/other/gateway.yaml": gateway("https"),
        "apps/shop/kustomization.yaml": listing("route.yaml"),
        "apps/shop/route.yaml": ROUTE,
    }
    clusters = (ClusterSettings("production", ("clusters/production/**",)), ClusterSettings("lab", ("infra/other/**",)))
    assert found(lint_tree(tree, select=NO_LISTENER, render=True)) == []  # two Gateways of that name: nobody knows
    assert found(lint_tree(tree, select=NO_LISTENER, render=True, clusters=clusters)) == [
        ("apps/shop/route.yaml", 6, ("apps/shop",))
    ]


def synced(cluster: str, *below: str) -> dict[str, str]:
    """What bootstrapping Flux leaves in a repository."""
    return {
        f"clusters/{cluster}/flux-system/kustomization.yaml": listing("sync.yaml"),
        f"clusters/{cluster}/flux-system/sync.yaml": flux("flux-system", f"./clusters/{cluster}"),
        f"clusters/{cluster}/all.yaml": "".join(below),
    }


TWO_CLUSTERS = {
    "apps/shop/kustomization.yaml": listing("route.yaml"),
    "apps/shop/route.yaml": ROUTE,
    "edge/a/kustomization.yaml": listing("gateway.yaml"),
    "edge/a/gateway.yaml": gateway("http"),
}


def test_a_flux_sync_path_is_a_cluster(lint_tree: LintTree) -> None:
    apart = {**TWO_CLUSTERS, **synced("a", flux("edge", "./edge/a")), **synced("b", flux("shop", "./apps/shop"))}
    assert found(lint_tree(apart, select=NO_LISTENER, render=True)) == []


def test_what_flux_applies_to_two_clusters_is_in_both(lint_tree: LintTree) -> None:
    shop = flux("shop", "./apps/shop")
    both = {**TWO_CLUSTERS, **synced("a", flux("edge", "./edge/a"), shop), **synced("b", shop)}
    assert found(lint_tree(both, select=NO_LISTENER, render=True)) == [("apps/shop/route.yaml", 6, ("apps/shop",))]


def test_another_clusters_kubeconfig_leads_elsewhere(lint_tree: LintTree) -> None:
    elsewhere = flux("shop", "./apps/shop", "kubeConfig: {secretRef: {name: lab}}")
    tree = {**TWO_CLUSTERS, **synced("a", flux("edge", "./edge/a"), elsewhere)}
    assert found(lint_tree(tree, select=NO_LISTENER, render=True)) == []


def test_nobody_says_where_it_lands(lint_tree: LintTree) -> None:
    """Kustomizations that nothing in the repository syncs: what defines no object twice may share a cluster."""
    tree = {**TWO_CLUSTERS, "edge.yaml": flux("edge", "./edge/a"), "shop.yaml": flux("shop", "./apps/shop")}
    assert found(lint_tree(tree, select=NO_LISTENER, render=True)) == [("apps/shop/route.yaml", 6, ("apps/shop",))]


def test_the_flux_operator_says_what_it_syncs(lint_tree: LintTree) -> None:
    instance = (
        "apiVersion: fluxcd.controlplane.io/v1\nkind: FluxInstance\nmetadata: {name: flux}\nspec: {sync: {path: clusters/b}}\n"
    )
    tree = {
        **TWO_CLUSTERS,
        **synced("a", flux("edge", "./edge/a")),
        "operator.yaml": instance,
        "clusters/b/shop.yaml": flux("shop", "./apps/shop"),
    }
    # Its folder is applied although no Kustomization of this tree says so.
    assert found(lint_tree(tree, select=NO_LISTENER, render=True)) == []


LONG_IN_1_29 = {
    "web/Chart.yaml": "apiVersion: v2\nname: web\nversion: 1.0.0\n",
    "web/templates/service.yaml": """\
    apiVersion: v1
    kind: Service
    metadata: {name: web}
    spec:
      sessionAffinity: ClientIP
      sessionAffinityConfig: {clientIP: {timeoutSeconds: {{ ternary 20000 600 (eq .Capabilities.KubeVersion.Minor "29") }}}}
      ports: [{port: 80}]
    """,
}


def test_a_chart_is_rendered_for_the_cluster_of_its_values(lint_tree: LintTree) -> None:
    need("helm")
    tree = {**LONG_IN_1_29, "staging/values.yaml": "a: 1\n"}
    old = STAGING._replace(kubernetes_version=Version(1, 29))
    helm = (HelmSettings("web", ("staging/values.yaml",)),)
    report = lint_tree(tree, select="affinity-timeout-unbounded", clusters=(old,), helm=helm, render=True)
    assert found(report) == [("web/templates/service.yaml", 6, ("web + staging/values.yaml",))]


def test_a_helm_release_is_rendered_for_the_cluster_that_it_lands_in(lint_tree: LintTree) -> None:
    need("helm")
    chart = "chart: {spec: {chart: ./web, sourceRef: {kind: GitRepository, name: here}}}"
    release = (
        f"apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {{name: web, namespace: shop}}\nspec: {{{chart}}}\n"
    )
    tree = {**LONG_IN_1_29, "staging/web.yaml": release}
    old = STAGING._replace(kubernetes_version=Version(1, 29))
    report = lint_tree(tree, select="affinity-timeout-unbounded", clusters=(old,), render=True)
    assert found(report) == [("web/templates/service.yaml", 6, ("HelmRelease shop/web",))]
    assert found(lint_tree(tree, select="affinity-timeout-unbounded", render=True)) == []
