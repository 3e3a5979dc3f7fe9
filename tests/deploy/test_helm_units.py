"""Charts in a tree: what becomes a unit, where its findings point, and what is said of the others. With the real Helm."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any, ClassVar

import pytest

from kubelint_lb.deploy.skipped import SkipReason
from kubelint_lb.engine.reading import survey
from kubelint_lb.engine.run import lint
from kubelint_lb.report.finding import Report
from kubelint_lb.settings.errors import UsageError
from kubelint_lb.settings.settings import HelmSettings, Settings
from tests.conftest import LintTree, Seen, write_tree
from tests.render.tools import need

CHART = "apiVersion: v2\nname: shop\nversion: 1.0.0\n"
SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}
  namespace: {{ .Release.Namespace }}
spec:
  type: LoadBalancer
  externalTrafficPolicy: {{ .Values.policy }}
  selector:
    {{- include "shop.labels" . | nindent 4 }}
  ports:
    - port: 80
"""
DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {{ .Release.Name }}
spec:
  replicas: {{ .Values.replicas }}
  selector:
    matchLabels:
      {{- include "shop.labels" . | nindent 6 }}
  template:
    metadata:
      labels:
        {{- include "shop.labels" . | nindent 8 }}
    spec:
      containers:
        - name: web
          image: nginx
"""
SHOP = {
    "shop/Chart.yaml": CHART,
    "shop/values.yaml": "policy: Local\nreplicas: 3\n",
    "shop/templates/_helpers.tpl": '{{- define "shop.labels" -}}\napp: {{ .Chart.Name }}\n{{- end }}\n',
    "shop/templates/service.yaml": SERVICE,
    "shop/templates/deployment.yaml": DEPLOYMENT,
}

# Charts are rendered for rules that look at objects.
FAILURES = ("render-failed", "service-port-invalid")


@pytest.fixture(autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test has its own cache."""
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


@pytest.fixture
def lint_tree(lint_tree: LintTree) -> LintTree:
    """Lints with renderers."""
    return partial(lint_tree, render=True)


@pytest.fixture
def helm() -> str:
    return need("helm")


@pytest.fixture
def no_helm(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path_factory.mktemp("bin")))


def seen(report: Report) -> list[Seen]:
    return [Seen(finding) for finding in report.findings]


def templates(report: Report) -> dict[str, str]:
    """What is said of templates that were not linted, by path."""
    return {one.path: one.detail for one in report.skipped if one.reason is SkipReason.TEMPLATE}


