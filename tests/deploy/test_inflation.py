"""Charts that kustomizations inflate: rendered by the real kustomize with the real Helm, and traced to what people wrote."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from pathlib import Path

import pytest

from kubelint_lb.deploy.unit_info import UnitInfo
from kubelint_lb.engine.reading import survey
from kubelint_lb.engine.run import lint
from kubelint_lb.report.finding import Report
from kubelint_lb.settings.settings import Settings
from kubelint_lb.settings.severity import Severity
from tests.conftest import Seen, write_tree
from tests.render.tools import need, needs_kustomize

pytestmark = needs_kustomize

SERVICE = """\
apiVersion: v1
kind: Service
metadata: {name: {{ .Release.Name }}}
spec:
  type: LoadBalancer
  externalTrafficPolicy: {{ .Values.policy }}
  selector: {app: {{ .Release.Name }}}
  ports: [{port: {{ .Values.port }}}]
"""
DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: {{ .Release.Name }}}
spec:
  replicas: 3
  selector: {matchLabels: {app: {{ .Release.Name }}}}
  template:
    metadata: {labels: {app: {{ .Release.Name }}}}
    spec: {containers: [{name: web, image: nginx}]}
"""
CHART = {
    "Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.2.3\n",
    "values.yaml": "policy: Cluster\nport: 80\n",
    "templates/service.yaml": SERVICE,
    "templates/deployment.yaml": DEPLOYMENT,
}
VENDORED = {f"app/charts/shop/{name}": text for name, text in CHART.items()}
KUSTOMIZATION = """\
namespace: front
helmCharts:
  - name: shop
    repo: https://charts.example
    version: 1.2.3
    releaseName: web
    valuesInline:
      policy: Local
"""
RULES = ("etp-local-no-spread", "render-failed")


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test has its own cache, and Helm."""
    need("helm")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


class Linted:
    def __init__(self, root: Path, files: Mapping[str, str], named: str = ".", charts: Path | None = None) -> None:
        write_tree(root, files)
        self.settings = Settings(root=root.resolve(), select=RULES, severity=Severity.INFO, charts=charts)
        self.report: Report = lint([root / named], self.settings)
        self.root = root

    @property
    def places(self) -> list[tuple[str, int, int]]:
        return [(one.path, *one.place) for one in map(Seen, self.report.findings)]

    @property
    def units(self) -> dict[str, UnitInfo]:
        return {one.name: one for one in survey([self.root], self.settings).units}


def test_a_vendored_chart_is_part_of_its_kustomization(tmp_path: Path) -> None:
    linted = Linted(tmp_path, {**VENDORED, "app/kustomization.yaml": KUSTOMIZATION})
    assert linted.places == [("app/kustomization.yaml", 8, 15)]
    (found,) = linted.report.findings
    assert found.units == ("app",)
    assert found.object is not None
    assert (found.object.namespace, found.object.name) == ("front", "web")
    assert list(linted.units) == ["app"]
    assert linted.units["app"].left_out == ()
    assert linted.report.notices == ()


def test_a_values_file(tmp_path: Path) -> None:
    files = {**VENDORED, "app/helm.yaml": "port: 8080\npolicy: Local\n"}
    text = KUSTOMIZATION.partition("    valuesInline")[0] + "    valuesFile: helm.yaml\n"
    assert Linted(tmp_path, {**files, "app/kustomization.yaml": text}).places == [("app/helm.yaml", 2, 9)]


def test_what_no_value_says_is_at_the_charts_name(tmp_path: Path) -> None:
    files = {**VENDORED, "app/charts/shop/values.yaml": "policy: Local\nport: 80\n"}
    text = KUSTOMIZATION.partition("    valuesInline")[0]
    assert Linted(tmp_path, {**files, "app/kustomization.yaml": text}).places == [("app/kustomization.yaml", 3, 11)]


def test_patches_apply_to_what_it_makes(tmp_path: Path) -> None:
    text = KUSTOMIZATION + "patches: [{path: patch.yaml}]\n"
    patch = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  externalTrafficPolicy: Cluster\n"
    assert Linted(tmp_path, {**VENDORED, "app/kustomization.yaml": text, "app/patch.yaml": patch}).places == []


def test_a_chart_home_of_its_own(tmp_path: Path) -> None:
    files = {f"vendor/shop-1.2.3/shop/{name}": text for name, text in CHART.items()}
    text = "helmGlobals: {chartHome: ../vendor}\n" + KUSTOMIZATION
    assert Linted(tmp_path, {**files, "app/kustomization.yaml": text}).places == [("app/kustomization.yaml", 9, 15)]


def test_a_chart_in_the_folder_of_charts(tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    charts = tmp_path_factory.mktemp("charts")
    write_tree(charts / "shop", CHART)
    assert Linted(tmp_path, {"app/kustomization.yaml": KUSTOMIZATION}, charts=charts).places == [
        ("app/kustomization.yaml", 8, 15)
    ]


@pytest.mark.parametrize(
    ("kustomization", "why"),
    [
        (KUSTOMIZATION.replace("version: 1.2.3", "version: 1.2.4"), "helmCharts: shop 1.2.4 is not here"),
        (
            KUSTOMIZATION.replace("    releaseName: web\n", ""),
            "helmCharts: an entry without a name, or without one for the release",
        ),
    ],
    ids=["another version", "no name"],
)
def test_why_one_is_left_out(tmp_path: Path, kustomization: str, why: str) -> None:
    linted = Linted(tmp_path, {**VENDORED, "app/kustomization.yaml": kustomization})
    assert linted.places == []
    (absent,) = linted.units["app"].left_out
    assert (absent.why, absent.location.span.line) == (why, 3)
    (notice,) = linted.report.notices
    assert "bring more than is rendered here (Helm charts)" in notice


def test_a_chart_that_does_not_render_leaves_the_rest(tmp_path: Path) -> None:
    bad = {"app/charts/shop/templates/bad.yaml": 'kind: Service\na: {{ required "say a host" .Values.host }}\n'}
    plain = textwrap.dedent(SERVICE.replace("{{ .Values.policy }}", "Local").replace("{{ .Values.port }}", "80"))
    plain = plain.replace("{{ .Release.Name }}", "own")
    workload = DEPLOYMENT.replace("{{ .Release.Name }}", "own")
    files = {
        **VENDORED,
        **bad,
        "app/own.yaml": f"{plain}---\n{workload}",
        "app/kustomization.yaml": "resources: [own.yaml]\n" + KUSTOMIZATION,
    }
    linted = Linted(tmp_path, files)
    assert linted.places == [("app/own.yaml", 6, 26)]
    info = linted.units["app"]
    assert (info.rendered, dict(info.kinds)) == ("kustomize", {"Deployment": 1, "Service": 1})
    (absent,) = info.left_out
    assert absent.why.startswith("helmCharts: ")
    assert "say a host" in absent.why


def test_a_template_of_the_chart_concerns_the_kustomization(tmp_path: Path) -> None:
    linted = Linted(tmp_path, {**VENDORED, "app/kustomization.yaml": KUSTOMIZATION}, "app/charts/shop/templates/service.yaml")
    assert linted.places == [("app/kustomization.yaml", 8, 15)]


def test_nothing_is_ever_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The shadow names no repository: kustomize has nowhere to pull from."""
    seen: list[str] = []

    def record(arguments: tuple[str, ...], folder: Path, seconds: float) -> object:
        from kubelint_lb.render.process import run_tool

        seen.extend(path.read_text() for path in folder.rglob("kustomization.yaml"))
        return run_tool(arguments, folder, seconds)

    monkeypatch.setattr("kubelint_lb.render.kustomize.command.run_tool", record)
    Linted(tmp_path, {**VENDORED, "app/kustomization.yaml": KUSTOMIZATION})
    assert len(seen) == 1
    assert "charts.example" not in seen[0]
