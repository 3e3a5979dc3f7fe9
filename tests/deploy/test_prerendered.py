"""Folders that another tool rendered: units of their own, which show what HelmReleases install."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kubelint_lb.deploy.skipped import SkipReason
from kubelint_lb.engine.reading import survey
from kubelint_lb.engine.run import lint
from kubelint_lb.report.finding import Report
from kubelint_lb.settings.errors import UsageError
from kubelint_lb.settings.settings import Settings, UnitSettings
from tests.conftest import LintTree, write_tree
from tests.engine.trees import check, places, sticky
from tests.engine.work_tree import WorkTree

RULE = "ingress-backend-service-not-found"
STICKY = "affinity-timeout-unbounded"


def release(name: str = "shop", namespace: str = "shop") -> str:
    """A HelmRelease, as people write it."""
    return (
        "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\n"
        f"metadata: {{name: {name}, namespace: {namespace}}}\nspec: {{values: {{ingress: {{enabled: true}}}}}}\n"
    )


def made(kind: str = "Service", name: str = "shop-web", namespace: str = "shop", by: str = "shop") -> str:
    """What the chart makes, with Flux's labels."""
    version = {"Service": "v1", "ConfigMap": "v1"}[kind]
    spec = "spec: {selector: {app: web}, ports: [{port: 80}]}\n" if kind == "Service" else "data: {key: value}\n"
    return f"""\
apiVersion: {version}
kind: {kind}
metadata:
  name: {name}
  namespace: {namespace}
  labels:
    app.kubernetes.io/managed-by: Helm
    helm.toolkit.fluxcd.io/name: {by}
    helm.toolkit.fluxcd.io/namespace: {namespace}
{spec}"""


def ingress(*backends: str, namespace: str = "shop") -> str:
    """An Ingress that a person wrote; a backend of each name, from line 11 on."""
    paths = "".join(
        f"          - {{path: /{name}, pathType: Prefix, backend: {{service: {{name: {name}, port: {{number: 80}}}}}}}}\n"
        for name in backends
    )
    return f"""\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  namespace: {namespace}
spec:
  rules:
    - host: shop.example.com
      http:
        paths:
{paths}"""


OWN = (
    "apiVersion: v1\nkind: Service\nmetadata: {name: cart, namespace: shop}\nspec: {selector: {app: cart}, ports: [{port: 80}]}\n"
)
TREE = {
    "apps/release.yaml": release(),
    "apps/cart.yaml": OWN,
    "apps/ingress.yaml": ingress("cart", "shop-web", "shop-wbe"),
}
PLAIN = {"select": RULE, "rendered": ("out",)}


def where(report: Report) -> list[str]:
    return places(report.findings)


def test_without_what_is_rendered_a_release_may_make_any_service(lint_tree: LintTree) -> None:
    report = lint_tree(TREE, select=RULE)
    assert where(report) == []
    assert report.summary.unseen == ("Not rendered: 1 HelmRelease, 1 with routes in their values.",)


def test_with_it_references_are_found_there_and_the_others_are_missing(lint_tree: LintTree) -> None:
    report = lint_tree({**TREE, "out/shop/all.yaml": made()}, **PLAIN)
    assert where(report) == ["apps/ingress.yaml:13:75 ingress-backend-service-not-found[not-found]"]
    assert report.summary.unseen == ()
    assert report.summary.units == 2


def test_a_release_of_which_only_unread_kinds_are_shown_is_rendered(lint_tree: LintTree) -> None:
    report = lint_tree({**TREE, "out/shop/all.yaml": made("ConfigMap")}, **PLAIN)
    assert [one.location.span.line for one in report.findings] == [12, 13]
    assert report.summary.unseen == ()


@pytest.mark.parametrize("other", [made(by="mail"), made(namespace="mail")])
def test_another_release_still_opens_its_namespace(lint_tree: LintTree, other: str) -> None:
    report = lint_tree({**TREE, "out/shop/all.yaml": other}, **PLAIN)
    assert where(report) == []
    assert report.summary.unseen == ("Not rendered: 1 HelmRelease, 1 with routes in their values.",)