@pytest.mark.usefixtures("helm")
class TestRendered:
    def test_a_finding_points_at_the_template(self, lint_tree: LintTree) -> None:
        report = lint_tree(SHOP, select="etp-local-no-spread")
        (found,) = seen(report)
        assert (found.path, found.place) == ("shop/templates/service.yaml", (8, 26))
        assert (found.end_line, found.end_column) == (8, 46)
        assert found.related == [
            ("shop/templates/deployment.yaml", 10, 3, found.related[0][3]),
            ("shop/values.yaml", 1, 9, "the value is set here"),
        ]
        assert found.finding.units == ("shop",)
        assert found.finding.object is not None
        assert (found.finding.object.namespace, found.finding.object.name) == (None, "shop")
        assert found.field == "spec.externalTrafficPolicy"
        assert report.sources["shop/templates/service.yaml"][7] == "  externalTrafficPolicy: {{ .Values.policy }}"
        assert found.finding.fix is None

    def test_templates_that_gave_objects_are_linted_and_counted(self, lint_tree: LintTree) -> None:
        report = lint_tree({**SHOP, "shop/templates/off.yaml": "{{ if .Values.off }}\nkind: Service\n{{ end }}\n"})
        assert templates(report) == {"shop/templates/off.yaml": "a template that renders no object here, or only hooks"}
        assert report.summary.manifests == 2
        assert report.summary.units == 1

    def test_each_configured_set_of_values_is_a_unit_of_its_own(self, lint_tree: LintTree) -> None:
        files = {**SHOP, "env/prod.yaml": "policy: Cluster\n", "env/one.yaml": "replicas: 1\n"}
        helm = (
            HelmSettings("shop", ("env/prod.yaml",)),
            HelmSettings("./shop/", ("env/one.yaml",), "web", "front"),
            HelmSettings("shop", namespace="other"),
        )
        report = lint_tree(files, select=["etp-local-no-spread", "etp-local-single-replica"], helm=helm)
        assert [(one.rule, one.finding.units, one.finding.object and one.finding.object.namespace) for one in seen(report)] == [
            ("etp-local-no-spread", ("shop", "shop in other"), None),
            ("etp-local-single-replica", ("shop + env/one.yaml as web in front",), "front"),
        ]
        assert report.summary.units == 4

    def test_the_same_finding_with_several_values_is_one(self, lint_tree: LintTree) -> None:
        files = {**SHOP, "env/a.yaml": "x: 1\n", "env/b.yaml": "x: 2\n"}
        helm = (HelmSettings("shop", ("env/a.yaml",)), HelmSettings("shop", ("env/a.yaml", "env/b.yaml")))
        (found,) = seen(lint_tree(files, select="etp-local-no-spread", helm=helm))
        assert found.finding.units == ("shop", "shop + env/a.yaml", "shop + env/a.yaml + env/b.yaml")

    def test_every_file_that_sets_the_value_is_named(self, lint_tree: LintTree) -> None:
        files = {**SHOP, "env/a.yaml": "x: 1\npolicy: Local\n", "env/b.yaml": "policy: ~\n"}
        helm = (HelmSettings("shop", ("env/a.yaml",)), HelmSettings("shop", ("env/a.yaml", "env/b.yaml")))
        (found,) = seen(lint_tree(files, select="etp-local-no-spread", helm=helm))
        assert found.finding.units == ("shop", "shop + env/a.yaml")
        assert [one[:3] for one in found.related[1:]] == [("env/a.yaml", 2, 9), ("shop/values.yaml", 1, 9)]

    def test_a_value_that_a_template_changes_is_not_claimed(self, lint_tree: LintTree) -> None:
        service = SERVICE.replace("{{ .Values.policy }}", '{{ .Values.policy | replace "all" "Local" }}')
        files = {**SHOP, "shop/templates/service.yaml": service, "shop/values.yaml": "policy: all\nreplicas: 3\n"}
        (found,) = seen(lint_tree(files, select="etp-local-no-spread"))
        assert [one[0] for one in found.related] == ["shop/templates/deployment.yaml"]

    def test_values_of_a_subchart(self, lint_tree: LintTree) -> None:
        sub = {f"shop/charts/web/{name[5:]}": text.replace("name: shop", "name: web") for name, text in SHOP.items()}
        needs = CHART + "dependencies: [{name: web, alias: front, version: 1.0.0}]\n"
        (found,) = seen(lint_tree({**sub, "shop/Chart.yaml": needs}, select="etp-local-no-spread"))
        assert found.related[1][:3] == ("shop/charts/web/values.yaml", 1, 9)
        values = {"shop/values.yaml": "front:\n  policy: Local\n"}
        (found,) = seen(lint_tree({**sub, **values, "shop/Chart.yaml": needs}, select="etp-local-no-spread"))
        assert found.related[1][:3] == ("shop/values.yaml", 2, 11)

    def test_a_chart_beside_plain_manifests(self, lint_tree: LintTree) -> None:
        plain = "apiVersion: v1\nkind: Service\nmetadata: {name: other}\nspec: {selector: {app: x}, ports: [{port: 80}]}\n"
        report = lint_tree({**SHOP, "plain.yaml": plain})
        assert report.summary.units == 2
        assert report.summary.manifests == 3

    def test_a_vendored_subchart_is_part_of_its_chart(self, lint_tree: LintTree) -> None:
        sub = {
            f"shop/charts/web-app/{name.removeprefix('shop/')}": text.replace("name: shop", "name: web").replace("shop.", "web.")
            for name, text in SHOP.items()
        }
        files = {"shop/Chart.yaml": CHART + "dependencies: [{name: web, version: 1.0.0}]\n", **sub}
        (found,) = seen(lint_tree(files, select="etp-local-no-spread"))
        assert (found.path, found.line) == ("shop/charts/web-app/templates/service.yaml", 8)
        assert found.finding.units == ("shop",)

    @pytest.mark.parametrize(
        ("above", "comment"),
        [
            ("  externalTrafficPolicy", "  # kubelint-lb: ignore[etp-local-no-spread] one node only"),
            ("apiVersion", "# kubelint-lb: ignore[etp-local-no-spread] one node only"),
            ("  name:", "  annotations:\n    kubelint-lb.dev/ignore.etp-local-no-spread: one node only"),
        ],
        ids=["on a line", "above the object", "annotation"],
    )
    def test_a_suppression_in_a_template(self, lint_tree: LintTree, above: str, comment: str) -> None:
        template = SERVICE.replace(above, f"{comment}\n{above}", 1)
        files = {**SHOP, "shop/templates/service.yaml": template, "env/a.yaml": "x: 1\n"}
        rules = ["etp-local-no-spread", "unused-suppression"]
        report = lint_tree(files, select=rules, helm=(HelmSettings("shop", ("env/a.yaml",)),))
        assert seen(report) == []
        assert [one.rule for one in report.suppressed] == ["etp-local-no-spread"]
        assert report.suppressed[0].suppressed is not None
        assert report.suppressed[0].suppressed.location is not None
        assert report.suppressed[0].suppressed.location.span.line == template[: template.index("etp-local")].count("\n") + 1

    def test_a_suppression_that_other_values_may_need_is_not_called_unused(self, lint_tree: LintTree) -> None:
        comment = "# kubelint-lb: ignore[etp-local-single-replica] one is enough\n"
        files = {**SHOP, "shop/templates/service.yaml": comment + SERVICE}
        assert seen(lint_tree(files, select=["etp-local-single-replica", "unused-suppression"])) == []

    def test_secrets_keep_their_names_only(self, lint_tree: LintTree, own_cache: Path) -> None:
        secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {password: hunter2}\n"
        lint_tree({**SHOP, "shop/templates/secret.yaml": secret})
        kept = [path.read_text() for path in own_cache.rglob("*.json")]
        assert len(kept) == 1
        assert "hunter2" not in kept[0]

    def test_a_second_run_does_not_start_helm(self, lint_tree: LintTree, monkeypatch: pytest.MonkeyPatch) -> None:
        first = lint_tree(SHOP)
        monkeypatch.setattr("kubelint_lb.render.helm.command.run_tool", lambda *_: pytest.fail("helm was started"))
        assert lint_tree(SHOP).findings == first.findings


