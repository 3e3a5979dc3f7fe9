"""What Argo CD's Applications apply from the repository: units, where their objects land, and what stays unseen."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from kubelint_lb.deploy.scope import scope_of
from kubelint_lb.deploy.unit_info import UnitInfo
from kubelint_lb.engine.reading import survey
from kubelint_lb.engine.run import Run
from kubelint_lb.settings.settings import Settings
from kubelint_lb.settings.severity import Severity
from kubelint_lb.source.node import to_python
from tests.conftest import Seen, write_tree
from tests.engine.trees import RULE, check, places, sticky
from tests.render.tools import needs_kustomize

URL = "https://git.example.com/acme/deploy"
NOT_FOUND = "backend-ref-not-found"


def application(name: str, *source: str, namespace: str = "shop", url: str = URL, destination: str = "") -> str:
    """An Application with one source, given by its lines."""
    lines = "".join(f"    {line}\n" for line in source)
    return (
        "apiVersion: argoproj.io/v1alpha1\nkind: Application\n"
        f"metadata: {{name: {name}, namespace: argocd}}\nspec:\n  source:\n    repoURL: {url}\n{lines}"
        f"  destination: {{{destination or 'name: in-cluster'}, namespace: '{namespace}'}}\n"
    )


def application_set(
    generator: str, path: str, namespace: str, *more: str, destination: str = "name: in-cluster", name: str = "{{path.basename}}"
) -> str:
    lines = "".join(f"  {line}\n" for line in more)
    return (
        "apiVersion: argoproj.io/v1alpha1\nkind: ApplicationSet\nmetadata: {name: apps, namespace: argocd}\nspec:\n"
        f"{lines}  generators: [{generator}]\n  template:\n    metadata: {{name: '{name}'}}\n    spec:\n"
        f"      source: {{repoURL: {URL}, path: '{path}'}}\n"
        f"      destination: {{{destination}, namespace: '{namespace}'}}\n"
    )


def service(name: str, namespace: str = "") -> str:
    where = f", namespace: {namespace}" if namespace else ""
    spec = "spec: {selector: {app: x}, ports: [{port: 80}]}\n"
    return f"apiVersion: v1\nkind: Service\nmetadata: {{name: {name}{where}}}\n{spec}"


def route(*services: str, namespace: str = "", target: str = "", name: str = "shop") -> str:
    """An HTTPRoute; its backends stand in line 6 and after, their names in column 18."""
    where = f", namespace: {namespace}" if namespace else ""
    to = f", namespace: {target}" if target else ""
    backends = "".join(f"        - {{name: {one}, port: 80{to}}}\n" for one in services)
    head = f"apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {{name: {name}{where}}}\n"
    return f"{head}spec:\n  rules:\n    - backendRefs:\n{backends}"


def units(root: Path) -> dict[str, UnitInfo]:
    return {one.name: one for one in survey([root], Settings(root=root.resolve())).units}


def missing(root: Path) -> list[tuple[str, int, int, tuple[str, ...]]]:
    """Backends that are not found."""
    found = [Seen(one) for one in check(root, select=(NOT_FOUND,)).findings]
    return [(one.path, one.line, one.column, one.finding.units) for one in found]


# --- where objects land


def test_objects_without_a_namespace_land_in_that_of_the_destination(tmp_path: Path) -> None:
    tree = {
        "argocd/shop.yaml": application("shop", "path: apps/shop"),
        "apps/shop/kustomization.yaml": "resources: [web.yaml, route.yaml, own.yaml]\n",
        "apps/shop/web.yaml": service("web"),
        "apps/shop/own.yaml": service("api", namespace="api"),
        "apps/shop/route.yaml": route("web", "api"),
    }
    write_tree(tmp_path, tree)
    # `api` has a namespace of its own, which Argo CD leaves alone.
    assert missing(tmp_path) == [("apps/shop/route.yaml", 8, 18, ("apps/shop",))]
    (found,) = check(tmp_path, select=(NOT_FOUND,)).findings
    assert found.object is not None
    assert found.object.namespace == "shop"


def test_the_namespace_of_kustomize_options_overrides(tmp_path: Path) -> None:
    tree = {
        "argocd/shop.yaml": application("shop", "path: apps/shop", "kustomize: {namespace: other}"),
        "apps/shop/kustomization.yaml": "resources: [web.yaml, route.yaml]\n",
        "apps/shop/web.yaml": service("web", namespace="api"),
        "apps/shop/route.yaml": route("web", "wbe"),
    }
    write_tree(tmp_path, tree)
    (found,) = check(tmp_path, select=(NOT_FOUND,)).findings
    assert found.object is not None
    assert (found.object.namespace, found.location.span.line) == ("other", 8)


# --- what Argo CD writes into the kustomization

DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 3
  selector: {matchLabels: {app: x}}
  template:
    metadata: {labels: {app: x}}
    spec: {containers: [{name: web, image: web}]}
"""


