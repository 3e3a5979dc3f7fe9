"""What Argo CD's Applications install of charts that are here: units of their own. With the real Helm."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.deploy.charts import IN_TREE, SPREAD, Check, pack
from tests.render.tools import need

URL = "https://git.example.com/acme/deploy"
HEAD = """\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: web, namespace: argocd}
spec:
  destination: {name: in-cluster, namespace: front}
  source:
"""
FROM_TREE = HEAD + f"    repoURL: {URL}\n    path: charts/shop\n"
FROM_SHELF = HEAD + "    repoURL: https://charts.example\n    chart: shop\n    targetRevision: 1.*\n"
NAME = "Application argocd/web"
VALUES = "    helm:\n      valuesObject:\n        policy: Local\n"
ROUTE = """\
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web, namespace: front}
spec:
  rules:
    - backendRefs:
        - {name: web, port: 80}
        - {name: other, port: 80}
"""


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has its own cache, and Helm."""
    need("helm")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


@pytest.fixture
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the chart, packed."""
    folder = tmp_path_factory.mktemp("charts")
    pack(folder, "1.2.3")
    return folder


@pytest.fixture
def check(tmp_path: Path) -> Check:
    return Check(tmp_path)


def test_a_chart_of_the_tree(check: Check) -> None:
    checked = check({**IN_TREE, "web.yaml": FROM_TREE + VALUES})
    (found,) = checked.seen
    assert (found.path, found.place) == ("charts/shop/templates/service.yaml", (7, 26))
    assert found.related[-1] == ("web.yaml", 11, 17, "the value is set here")
    assert found.finding.units == (NAME,)
    assert found.finding.object is not None
    assert found.finding.object[1:] == ("Service", "front", "web")
    assert dict(checked.releases[NAME].kinds) == {"Deployment": 1, "Service": 1}


def test_a_chart_of_the_shelf(check: Check, shelf: Path) -> None:
    assert check(FROM_SHELF + VALUES, shelf).places == [("web.yaml", 12, 17)]
    assert check(FROM_SHELF + VALUES).releases == {}


def test_values_in_the_order_that_they_go_over_each_other(check: Check) -> None:
    files = {**IN_TREE, "charts/shop/one.yaml": "policy: Local\nport: 1\n", "env/two.yaml": "replicas: 1\n"}
    options = FROM_TREE + "    helm:\n      releaseName: shop\n      valueFiles: [one.yaml, /env/two.yaml]\n"
    single = "etp-local-single-replica"
    assert [one.rule for one in check({**files, "web.yaml": options}, None, SPREAD, single).seen] == [single]
    text = options + "      values: |\n        replicas: 2\n"
    (found,) = check({**files, "web.yaml": text}, None, SPREAD, single).seen
    assert found.rule == SPREAD
    assert found.related[-1][:3] == ("charts/shop/one.yaml", 1, 9)
    parameter = text + "      parameters: [{name: policy, value: Cluster}]\n"
    assert check({**files, "web.yaml": parameter}, None, SPREAD, single).seen == []


def test_values_files_of_another_source(check: Check, shelf: Path) -> None:
    text = (
        HEAD.replace("source:", "sources:")
        + "    - repoURL: https://charts.example\n      chart: shop\n      targetRevision: 1.2.3\n"
        + "      helm: {valueFiles: [$here/env/web.yaml]}\n"
        + f"    - {{repoURL: {URL}, ref: here}}\n    - {{repoURL: {URL}, path: env}}\n"
    )
    files = {"env/web.yaml": "policy: Local\n", "web.yaml": text}
    assert check(files, shelf).places == [("env/web.yaml", 1, 9)]


def test_a_set_makes_several(check: Check) -> None:
    text = f"""\
        apiVersion: argoproj.io/v1alpha1
        kind: ApplicationSet
        metadata: {{name: shops, namespace: argocd}}
        spec:
          generators: [{{list: {{elements: [{{name: red, policy: Local}}, {{name: blue, policy: Cluster}}]}}}}]
          template:
            metadata: {{name: '{{{{name}}}}'}}
            spec:
              destination: {{name: in-cluster, namespace: '{{{{name}}}}'}}
              source:
                repoURL: {URL}
                path: charts/shop
                helm: {{parameters: [{{name: policy, value: '{{{{policy}}}}'}}]}}
        """
    checked = check({**IN_TREE, "set.yaml": text})
    assert sorted(checked.releases) == ["Application argocd/blue", "Application argocd/red"]
    (found,) = checked.seen
    assert found.finding.units == ("Application argocd/red",)
    assert found.finding.object is not None
    assert (found.finding.object.namespace, found.finding.object.name) == ("red", "red")


@pytest.mark.parametrize(
    ("more", "why"),
    [
        ("    helm: {valueFiles: [absent.yaml]}\n", "its values file absent.yaml is not to be seen here"),
        ("    helm: {fileParameters: [{name: a, path: b}]}\n", "its values are not all understood here"),
        ("    helm: {releaseName: $ARGOCD_APP_NAME}\n", "its name is not known"),
        ("    helm: {parameters: [{name: a, value: '{1,2}'}]}\n", "what is set at a is not understood here"),
    ],
    ids=["file", "file parameters", "name", "list"],
)
def test_why_one_is_not_rendered(check: Check, more: str, why: str) -> None:
    info = check({**IN_TREE, "web.yaml": FROM_TREE + more}).releases[NAME]
    assert (info.rendered, info.why) == ("not rendered", why)


def test_its_namespace_is_no_longer_open(check: Check) -> None:
    service = "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: front}\nspec: {ports: [{port: 80}]}\n"
    # One is found beside it, so that the other one is missed.
    files = {**IN_TREE, "web.yaml": FROM_TREE, "routes/web.yaml": ROUTE, "routes/service.yaml": service}
    rule = "backend-ref-not-found"
    assert check(files, None, rule).places == [("routes/web.yaml", 8, 18)]
    files["web.yaml"] = FROM_TREE + "    helm: {fileParameters: [{name: a, path: b}]}\n"
    assert check(files, None, rule).places == []