@pytest.mark.usefixtures("helm")
class TestScope:
    """A file was named, as a hook does."""

    def check(self, root: Path, files: Mapping[str, str], *named: str, **settings: Any) -> list[str]:
        write_tree(root, files)
        options = Settings(root=root.resolve(), select=("etp-local-no-spread",), **settings)
        return [str(finding.location.path) for finding in lint([root / name for name in named], options).findings]

    def test_a_template(self, tmp_path: Path) -> None:
        assert self.check(tmp_path, SHOP, "shop/templates/service.yaml") == ["shop/templates/service.yaml"]

    def test_the_related_template(self, tmp_path: Path) -> None:
        assert self.check(tmp_path, SHOP, "shop/templates/deployment.yaml") == ["shop/templates/service.yaml"]

    def test_values_concern_all_of_the_chart(self, tmp_path: Path) -> None:
        assert self.check(tmp_path, SHOP, "shop/values.yaml") == ["shop/templates/service.yaml"]
        assert self.check(tmp_path, SHOP, "shop/templates/_helpers.tpl") == ["shop/templates/service.yaml"]

    def test_configured_values_outside_of_the_chart(self, tmp_path: Path) -> None:
        files = {**SHOP, "env/prod.yaml": "x: 1\n"}
        helm = (HelmSettings("shop", ("env/prod.yaml",)),)
        assert self.check(tmp_path, files, "env/prod.yaml", helm=helm) == ["shop/templates/service.yaml"]

    def test_another_file_does_not_start_helm(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("kubelint_lb.render.helm.command.run_tool", lambda *_: pytest.fail("helm was started"))
        assert self.check(tmp_path, {**SHOP, "other/a.yaml": "a: b\n"}, "other/a.yaml") == []
        assert self.check(tmp_path, SHOP, "other") == []


@pytest.mark.usefixtures("helm")
class TestNotRendered:
    def test_a_template_that_helm_refuses_is_one_finding_at_its_line(self, lint_tree: LintTree) -> None:
        files = {**SHOP, "shop/templates/bad.yaml": "a: b\n  {{ nope }}\n", "ok/Chart.yaml": CHART}
        files |= {name.replace("shop/", "ok/"): text for name, text in SHOP.items()}
        report = lint_tree(files, select=["render-failed", "etp-local-no-spread"])
        assert [(one.rule, one.path) for one in seen(report)] == [
            ("etp-local-no-spread", "ok/templates/service.yaml"),
            ("render-failed", "shop/templates/bad.yaml"),
        ]
        found = seen(report)[1]
        assert found.place == (2, 3)
        assert found.message_key == "failed"
        assert (
            found.message == 'helm cannot render shop: parse error at (shop/templates/bad.yaml:2): function "nope" not defined.'
        )
        assert templates(report)["shop/templates/service.yaml"] == "a template of a Helm chart that is not rendered: helm failed"

    def test_other_failures_are_at_the_charts_name(self, lint_tree: LintTree) -> None:
        (found,) = seen(lint_tree({**SHOP, "shop/values.yaml": "a: [\n"}, select=FAILURES))
        assert (found.path, found.place) == ("shop/Chart.yaml", (2, 7))

    def test_a_chart_that_needs_values_is_no_finding(self, lint_tree: LintTree) -> None:
        host = 'kind: Service\na: {{ required "name the host" .Values.host }}\n'
        report = lint_tree({**SHOP, "shop/templates/host.yaml": host})
        assert [one.rule for one in seen(report)] == []
        assert report.notices == ("1 chart needs values to be rendered: name values files under 'helm' in the configuration",)
        assert "name the host" in templates(report)["shop/templates/host.yaml"]

    @pytest.mark.parametrize(
        "line",
        [
            "a: {{ .Values.secret | b64enc }}",
            "a: {{ .Values.sub.value }}",
            "{{ .Values.block }}: {a: b: c}",
            'a: {{ fail "say which" }}',
        ],
        ids=["not a text", "nothing in it", "no YAML with it", "fail"],
    )
    def test_so_is_one_that_fails_with_nothing_but_its_own_values(self, lint_tree: LintTree, line: str) -> None:
        report = lint_tree({**SHOP, "shop/templates/more.yaml": f"kind: Service\n{line}\n"}, select=FAILURES)
        assert seen(report) == []
        assert report.notices == ("1 chart needs values to be rendered: name values files under 'helm' in the configuration",)
        assert templates(report)["shop/templates/more.yaml"].startswith(
            "a template of a Helm chart that is not rendered: its own values do not do: "
        )

    def test_a_configured_chart_that_needs_more_values_is_one(self, lint_tree: LintTree) -> None:
        host = 'kind: Service\na: {{ required "name the host" .Values.host }}\n'
        files = {**SHOP, "shop/templates/host.yaml": host}
        (found,) = seen(lint_tree(files, select=FAILURES, helm=(HelmSettings("shop"),)))
        assert (found.path, found.line) == ("shop/templates/host.yaml", 2)

    def test_a_library_and_a_chart_that_nobody_reads(self, lint_tree: LintTree, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("kubelint_lb.render.helm.command.run_tool", lambda *_: pytest.fail("helm was started"))
        lint_tree({**SHOP, "shop/Chart.yaml": CHART + "type: library\n"})
        role = "apiVersion: rbac.authorization.k8s.io/v1\nkind: Role\nmetadata: {name: {{ .Release.Name }}}\n"
        lint_tree({"a/Chart.yaml": CHART, "a/templates/role.yaml": role}, select="etp-local-no-spread")

    def test_too_slow(self, lint_tree: LintTree) -> None:
        (found,) = seen(lint_tree(SHOP, select=FAILURES, render_seconds=0))
        assert (found.path, found.line) == ("shop/Chart.yaml", 2)
        assert found.message == "helm did not finish shop within 0 seconds."

    def test_a_link_out_of_the_tree(self, lint_tree: LintTree, tmp_path_factory: pytest.TempPathFactory, tmp_path: Path) -> None:
        outside = tmp_path_factory.mktemp("outside") / "secret.yaml"
        outside.write_text("a: b\n")
        write_tree(tmp_path, SHOP)
        (tmp_path / "shop" / "extra.yaml").symlink_to(outside)
        report = lint_tree(SHOP)
        assert templates(report)["shop/templates/service.yaml"].endswith("shop/extra.yaml is a link that is not followed")

    def test_rendering_may_be_turned_off(self, lint_tree: LintTree) -> None:
        report = lint_tree(SHOP, render=False)
        assert report.notices == ()
        assert templates(report)["shop/templates/service.yaml"] == "a template of a Helm chart"


REDIS = (
    CHART
    + """\
dependencies:
  - name: redis
    version: 1.0.0
    repository: https://charts.example
    condition: redis.enabled
"""
)
# Two Services are found in the chart, so a third that is not would be missing.
ROUTES = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop}
spec:
  rules:
    - http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: shop, port: {number: 80}}}}
          - {path: /cache, pathType: Prefix, backend: {service: {name: shop-redis, port: {number: 6379}}}}