def rendered(root: Path) -> dict[str, list[str]]:
    """The objects of each unit."""
    settings = Settings(root=root.resolve())
    division = Run(settings, scope_of([root], settings, None)).read().plan
    return {one.name: sorted(manifest.title for manifest in one.manifests) for one in division.units}


@needs_kustomize
def test_names_and_labels_are_written_into_the_kustomization(tmp_path: Path) -> None:
    options = "kustomize: {namePrefix: a-, nameSuffix: -z, namespace: own, commonLabels: {team: shop}, components: [../more]}"
    tree = {
        "argocd/shop.yaml": application("shop", "path: apps/shop", options),
        "apps/shop/kustomization.yaml": "resources: [web.yaml, deployment.yaml]\n",
        "apps/shop/web.yaml": service("web"),
        "apps/shop/deployment.yaml": DEPLOYMENT,
        "apps/more/kustomization.yaml": "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [api.yaml]\n",
        "apps/more/api.yaml": service("api"),
    }
    write_tree(tmp_path, tree)
    assert rendered(tmp_path)["apps/shop"] == ["Deployment own/a-web-z", "Service own/a-api-z", "Service own/a-web-z"]
    found = units(tmp_path)["apps/shop"]
    assert (found.rendered, found.left_out) == ("kustomize", ())


@needs_kustomize
def test_a_finding_on_what_a_patch_sets_points_at_the_application(tmp_path: Path) -> None:
    patch = """\
kustomize:
      patches:
        - target: {kind: Service}
          patch: |
            - op: add
              path: /spec/sessionAffinity
              value: ClientIP
"""
    tree = {
        "argocd/shop.yaml": application("shop", "path: apps/shop", patch.rstrip()),
        "apps/shop/kustomization.yaml": "resources: [web.yaml, deployment.yaml]\n",
        "apps/shop/web.yaml": service("web"),
        "apps/shop/deployment.yaml": DEPLOYMENT,
    }
    write_tree(tmp_path, tree)
    (found,) = check(tmp_path, select=(RULE,)).findings
    assert places((found,)) == [f"argocd/shop.yaml:14:22 {RULE}[no-timeout]"]
    assert found.object is not None
    assert found.object.namespace == "shop"


