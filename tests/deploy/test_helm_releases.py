"""What HelmReleases install, where their charts are here: units whose findings lead to the HelmRelease. With the real Helm."""

from __future__ import annotations

from pathlib import Path

import pytest

from kubelint_lb.engine.run import lint
from kubelint_lb.settings.settings import Settings
from tests.conftest import write_tree
from tests.deploy.charts import CHART, IN_TREE, SPREAD, Check, pack
from tests.render.tools import need, needs_kustomize

HEAD = """\
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata:
  name: web
  namespace: front
spec:
"""
FROM_ARCHIVE = (
    HEAD
    + """\
  chart:
    spec:
      chart: shop
      version: 1.x
      sourceRef: {kind: HelmRepository, name: shops}
"""
)
FROM_TREE = (
    HEAD
    + """\
  chart:
    spec:
      chart: ./charts/shop
      sourceRef: {kind: GitRepository, name: flux-system}
"""
)
VALUES = "  values:\n    policy: Local\n"


@pytest.fixture(autouse=True)
def cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Each test has its own cache, and Helm."""
    need("helm")
    folder = tmp_path_factory.mktemp("cache")
    monkeypatch.setenv("XDG_CACHE_HOME", str(folder))
    return folder


@pytest.fixture
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the chart, packed, in two versions."""
    folder = tmp_path_factory.mktemp("charts")
    pack(folder, "1.2.3")
    pack(folder, "2.0.0", {"values.yaml": "policy: Local\nreplicas: 1\nport: 80\n"})
    return folder


@pytest.fixture
def check(tmp_path: Path) -> Check:
    return Check(tmp_path)