"""


@pytest.mark.usefixtures("helm")
class TestDependenciesThatAreNotThere:
    FILES: ClassVar[dict[str, str]] = {**SHOP, "shop/Chart.yaml": REDIS, "shop/templates/ingress.yaml": ROUTES}
    RULES = ("etp-local-no-spread", "ingress-backend-service-not-found")

    def test_the_rest_is_linted_and_what_it_lacks_is_unknown(self, lint_tree: LintTree) -> None:
        report = lint_tree(self.FILES, select=self.RULES)
        assert [(one.rule, one.path, one.line) for one in seen(report)] == [
            ("etp-local-no-spread", "shop/templates/service.yaml", 8)
        ]
        assert report.notices == (
            (
                "1 chart is rendered without dependencies that are not in the charts folder; what it refers to may be in those "
                "(`kubelint-lb units` lists them)"
            ),
        )

    def test_one_that_values_switch_off_is_not_missed(self, lint_tree: LintTree) -> None:
        values = {"shop/values.yaml": SHOP["shop/values.yaml"] + "redis: {enabled: false}\n"}
        report = lint_tree({**self.FILES, **values}, select=self.RULES)
        assert [(one.rule, one.path, one.line) for one in seen(report)] == [
            ("ingress-backend-service-not-found", "shop/templates/ingress.yaml", 9),
            ("etp-local-no-spread", "shop/templates/service.yaml", 8),
        ]
        assert report.notices == ()

    def test_what_needs_them_is_said_and_no_finding(self, lint_tree: LintTree) -> None:
        helper = 'kind: Service\nmetadata: {name: {{ include "redis.name" . }}}\n'
        report = lint_tree({**self.FILES, "shop/templates/redis.yaml": helper}, select=(*FAILURES, *self.RULES))
        assert seen(report) == []
        why = templates(report)["shop/templates/service.yaml"]
        assert why.startswith("a template of a Helm chart that is not rendered: its charts folder lacks redis, and without: ")
        assert 'no template "redis.name"' in why

    def test_units_tell(self, tmp_path: Path) -> None:
        write_tree(tmp_path, {**self.FILES, "web/Chart.yaml": CHART, "web/templates/bad.yaml": "kind: Service\na: {{ nope }}\n"})
        chart, other = survey([tmp_path], Settings(root=tmp_path.resolve())).units
        assert (chart.name, chart.found, chart.rendered) == ("shop", "chart", "helm")
        assert dict(chart.kinds) == {"Deployment": 1, "Ingress": 1, "Service": 1}
        (absent,) = chart.left_out
        assert (absent.why, absent.location.path, absent.location.span.line) == ("the chart redis", "shop/Chart.yaml", 5)
        assert (other.name, other.rendered, other.why) == ("web", "not rendered", "helm failed")


@pytest.mark.usefixtures("no_helm")
def test_without_helm_there_is_one_notice(lint_tree: LintTree) -> None:
    other = {name.replace("shop/", "web/"): text for name, text in SHOP.items()}
    report = lint_tree({**SHOP, **other})
    assert seen(report) == []
    assert report.notices == ("2 Helm charts are not rendered: helm is not on the PATH",)
    assert report.summary.skipped[SkipReason.TEMPLATE] == 4


def test_releases_that_nobody_renders_are_counted(lint_tree: LintTree) -> None:
    head = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: x}\nspec:\n  values: "
    with_routes = (
        "{web: {ingress: {enabled: true}}}",
        "{route: {app: {hostnames: [a.example]}}}",
        "{ingress: {enabled: false}, gateway: {}}",
    )
    report = lint_tree({f"{index}.yaml": head + values for index, values in enumerate(with_routes)})
    assert report.summary.unseen == ("Not rendered: 3 HelmReleases, 2 with routes in their values.",)
    assert lint_tree({"0.yaml": "a: b", "1.yaml": "a: b"}).summary.unseen == ("Not rendered: 1 HelmRelease.",)


def test_a_configured_chart_that_is_not_there(lint_tree: LintTree) -> None:
    with pytest.raises(UsageError, match="there is no chart in web: it holds no Chart"):
        lint_tree(SHOP, helm=(HelmSettings("web"),))


def test_configured_values_that_are_not_there(lint_tree: LintTree, tmp_path: Path) -> None:
    for values in ("prod.yaml", "/etc/hostname", "../prod.yaml"):
        with pytest.raises(UsageError, match=f"there is no values file {values} below {tmp_path}"):
            lint_tree(SHOP, helm=(HelmSettings("shop", (values,)),))