@needs_kustomize
def test_replicas_and_images_are_entries_of_their_own(tmp_path: Path) -> None:
    images = ["web=registry.example.com/web:1.2", "db@sha256:abc", "registry.example.com:5000/proxy:2"]
    options = f"kustomize: {{replicas: [{{name: web, count: '1'}}], images: ['{images[0]}', '{images[1]}', '{images[2]}']}}"
    tree = {
        "argocd/shop.yaml": application("shop", "path: apps/shop", options),
        "apps/shop/kustomization.yaml": "resources: [web.yaml, deployment.yaml]\nreplicas: [{name: web, count: 2}]\n",
        "apps/shop/web.yaml": service("web").replace("spec: {", "spec: {type: LoadBalancer, externalTrafficPolicy: Local, "),
        "apps/shop/deployment.yaml": DEPLOYMENT,
    }
    write_tree(tmp_path, tree)
    (found,) = check(tmp_path, select=("etp-local-single-replica",), severity=Severity.INFO).findings
    related = [(one.location.path, one.location.span.line, one.location.span.column) for one in found.related]
    assert related == [("argocd/shop.yaml", 8, 47)]
    settings = Settings(root=tmp_path.resolve())
    (closure,) = [one.closure for one in Run(settings, scope_of([tmp_path], settings, None)).read().plan.overlays]
    assert to_python(closure.root.node.get("images")) == [
        {"name": "web", "newName": "registry.example.com/web", "newTag": "1.2"},
        {"name": "db", "digest": "sha256:abc"},
        {"name": "registry.example.com:5000/proxy", "newTag": "2"},
    ]


@needs_kustomize
def test_a_set_fills_its_parameters_into_the_options(tmp_path: Path) -> None:
    elements = "[{cluster: dev}, {cluster: prod}]"
    one = application_set(f"{{list: {{elements: {elements}}}}}", "apps/shop", "shop", name="{{cluster}}")
    options = "kustomize: {nameSuffix: '-{{cluster}}', namePrefix: '{{unknown}}-'}"
    tree = {
        "sets/apps.yaml": one.replace("path: 'apps/shop'", f"path: 'apps/shop', {options.partition(', ')[0]}}}"),
        "apps/shop/kustomization.yaml": "resources: [web.yaml, deployment.yaml]\n",
        "apps/shop/web.yaml": service("web"),
        "apps/shop/deployment.yaml": DEPLOYMENT,
    }
    write_tree(tmp_path, tree)
    found = rendered(tmp_path)
    assert found["apps/shop (Application argocd/dev)"] == ["Deployment shop/web-dev", "Service shop/web-dev"]
    assert found["apps/shop (Application argocd/prod)"] == ["Deployment shop/web-prod", "Service shop/web-prod"]
    write_tree(tmp_path, {"sets/apps.yaml": one.replace("path: 'apps/shop'", f"path: 'apps/shop', {options}")})
    assert not any("unknown" in title for titles in rendered(tmp_path).values() for title in titles)


def test_what_an_image_updater_keeps_beside_the_kustomization_is_harmless(tmp_path: Path) -> None:
    write_tree(tmp_path, {**SHOP, "argocd/shop.yaml": application("shop", "path: apps/shop")})
    write_tree(tmp_path, {"apps/shop/.argocd-source-shop.yaml": "kustomize: {images: ['web:2']}\n"})
    assert missing(tmp_path) == FOUND
    write_tree(tmp_path, {"apps/shop/.argocd-source-shop.yaml": "kustomize: {components: [../redis]}\n"})
    assert missing(tmp_path) == []


def test_an_application_steers_what_it_applies(tmp_path: Path) -> None:
    tree = {
        "argocd/shop.yaml": application("shop", "path: apps/shop"),
        "apps/shop/kustomization.yaml": "resources: [web.yaml]\n",
        "apps/shop/web.yaml": sticky("web"),
        "apps/blog/kustomization.yaml": "resources: [web.yaml]\n",
        "apps/blog/web.yaml": sticky("web"),
    }
    write_tree(tmp_path, tree)
    assert [one.location.path for one in check(tmp_path, "argocd/shop.yaml", select=(RULE,)).findings] == ["apps/shop/web.yaml"]


# --- folders of manifests


def test_a_folder_of_manifests_without_what_is_below_it(tmp_path: Path) -> None:
    tree = {
        "argocd/shop.yaml": application("shop", "path: apps/shop"),
        "apps/shop/web.yaml": service("web"),
        "apps/shop/route.json": '{"apiVersion": "gateway.networking.k8s.io/v1", "kind": "HTTPRoute", "metadata": {"name": "a"}}',
        "apps/shop/deeper/api.yaml": service("api"),
    }
    write_tree(tmp_path, tree)
    assert units(tmp_path)["apps/shop"].kinds == {"HTTPRoute": 1, "Service": 1}