class TestFromAnArchive:
    def test_a_finding_points_at_the_value(self, check: Check, shelf: Path) -> None:
        checked = check(FROM_ARCHIVE + VALUES, shelf)
        (found,) = checked.seen
        assert (found.path, found.place) == ("web.yaml", (13, 13))
        assert found.finding.units == ("HelmRelease front/web",)
        assert found.finding.object is not None
        assert (found.finding.object.kind, found.finding.object.namespace, found.finding.object.name) == (
            "Service",
            "front",
            "web",
        )
        assert checked.report.summary.unseen == ()
        info = checked.releases["HelmRelease front/web"]
        assert (info.rendered, dict(info.kinds), info.left_out) == ("helm", {"Deployment": 1, "Service": 1}, ())

    def test_what_no_value_says_points_at_the_name_of_the_chart(self, check: Check, shelf: Path) -> None:
        assert check(FROM_ARCHIVE.replace("1.x", "2.0.0"), shelf, "etp-local-single-replica").places == [("web.yaml", 9, 14)]

    def test_the_newest_without_a_version(self, check: Check, shelf: Path) -> None:
        assert check(FROM_ARCHIVE.replace("      version: 1.x\n", ""), shelf, "etp-local-single-replica").places != []

    def test_an_unpacked_chart(self, check: Check, tmp_path_factory: pytest.TempPathFactory) -> None:
        folder = tmp_path_factory.mktemp("unpacked")
        write_tree(folder / "shop", CHART)
        assert check(FROM_ARCHIVE + VALUES, folder).places == [("web.yaml", 13, 13)]

    def test_a_shelf_inside_of_the_tree_is_not_linted_by_itself(self, check: Check, tmp_path: Path) -> None:
        own = {
            f"vendor/shop/{name}": text for name, text in {**CHART, "values.yaml": "policy: Local\nreplicas: 3\nport: 80"}.items()
        }
        (found,) = check({**own, "web.yaml": FROM_ARCHIVE}, tmp_path / "vendor").seen
        assert (found.path, found.line) == ("web.yaml", 9)

    def test_through_an_oci_repository(self, check: Check, shelf: Path) -> None:
        source = """\
            apiVersion: source.toolkit.fluxcd.io/v1
            kind: OCIRepository
            metadata: {name: shops, namespace: front}
            spec:
              url: oci://ghcr.io/example/shop
              ref: {tag: 1.2.3}
            """
        release = HEAD + "  chartRef:\n    kind: OCIRepository\n    name: shops\n" + VALUES
        assert check({"web.yaml": release, "source.yaml": source}, shelf).places == [("web.yaml", 11, 13)]
        digest = source.replace("tag: 1.2.3", "digest: sha256:abc")
        checked = check({"web.yaml": release, "source.yaml": digest}, shelf)
        assert checked.places == []
        assert checked.releases["HelmRelease front/web"].why == (
            "the OCIRepository shops names its chart by a digest, not by a version"
        )

    @pytest.mark.parametrize(
        ("release", "why"),
        [
            (FROM_ARCHIVE.replace("1.x", "3.x"), "the folder of charts has no shop 3.x"),
            (FROM_ARCHIVE.replace("name: web", "name: ${APP}"), "its name is not known"),
            (FROM_ARCHIVE + "  kubeConfig: {secretRef: {name: other}}\n", "it is for another cluster (kubeConfig)"),
            (FROM_ARCHIVE + "  values: {policy: {}, port: .nan}\n", "its values hold a number that JSON cannot say"),
            (
                FROM_ARCHIVE + "  valuesFrom: [{kind: Secret, name: hidden}]\n",
                "its values are in the Secret hidden, which is not to be seen here",
            ),
            (
                HEAD + "  chartRef: {kind: OCIRepository, name: no}\n",
                "its chart is that of the OCIRepository no, which is not to be seen here",
            ),
        ],
        ids=["version", "name", "cluster", "number", "secret", "source"],
    )
    def test_why_one_is_not_rendered(self, check: Check, shelf: Path, release: str, why: str) -> None:
        checked = check(release, shelf, SPREAD, "render-failed")
        assert checked.seen == []
        (info,) = checked.releases.values()
        assert (info.rendered, info.why) == ("not rendered", why)
        assert checked.report.summary.unseen == ("Not rendered: 1 HelmRelease.",)

    def test_a_failure_is_said_and_no_finding(self, check: Check, shelf: Path) -> None:
        pack(shelf, "1.9.0", {"templates/bad.yaml": 'kind: Service\na: {{ required "say a host" .Values.host }}\n'})
        checked = check(FROM_ARCHIVE, shelf, SPREAD, "render-failed")
        assert checked.seen == []
        assert "say a host" in checked.releases["HelmRelease front/web"].why

    def test_without_a_shelf_nothing_is_tried(self, check: Check, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("kubelint_lb.render.helm.command.run_tool", lambda *_: pytest.fail("helm was started"))
        assert check(FROM_ARCHIVE + VALUES).releases == {}

    def test_a_suppression_above_the_helm_release(self, check: Check, shelf: Path) -> None:
        comment = "# kubelint-lb: ignore[etp-local-no-spread] one node\n"
        checked = check(comment + FROM_ARCHIVE + VALUES, shelf, SPREAD, "unused-suppression")
        assert checked.seen == []
        assert [one.rule for one in checked.report.suppressed] == [SPREAD]


class TestFromTheTree:
    def test_a_finding_points_at_the_template_and_at_the_value(self, check: Check) -> None:
        (found,) = check({**IN_TREE, "web.yaml": FROM_TREE + VALUES}).seen
        assert (found.path, found.place) == ("charts/shop/templates/service.yaml", (7, 26))
        assert found.related[-1] == ("web.yaml", 12, 13, "the value is set here")
        assert found.finding.units == ("HelmRelease front/web",)

    def test_the_release_is_named_where_a_related_place_prints_its_value(self, check: Check) -> None:
        """The policy is the chart's default; that the Service is of another type is the release's doing."""
        service = IN_TREE["charts/shop/templates/service.yaml"].replace("type: LoadBalancer", "type: {{ .Values.kind }}")
        own = {"charts/shop/templates/service.yaml": service, "charts/shop/values.yaml": "policy: Local\nkind: LoadBalancer\n"}
        release = FROM_TREE + "  values:\n    kind: ClusterIP\n"
        (found,) = check({**IN_TREE, **own, "web.yaml": release}, None, "field-not-allowed-for-type").seen
        assert (found.path, found.place) == ("charts/shop/templates/service.yaml", (7, 26))
        assert [one for one in found.related if one[3] == "the value is set here"] == [
            ("charts/shop/values.yaml", 1, 9, "the value is set here"),
            ("web.yaml", 12, 11, "the value is set here"),
        ]

    def test_values_files_stand_in_for_the_charts_own(self, check: Check) -> None:
        files = {**IN_TREE, "env/prod.yaml": "policy: Local\nreplicas: 3\nport: 80\n"}
        release = FROM_TREE + "      valuesFiles: [env/prod.yaml]\n"
        (found,) = check({**files, "web.yaml": release}).seen
        assert found.related[-1][:3] == ("env/prod.yaml", 1, 9)
        absent = release.replace("prod", "test")
        (info,) = check({**files, "web.yaml": absent}).releases.values()
        assert info.why == "its chart has no values file env/test.yaml"

    def test_another_repository_with_such_a_chart_is_not_this_one(self, check: Check) -> None:
        release = FROM_TREE.replace("GitRepository", "HelmRepository")
        assert check({**IN_TREE, "web.yaml": release + VALUES}).releases == {}


class TestValuesFrom:
    MAP = """\
        apiVersion: v1
        kind: ConfigMap
        metadata: {name: more, namespace: front}
        data:
          values.yaml: |
            policy: Local
            replicas: 1
          port: "8080"
        """
    ENTRY = "  valuesFrom:\n    - kind: ConfigMap\n      name: more\n"

    def test_its_own_values_go_over_them(self, check: Check, shelf: Path) -> None:
        rules = (SPREAD, "etp-local-single-replica")
        files = {"web.yaml": FROM_ARCHIVE + self.ENTRY, "map.yaml": self.MAP}
        assert [one.rule for one in check(files, shelf, *rules).seen] == ["etp-local-single-replica"]
        files["web.yaml"] += "  values:\n    replicas: 2\n"
        assert [one.rule for one in check(files, shelf, *rules).seen] == [SPREAD]

    def test_one_value_at_a_path(self, check: Check, shelf: Path) -> None:
        entry = self.ENTRY + "      valuesKey: port\n      targetPath: port\n"
        checked = check({"web.yaml": FROM_ARCHIVE + entry, "map.yaml": self.MAP}, shelf)
        assert checked.releases["HelmRelease front/web"].rendered == "helm"

    def test_an_optional_one_that_is_not_here_leaves_the_unit_open(self, check: Check, shelf: Path) -> None:
        checked = check(FROM_ARCHIVE + self.ENTRY + "      optional: true\n" + VALUES, shelf)
        assert len(checked.seen) == 0  # what is absent may be in the values that nobody sees
        (absent,) = checked.releases["HelmRelease front/web"].left_out
        assert (absent.why, absent.location.path, absent.location.span.line) == (
            "values that are not to be seen here",
            "web.yaml",
            9,
        )

    @needs_kustomize
    def test_one_that_a_kustomization_generates(self, check: Check, shelf: Path) -> None:
        files = {
            "app/kustomization.yaml": """\
                namespace: front
                resources: [web.yaml]
                configMapGenerator: [{name: more, files: [values.yaml=helm.yaml]}]
                """,
            "app/helm.yaml": "replicas: 3\npolicy: Local\n",
            "app/web.yaml": FROM_ARCHIVE + self.ENTRY,
        }
        assert check(files, shelf).places == [("app/helm.yaml", 2, 9)]


class TestPlaceholders:
    def test_what_is_calculated_from_one_is_not_known(self, check: Check, shelf: Path) -> None:
        checked = check(FROM_ARCHIVE + "  values: {port: '${PORT}', policy: Local}\n", shelf, SPREAD, "service-port-invalid")
        assert checked.seen == []
        info = checked.releases["HelmRelease front/web"]
        assert dict(info.kinds) == {"Deployment": 1, "Service": 1}

    def test_what_only_prints_it_is(self, check: Check, shelf: Path) -> None:
        note = "  annotations:\n            note: {{ .Values.note }}\n          name:"
        noted = CHART["templates/service.yaml"].replace("  name:", note, 1)
        pack(shelf, "1.9.0", {"templates/service.yaml": noted})
        checked = check(FROM_ARCHIVE + "  values: {policy: Local, note: '${NOTE}'}\n", shelf)
        assert checked.places == [("web.yaml", 12, 20)]


ROUTE = """\
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: web, namespace: front}
spec:
  rules:
    - backendRefs:
        - {name: web, port: 80}
    - backendRefs:
        - {name: wbe, port: 80}
    - backendRefs:
        - {name: web, port: 81}
"""


class TestWithTheRestOfTheTree:
    def test_routes_find_what_it_installs(self, check: Check, shelf: Path) -> None:
        files = {"web.yaml": FROM_ARCHIVE, "route.yaml": ROUTE}
        rules = ("backend-ref-port-not-in-service", "backend-ref-not-found")
        assert [(one.rule, one.line) for one in check(files, shelf, *rules).seen] == [("backend-ref-port-not-in-service", 11)]

    def test_variants_are_kept_apart(self, check: Check, shelf: Path) -> None:
        files = {
            "base/kustomization.yaml": "resources: [web.yaml]\n",
            "base/web.yaml": FROM_ARCHIVE,
            "dev/kustomization.yaml": "resources: [../base]\npatches: [{path: patch.yaml}]\n",
            "dev/patch.yaml": HEAD + "  values: {policy: Local}\n",
            "prod/kustomization.yaml": "resources: [../base, route.yaml]\n",
            "prod/route.yaml": ROUTE,
        }
        need("kubectl")
        checked = check(files, shelf, SPREAD, "backend-ref-port-not-in-service")
        assert [(one.rule, one.path, one.line) for one in checked.seen] == [
            (SPREAD, "dev/patch.yaml", 7),
            ("backend-ref-port-not-in-service", "prod/route.yaml", 11),
        ]
        assert list(checked.releases) == ["HelmRelease front/web (dev)", "HelmRelease front/web (prod)"]
        assert checked.report.summary.unseen == ()


class TestScope:
    def lint(self, check: Check, shelf: Path, *named: str) -> list[str]:
        checked = check({**IN_TREE, "web.yaml": FROM_TREE + VALUES, "other.yaml": "a: b\n", "route.yaml": ROUTE}, shelf)
        report = lint([check.root / name for name in named], checked.settings)
        return [one.location.path for one in report.findings]

    def test_the_helm_release_concerns_all_it_installs(self, check: Check, shelf: Path) -> None:
        assert self.lint(check, shelf, "web.yaml") == ["charts/shop/templates/service.yaml"]
        assert self.lint(check, shelf, "charts/shop/values.yaml") == ["charts/shop/templates/service.yaml"]

    def test_a_file_that_speaks_of_its_namespace_is_checked_against_it(self, check: Check, shelf: Path) -> None:
        files = {**IN_TREE, "web.yaml": FROM_TREE + VALUES, "route.yaml": ROUTE}
        checked = check(files, shelf, "backend-ref-port-not-in-service")
        report = lint([checked.root / "route.yaml"], checked.settings)
        assert [(one.location.path, one.location.span.line) for one in report.findings] == [("route.yaml", 11)]

    def test_another_file_does_not_start_helm(self, check: Check, shelf: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        write_tree(check.root, {**IN_TREE, "web.yaml": FROM_TREE + VALUES})
        monkeypatch.setattr("kubelint_lb.render.helm.command.run_tool", lambda *_: pytest.fail("helm was started"))
        write_tree(check.root, {"b/x.yaml": "a: b\n"})
        settings = Settings(root=check.root.resolve(), select=(SPREAD,), charts=shelf)
        assert lint([check.root / "b/x.yaml"], settings).findings == ()


def test_secrets_and_maps_keep_their_names_only(check: Check, shelf: Path, cache: Path) -> None:
    pack(
        shelf,
        "1.9.0",
        {"templates/secret.yaml": "apiVersion: v1\nkind: Secret\nmetadata: {name: a}\nstringData: {a: {{ .Values.a }}}\n"},
    )
    check(FROM_ARCHIVE + "  values: {a: hunter2}\n", shelf)
    kept = [path.read_text() for path in cache.rglob("*.json")]
    assert kept != []
    assert not any("hunter2" in one for one in kept)


def test_in_a_plain_tree_files_tell_them_apart(check: Check, shelf: Path) -> None:
    files = {"dev/web.yaml": FROM_ARCHIVE + VALUES, "prod/web.yaml": FROM_ARCHIVE}
    checked = check(files, shelf)
    assert list(checked.releases) == ["HelmRelease front/web (dev/web.yaml)", "HelmRelease front/web (prod/web.yaml)"]
    assert checked.places == [("dev/web.yaml", 13, 13)]


@needs_kustomize
def test_a_patch_concerns_all_that_the_helm_release_installs(check: Check) -> None:
    files = {
        **IN_TREE,
        "app/kustomization.yaml": "resources: [web.yaml]\npatches: [{path: patch.yaml}]\n",
        "app/web.yaml": FROM_TREE,
        "app/patch.yaml": HEAD + "  values: {policy: Local}\n",
    }
    settings = check(files).settings
    (found,) = lint([check.root / "app/patch.yaml"], settings).findings
    assert found.location.path == "charts/shop/templates/service.yaml"


def test_variables_that_flux_fills_in(check: Check, shelf: Path) -> None:
    files = {
        "app/web.yaml": FROM_ARCHIVE + "  values:\n    policy: ${POLICY}\n    port: ${PORT}\n",
        "ks.yaml": """\
            apiVersion: kustomize.toolkit.fluxcd.io/v1
            kind: Kustomization
            metadata: {name: app, namespace: flux-system}
            spec:
              path: ./app
              postBuild: {substitute: {POLICY: Local, PORT: "8080"}}
            """,
    }
    checked = check(files, shelf)
    assert checked.places == [("app/web.yaml", 13, 13)]
    assert checked.releases["HelmRelease front/web"].rendered == "helm"


@pytest.mark.parametrize(
    "spec",
    [
        "null",
        "[]",
        "{chart: x}",
        "{chart: {spec: {chart: [a], version: {}}}}",
        "{chart: {spec: {chart: shop, version: '>>1'}}, values: [1]}",
        "{chart: {spec: {chart: ../shop, sourceRef: {kind: GitRepository}}}}",
        "{chart: {spec: {chart: shop}}, valuesFrom: [{}, x, {kind: ConfigMap, name: x, targetPath: 'a[', optional: true}]}",
        "{chartRef: {kind: HelmChart}}",
        "{chart: {spec: {chart: broken}}}",
    ],
)
def test_odd_ones_are_no_reason_to_fail(check: Check, shelf: Path, spec: str) -> None:
    (shelf / "broken-1.0.0.tgz").write_bytes(b"\x1f\x8b no archive")
    (shelf / "folder").mkdir()
    checked = check(HEAD.removesuffix("spec:\n") + f"spec: {spec}\n", shelf, SPREAD, "render-failed")
    assert checked.seen == []
    (info,) = checked.releases.values()
    assert info.rendered == "not rendered"


def test_without_helm_there_is_one_notice(check: Check, shelf: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    checked = check(FROM_ARCHIVE, shelf)
    assert checked.report.notices == ("what HelmReleases and Applications install is not rendered: helm is not on the PATH",)
    assert checked.report.summary.unseen == ("Not rendered: 1 HelmRelease.",)