def test_a_label_in_the_text_of_an_object_ties_nothing(lint_tree: LintTree) -> None:
    text = (
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: policy, namespace: shop}\n"
        "data:\n  rule: |\n    helm.toolkit.fluxcd.io/name: shop\n    helm.toolkit.fluxcd.io/namespace: shop\n"
    )
    assert where(lint_tree({**TREE, "out/policy.yaml": text}, **PLAIN)) == []


def test_one_of_two_releases_of_a_name_is_not_enough(lint_tree: LintTree) -> None:
    tree: dict[str, str] = {}
    for stage in ("prod", "staging"):
        tree |= {f"{stage}/{name.rpartition('/')[2]}": text for name, text in TREE.items()}
    one = {**tree, "out/prod/all.yaml": made()}
    assert where(lint_tree(one, **PLAIN)) == []
    both = {**one, "out/staging/all.yaml": made()}
    assert [one.location.path for one in lint_tree(both, **PLAIN).findings] == ["prod/ingress.yaml", "staging/ingress.yaml"]


def test_a_kustomization_that_is_rendered_once_more_shares_its_cluster(lint_tree: LintTree) -> None:
    tree = {
        **TREE,
        "apps/kustomization.yaml": "resources: [release.yaml, cart.yaml, ingress.yaml]\n",
        "out/shop/all.yaml": "---\n".join((made(), OWN, release(), ingress("cart", "shop-web"))),
    }
    report = lint_tree(tree, **PLAIN, render=True)
    assert where(report) == ["apps/ingress.yaml:13:75 ingress-backend-service-not-found[not-found]"]
    assert report.summary.unseen == ()


def test_pods_of_a_chart_answer_a_selector_of_the_tree(lint_tree: LintTree) -> None:
    def deployment(app: str, labels: str = "") -> str:
        return (
            f"apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {app}, namespace: shop{labels}}}\nspec:\n"
            f"  selector: {{matchLabels: {{app: {app}}}}}\n  template:\n    metadata: {{labels: {{app: {app}}}}}\n"
            "    spec: {containers: [{name: web, image: nginx}]}\n"
        )

    service = OWN.replace("cart", "redis")
    tree = {"apps/service.yaml": service, "apps/d.yaml": deployment("redis-exporter"), "apps/release.yaml": release()}
    labels = ", labels: {helm.toolkit.fluxcd.io/name: shop, helm.toolkit.fluxcd.io/namespace: shop}"
    chosen = {"select": "selector-no-workload", "rendered": ("out",)}
    assert where(lint_tree({**tree, "out/a.yaml": deployment("redis", labels)}, **chosen)) == []
    report = lint_tree({**tree, "out/a.yaml": deployment("mysql", labels)}, **chosen)
    assert [one.location.path for one in report.findings] == ["apps/service.yaml"]


def test_findings_point_into_the_rendered_files(lint_tree: LintTree) -> None:
    report = lint_tree({"out/shop/all.yaml": sticky()}, select=STICKY, rendered=("out",))
    assert where(report) == ["out/shop/all.yaml:11:23 affinity-timeout-unbounded[too-long]"]
    assert report.findings[0].units == ("out/shop",)


def test_rendered_files_hold_objects_whatever_they_look_like(lint_tree: LintTree) -> None:
    """Templates for somebody else, a chart's or kustomization's files beside them, and what git ignores."""
    alert = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: alert}\ndata: {text: '{{ template \"x\" . }}'}\n"
    tree = {
        ".gitignore": "/out\n",
        "out/Chart.yaml": "name: shop\n",
        "out/kustomization.yaml": "resources: [https://example.com/x.yaml]\n",
        "out/templates/all.yaml": alert + "---\n" + sticky(),
    }
    report = lint_tree(tree, select=STICKY, rendered=("./out/",))
    assert where(report) == ["out/templates/all.yaml:16:23 affinity-timeout-unbounded[too-long]"]
    assert report.summary.skipped[SkipReason.TEMPLATE] == 0


def units(root: Path, files: dict[str, str], **settings: Any) -> list[tuple[str, str, str, dict[str, int]]]:
    write_tree(root, files)
    found = survey([root], Settings(root=root.resolve(), render=False, **settings))
    return [(one.name, one.found, one.rendered, dict(one.kinds)) for one in found.units]