def test_a_folder_of_manifests_with_what_is_below_it(tmp_path: Path) -> None:
    options = "directory: {recurse: true, exclude: '{*/test/*,draft-*}', include: '*.yaml'}"
    tree = {
        "argocd/shop.yaml": application("shop", "path: apps/shop", options),
        "apps/shop/web.yaml": service("web"),
        "apps/shop/draft-web.yaml": service("draft"),
        "apps/shop/deeper/api.yaml": service("api"),
        "apps/shop/deeper/test/api.yaml": service("test"),
        "apps/shop/deeper/other.yml": service("other"),
    }
    write_tree(tmp_path, tree)
    assert units(tmp_path)["apps/shop"].kinds == {"Service": 2}


def test_jsonnet_beside_manifests_may_make_more_of_them(tmp_path: Path) -> None:
    tree = {
        "argocd/shop.yaml": application("shop", "path: apps/shop"),
        "apps/shop/web.yaml": service("web"),
        "apps/shop/route.yaml": route("web", "api"),
        "apps/shop/below/more.jsonnet": "{}",
    }
    write_tree(tmp_path, tree)
    assert units(tmp_path)["apps/shop"].left_out == (), "what lies below is not evaluated"
    assert missing(tmp_path) == [("apps/shop/route.yaml", 8, 18, ("apps/shop",))]
    write_tree(tmp_path, {"apps/shop/more.jsonnet": "{}"})
    (absent,) = units(tmp_path)["apps/shop"].left_out
    assert (absent.why, absent.location.path) == ("Jsonnet", "argocd/shop.yaml")
    assert missing(tmp_path) == []


def test_an_object_that_is_there_twice_is_left_to_the_plain_tree(tmp_path: Path) -> None:
    tree = {
        "argocd/shop.yaml": application("shop", "path: apps/shop"),
        "apps/shop/a.yaml": service("web"),
        "apps/shop/b.yaml": service("web"),
    }
    write_tree(tmp_path, tree)
    found = units(tmp_path)["apps/shop"]
    assert (found.rendered, found.why) == ("not rendered", "an object is there twice")
    assert check(tmp_path, select=("render-failed",)).findings == ()


def test_a_kustomization_is_no_folder_of_manifests(tmp_path: Path) -> None:
    tree = {
        "argocd/shop.yaml": application("shop", "path: apps/shop", "directory: {recurse: true}"),
        "apps/shop/kustomization.yaml": "resources: [web.yaml]\n",
        "apps/shop/web.yaml": service("web"),
        "apps/shop/other.yaml": service("other"),
    }
    write_tree(tmp_path, tree)
    assert {name: dict(one.kinds) for name, one in units(tmp_path).items()} == {
        "apps/shop": {"Service": 1},
        ".": {"Application": 1, "Service": 1},
    }


# --- what stays unseen

SHOP = {
    "apps/shop/kustomization.yaml": "resources: [web.yaml, route.yaml]\n",
    "apps/shop/web.yaml": service("web"),
    "apps/shop/route.yaml": route("web", "api"),
}
FOUND = [("apps/shop/route.yaml", 8, 18, ("apps/shop",))]


def test_an_application_whose_objects_are_here_opens_nothing(tmp_path: Path) -> None:
    write_tree(tmp_path, {**SHOP, "argocd/shop.yaml": application("shop", "path: apps/shop")})
    assert missing(tmp_path) == FOUND
    (by,) = units(tmp_path)["apps/shop"].applied_by
    assert (by.name, by.location.path, by.location.span[:2]) == ("Application argocd/shop", "argocd/shop.yaml", (7, 11))