def test_each_folder_directly_below_is_a_unit(tmp_path: Path) -> None:
    files = {
        "out/a/x/1.yaml": sticky(),
        "out/a/2.yaml": sticky(),
        "out/b/3.yaml": sticky(),
        "out/4.yaml": sticky(),
        "5.yaml": OWN,
    }
    assert units(tmp_path, files, rendered=("out",)) == [
        ("out", "rendered", "by another tool", {"Service": 1}),
        ("out/a", "rendered", "by another tool", {"Service": 2}),
        ("out/b", "rendered", "by another tool", {"Service": 1}),
        (".", "plain", "as written", {"Service": 1}),
    ]


def test_a_configured_unit_takes_rendered_files_and_excluded_ones_are_not_read(tmp_path: Path) -> None:
    files = {"out/a/1.yaml": sticky(), "out/b/2.yaml": sticky(), "out/c/3.yaml": sticky()}
    named = (UnitSettings("shop", ("out/a/**",)),)
    assert units(tmp_path, files, rendered=("out",), units=named, exclude=("out/c/",)) == [
        ("shop", "configured", "as written", {"Service": 1}),
        ("out/b", "rendered", "by another tool", {"Service": 1}),
    ]


def test_a_configured_unit_stands_alone(lint_tree: LintTree) -> None:
    """Its references cannot be found in a rendered unit, so its releases stay unseen, unless it holds both."""
    tree = {**TREE, "out/shop/all.yaml": made()}
    apart = (UnitSettings("shop", ("apps/**",)),)
    assert where(lint_tree(tree, **PLAIN, units=apart)) == []
    together = (UnitSettings("shop", ("apps/**", "out/shop/**")),)
    report = lint_tree(tree, **PLAIN, units=together)
    assert where(report) == ["apps/ingress.yaml:13:75 ingress-backend-service-not-found[near]"]


@pytest.mark.parametrize("folder", ["absent", "..", "apps/cart.yaml"])
def test_a_folder_that_is_not_there(lint_tree: LintTree, tmp_path: Path, folder: str) -> None:
    with pytest.raises(UsageError) as failure:
        lint_tree(TREE, rendered=(folder,))
    assert str(failure.value) == f"rendered: there is no folder {folder} below {tmp_path.resolve()}"


def test_a_file_is_checked_in_the_light_of_what_is_rendered(tmp_path: Path) -> None:
    write_tree(tmp_path, {**TREE, "out/shop/all.yaml": made() + "---\n" + sticky()})
    report = lint([tmp_path / "apps/ingress.yaml"], Settings(root=tmp_path.resolve(), select=(RULE, STICKY), rendered=("out",)))
    assert where(report) == ["apps/ingress.yaml:13:75 ingress-backend-service-not-found[not-found]"]


def test_a_folder_that_the_other_revision_lacks(tree: WorkTree) -> None:
    """Rendered output is often not in git: there it is not read, and what it holds is new."""
    tree.commit({"web.yaml": sticky()})
    tree.write({"out/all.yaml": sticky("new")})
    report = check(tree.folder, select=(STICKY,), rendered=("out",), new_since="HEAD")
    assert where(report) == ["out/all.yaml:11:23 affinity-timeout-unbounded[too-long]"]


def test_an_object_that_the_tree_has_too_is_reported_there(tmp_path: Path) -> None:
    files = {"apps/web.yaml": sticky(), "out/all.yaml": sticky() + "---\n" + sticky("other")}
    write_tree(tmp_path, files)
    apps = "apps/web.yaml:11:23 affinity-timeout-unbounded[too-long]"
    first, second = (f"out/all.yaml:{line}:23 affinity-timeout-unbounded[too-long]" for line in (11, 25))
    options: dict[str, Any] = {"select": (STICKY,), "rendered": ("out",)}
    assert where(check(tmp_path, **options)) == [apps, second]
    assert where(check(tmp_path, "out", **options)) == [first, second]
    (tmp_path / "apps/web.yaml").write_text(sticky(comment="  # kubelint-lb: ignore[affinity-timeout-unbounded] short pods"))
    assert where(check(tmp_path, **options)) == [second]