@pytest.mark.parametrize(
    ("source", "url"),
    [
        (["path: apps/shop"], "https://git.example.com/acme/else"),
        (["path: charts/redis"], URL),
        (["chart: redis", "targetRevision: 1.2.3"], "https://charts.example.com"),
        (["path: apps/shop", "targetRevision: v1.2.3"], URL),
        (["path: apps/shop", "plugin: {name: secrets}"], URL),
        (["path: apps/shop", "kustomize: {unheardOf: [a]}"], URL),
    ],
)
def test_others_open_their_namespace(tmp_path: Path, source: list[str], url: str) -> None:
    tree = {
        **SHOP,
        "argocd/shop.yaml": application("shop", "path: apps/shop"),
        "argocd/again.yaml": application("again", "path: apps/shop"),
        "argocd/more.yaml": application("more", *source, url=url),
    }
    write_tree(tmp_path, tree)
    assert missing(tmp_path) == []


def test_several_sources_open_it_if_one_does(tmp_path: Path) -> None:
    several = application("shop").replace(
        f"  source:\n    repoURL: {URL}\n", f"  sources:\n    - {{repoURL: {URL}, path: apps/shop}}\n    - MORE\n"
    )
    write_tree(tmp_path, {**SHOP, "argocd/shop.yaml": several.replace("MORE", f"{{repoURL: {URL}, ref: values}}")})
    assert missing(tmp_path) == FOUND
    write_tree(tmp_path, {"argocd/shop.yaml": several.replace("MORE", "{repoURL: https://charts.example.com, chart: redis}")})
    assert missing(tmp_path) == []


def test_a_kustomization_with_a_chart_leaves_it_open(tmp_path: Path) -> None:
    tree = {**SHOP, "argocd/shop.yaml": application("shop", "path: apps/shop")}
    tree["apps/shop/kustomization.yaml"] += "helmCharts: [{name: redis, repo: https://charts.example.com}]\n"
    write_tree(tmp_path, tree)
    assert missing(tmp_path) == []


def test_the_remote_of_the_clone_tells_whose_paths_are_meant(tmp_path: Path) -> None:
    tree = {**SHOP, "argocd/shop.yaml": application("shop", "path: apps/shop")}
    tree["apps/shop/kustomization.yaml"] += "namespace: shop\n"
    write_tree(tmp_path, tree)
    for arguments in (("init", "-q", "-b", "main"), ("remote", "add", "origin", "git@git.example.com:acme/deploy.git")):
        subprocess.run(("git", *arguments), cwd=tmp_path, check=True)
    assert missing(tmp_path) == FOUND
    subprocess.run(("git", "remote", "set-url", "origin", "git@git.example.com:acme/charts.git"), cwd=tmp_path, check=True)
    assert missing(tmp_path) == []


# --- ApplicationSets

FOLDERS = {
    "apps/shop/web.yaml": service("web"),
    "apps/shop/route.yaml": route("web", "api", target="shop"),
    "apps/blog/api.yaml": service("api"),
    "apps/blog/route.yaml": route("web", "api", target="shop", name="blog"),
}
GIT = f"{{git: {{repoURL: {URL}, directories: [{{path: apps/*}}]}}}}"


def test_a_set_over_folders_puts_each_into_its_namespace(tmp_path: Path) -> None:
    write_tree(tmp_path, {**FOLDERS, "sets/apps.yaml": application_set(GIT, "{{path}}", "{{path.basename}}")})
    assert missing(tmp_path) == [
        ("apps/blog/route.yaml", 8, 18, ("apps/blog",)),
        ("apps/shop/route.yaml", 8, 18, ("apps/shop",)),
    ]
    assert {name: dict(one.kinds) for name, one in units(tmp_path).items()} == {
        "apps/blog": {"HTTPRoute": 1, "Service": 1},
        "apps/shop": {"HTTPRoute": 1, "Service": 1},
        ".": {"ApplicationSet": 1},
    }


def test_a_template_that_is_not_understood_leaves_only_that_unknown(tmp_path: Path) -> None:
    go = application_set(GIT, "{{.path.path}}", "{{ .path.basename | upper }}", "goTemplate: true")
    write_tree(tmp_path, {**FOLDERS, "sets/apps.yaml": go})
    assert {name: dict(one.kinds) for name, one in units(tmp_path).items()}["apps/blog"] == {"HTTPRoute": 1, "Service": 1}
    assert missing(tmp_path) == []


def test_one_folder_for_several_clusters_is_one_unit(tmp_path: Path) -> None:
    elements = "[{cluster: dev, url: 'https://dev.example.com'}, {cluster: prod, url: 'https://prod.example.com'}]"
    one = application_set(
        f"{{list: {{elements: {elements}}}}}", "apps/shop", "shop", destination="server: '{{url}}'", name="{{cluster}}"
    )
    write_tree(tmp_path, {**SHOP, "sets/apps.yaml": one})
    found = units(tmp_path)
    assert sorted(found) == [".", "apps/shop"]
    assert found["apps/shop"].clusters == ("https://dev.example.com", "https://prod.example.com")


def test_one_folder_for_each_cluster(tmp_path: Path) -> None:
    elements = "[{cluster: dev}, {cluster: prod}]"
    generator = f"{{list: {{elements: {elements}}}}}"
    one = application_set(generator, "apps/{{cluster}}", "shop", destination="name: '{{cluster}}'", name="{{cluster}}")
    tree = {
        "apps/dev/web.yaml": service("web"),
        "apps/dev/route.yaml": route("web", "api", target="shop"),
        "apps/prod/api.yaml": service("api"),
        "sets/apps.yaml": one,
    }
    write_tree(tmp_path, tree)
    found = units(tmp_path)
    assert (found["apps/dev"].clusters, found["apps/prod"].clusters) == (("dev",), ("prod",))
    assert missing(tmp_path) == [("apps/dev/route.yaml", 8, 18, ("apps/dev",))]


def test_everybody_calls_his_own_cluster_the_same(tmp_path: Path) -> None:
    write_tree(tmp_path, {**SHOP, "argocd/shop.yaml": application("shop", "path: apps/shop")})
    assert units(tmp_path)["apps/shop"].clusters == ()
    write_tree(tmp_path, {"argocd/else.yaml": application("else", "path: else", destination="name: else")})
    assert "in-cluster" in units(tmp_path)["apps/shop"].clusters


def test_applications_of_applications(tmp_path: Path) -> None:
    tree = {
        **SHOP,
        "root.yaml": application("root", "path: argocd", namespace="argocd"),
        "argocd/shop.yaml": application("shop", "path: apps/shop"),
    }
    write_tree(tmp_path, tree)
    assert missing(tmp_path) == FOUND
    assert {name: dict(one.kinds) for name, one in units(tmp_path).items()} == {
        "apps/shop": {"HTTPRoute": 1, "Service": 1},
        "argocd": {"Application": 1},
        ".": {"Application": 1},
    }


@pytest.mark.parametrize(("more", "found"), [("", FOUND), ("https://example.com/more.yaml, ", [])])
def test_an_application_of_nothing_to_lint_opens_its_namespace_if_it_lacks_something(
    tmp_path: Path, more: str, found: list[object]
) -> None:
    """Its own objects are of no interest; what it fetches from elsewhere may be the missing Service."""
    tree = {
        **SHOP,
        "argocd/shop.yaml": application("shop", "path: apps/shop"),
        "argocd/more.yaml": application("more", "path: apps/more"),
        "apps/more/kustomization.yaml": f"namePrefix: x-\nresources: [{more}map.yaml]\n",
        "apps/more/map.yaml": "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: more}\n",
    }
    write_tree(tmp_path, tree)
    assert missing(tmp_path) == found
