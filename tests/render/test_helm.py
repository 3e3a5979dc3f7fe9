"""Charts, what Helm makes of them, and what is kept of it."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

import pytest

from kubelint_lb.cache.folder import cache_folder
from kubelint_lb.cache.outputs import Cache, key_of
from kubelint_lb.render.helm.chart import Chart
from kubelint_lb.render.helm.command import Helm, HelmOutput, Release, objects_of
from kubelint_lb.render.withhold import withhold
from kubelint_lb.source import node
from kubelint_lb.source.values import name_text
from tests.render.tools import need

CHART = "apiVersion: v2\nname: shop\nversion: 1.0.0\n"
SERVICE = "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}\nspec:\n  type: {{ .Values.type }}\n"


def chart(files: Mapping[str, str], folder: str = "shop") -> Chart:
    return Chart(folder, {name: dedent(text).encode() for name, text in files.items()})


def written(root: Path, files: Mapping[str, str]) -> Chart:
    """A chart that lies in the folder `shop` below a root."""
    for name, text in files.items():
        path = root / "shop" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(dedent(text), encoding="utf-8")
    return chart(files)


def names(dependencies: list[node.Mapping]) -> list[str | None]:
    return [name_text(one.get("name")) for one in dependencies]


class TestChart:
    def test_name_and_release(self) -> None:
        assert chart({"Chart.yaml": CHART}).name == "shop"
        assert chart({"Chart.yaml": CHART}).release == "shop"
        assert chart({"Chart.yaml": "name: Shop_1\n"}).release == "release-name"
        assert chart({"Chart.yaml": "{{ broken"}).release == "release-name"

    def test_a_library_is_not_installed(self) -> None:
        assert chart({"Chart.yaml": CHART + "type: library\n"}).library

    def test_dependencies_that_are_not_vendored(self) -> None:
        needs = "dependencies: [{name: redis}, {name: mysql}, {name: kafka}, {name: kafka, alias: queue}]\n"
        files = {
            "Chart.yaml": CHART + needs,
            "charts/redis-18.1.0.tgz": "",
            "charts/mysql-operator-1.0.0.tgz": "",
            "charts/broker/Chart.yaml": "name: kafka\n",
        }
        assert names(chart(files).missing()) == ["mysql"]

    def test_dependencies_in_the_old_form(self) -> None:
        old = chart({"Chart.yaml": CHART, "requirements.yaml": "dependencies:\n- name: redis\n"})
        assert names(old.missing()) == ["redis"]
        assert json.loads(old.files_without(old.missing())["requirements.yaml"]) == {"dependencies": []}


class TestOutput:
    def test_objects_with_their_templates(self) -> None:
        text = "---\n# Source: shop/templates/a.yaml\nkind: Service\n---\n# Source: shop/templates/b.yaml\nkind: Ingress\n"
        assert list(objects_of(text)) == [
            ("shop/templates/a.yaml", "kind: Service\n"),
            ("shop/templates/b.yaml", "kind: Ingress\n"),
        ]

    def test_nothing_is_no_object(self) -> None:
        assert list(objects_of("")) == []
        assert list(objects_of("---\n# Source: shop/templates/a.yaml\n\n")) == []


class TestWithheld:
    def test_a_secret_keeps_who_it_is(self) -> None:
        text = dedent(
            """\
            apiVersion: v1
            kind: Secret
            metadata:
              name: db
              annotations:
                kubectl.kubernetes.io/last-applied-configuration: '{"data": {"password": "aHVudGVyMg=="}}'
                team: "7"
            type: Opaque
            data: {password: aHVudGVyMg==}
            stringData: {token: hunter2}
            """
        )
        assert json.loads(withhold(text)) == {
            "apiVersion": "v1",
            "kind": "Secret",
            "metadata": {"name": "db", "annotations": {"team": "7"}},
            "type": "Opaque",
        }

    @pytest.mark.parametrize(
        "text",
        [
            "kind: ConfigMap\ndata: {a: hunter2}\n",
            "kind: 'Secret' # of the shop\nstringData: {a: hunter2}\n",
            '{"kind": "Secret", "stringData": {"a": "hunter2"}}',
            "kind: List\nitems: [{kind: Secret, stringData: {a: hunter2}}]\n",
            "items: [{kind: Secret, stringData: {a: hunter2, b: KubeProxyConfiguration}}]\nkind: List\n",
            "kind: Service\n---\nkind: Secret\nstringData: {a: hunter2}\n",
        ],
    )
    def test_no_data_gets_through(self, text: str) -> None:
        assert "hunter2" not in withhold(text)

    def test_other_objects_are_left_as_they_are(self) -> None:
        text = "kind: Service # Secret\nmetadata: {name: x}\n"
        assert withhold(text) is text

    def test_kube_proxys_configuration_is_read_by_rules(self) -> None:
        text = "kind: ConfigMap\ndata:\n  config.conf: |\n    kind: KubeProxyConfiguration\n"
        assert withhold(text) == text


class TestCache:
    def test_what_is_put_in_comes_out(self, tmp_path: Path) -> None:
        cache = Cache("helm", tmp_path / "cache")
        assert cache.get("a") is None
        cache.put("a", [("x.yaml", "kind: Service\n")])
        assert cache.get("a") == [("x.yaml", "kind: Service\n")]
        assert cache.get("b") is None

    @pytest.mark.parametrize("text", ["", "{", "{}", "[1]", '[["a"]]', '[["a", 1]]'])
    def test_an_entry_that_is_spoiled_is_none(self, tmp_path: Path, text: str) -> None:
        (tmp_path / "helm").mkdir()
        (tmp_path / "helm" / "a.json").write_text(text)
        assert Cache("helm", tmp_path).get("a") is None

    def test_what_nothing_asked_for_in_a_month_goes(self, tmp_path: Path) -> None:
        before = Cache("helm", tmp_path)
        for key in ("asked", "forgotten"):
            before.put(key, [])
            os.utime(tmp_path / "helm" / f"{key}.json", (0, 0))
        now = Cache("helm", tmp_path)
        assert now.get("asked") == []
        now.put("new", [])
        assert sorted(path.name for path in (tmp_path / "helm").iterdir()) == ["asked.json", "new.json"]

    def test_a_folder_that_cannot_be_made_keeps_nothing(self, tmp_path: Path) -> None:
        (tmp_path / "file").touch()
        cache = Cache("helm", tmp_path / "file")
        cache.put("a", [])
        assert cache.get("a") is None

    def test_a_key_tells_inputs_and_their_borders_apart(self) -> None:
        keys = {key_of(parts) for parts in ([b"ab", b"c"], [b"a", b"bc"], [b"abc"], [b"c", b"ab"])}
        assert len(keys) == 4

    def test_a_failure_is_kept_as_one(self, tmp_path: Path) -> None:
        cache = Cache("helm", tmp_path)
        cache.put_failure("a", "nil pointer evaluating interface {}.port")
        assert cache.failure("a") == "nil pointer evaluating interface {}.port"
        cache.put("b", [("chart/templates/web.yaml", "kind: Service")])
        assert cache.failure("b") is None

    def test_what_is_private_is_not_kept(self, tmp_path: Path) -> None:
        cache = Cache("helm", tmp_path)
        cache.put_failure("a", "in kind: Secret stringData: {password: a}")
        assert cache.get("a") is None

    def test_it_lies_among_the_users_caches(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
        assert cache_folder() == str(tmp_path / "kubelint-lb")
        monkeypatch.setenv("XDG_CACHE_HOME", "relative")
        monkeypatch.setenv("HOME", "/home/shop")
        assert cache_folder() == "/home/shop/.cache/kubelint-lb"


class TestHelm:
    """With the real program."""

    def render(self, root: Path, release: Release, seconds: float = 60) -> HelmOutput:
        return Helm(need("helm"), Cache("helm", root / "cache"), seconds).render_all([release])[0]

    def test_a_chart_with_its_own_values_and_with_others(self, tmp_path: Path) -> None:
        files = {"Chart.yaml": CHART, "values.yaml": "type: ClusterIP\n", "templates/service.yaml": SERVICE}
        made = written(tmp_path, files)
        other = tmp_path / "prod, or 'so'.yaml"
        other.write_text("type: NodePort\n")
        plain = self.render(tmp_path, Release(made, tmp_path, "shop"))
        prod = self.render(tmp_path, Release(made, tmp_path, "web", values=(other,)))
        assert plain.objects == (
            ("shop/templates/service.yaml", "apiVersion: v1\nkind: Service\nmetadata:\n  name: shop\nspec:\n  type: ClusterIP\n"),
        )
        assert "name: web\n" in prod.objects[0][1]
        assert "type: NodePort\n" in prod.objects[0][1]

    def test_hooks_are_left_out(self, tmp_path: Path) -> None:
        hook = "apiVersion: v1\nkind: Pod\nmetadata:\n  name: t\n  annotations: {helm.sh/hook: test}\n"
        made = written(tmp_path, {"Chart.yaml": CHART, "templates/tests/pod.yaml": hook})
        assert self.render(tmp_path, Release(made, tmp_path, "shop")) == HelmOutput()

    def test_what_helm_advises_before_it_fails_is_not_the_failure(self, tmp_path: Path) -> None:
        files = {"Chart.yaml": CHART, "requirements.yaml": "dependencies: []\n", "templates/a.yaml": "{{ nothing }}\n"}
        rendered = self.render(tmp_path, Release(written(tmp_path, files), tmp_path, "shop"))
        assert rendered.failure == 'parse error at (shop/templates/a.yaml:1): function "nothing" not defined'

    def test_the_version_of_kubernetes_is_passed_on(self, tmp_path: Path) -> None:
        template = "kind: Service\nmetadata: {name: x}\nspec: {v: {{ .Capabilities.KubeVersion.Minor | quote }}}\n"
        made = written(tmp_path, {"Chart.yaml": CHART, "templates/a.yaml": "apiVersion: v1\n" + template})
        rendered = self.render(tmp_path, Release(made, tmp_path, "shop", kubernetes="1.27"))
        assert 'v: "27"' in rendered.objects[0][1]

    def test_a_second_run_does_not_start_helm(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        files = {"Chart.yaml": CHART, "values.yaml": "type: ClusterIP\n", "templates/service.yaml": SERVICE}
        made = written(tmp_path, files)
        first = self.render(tmp_path, Release(made, tmp_path, "shop"))
        monkeypatch.setattr("kubelint_lb.render.helm.command.run_tool", lambda *_: pytest.fail("helm was started"))
        assert self.render(tmp_path, Release(made, tmp_path, "shop")) == first

    def test_no_secret_is_kept(self, tmp_path: Path) -> None:
        secret = "apiVersion: v1\nkind: Secret\nmetadata: {name: db}\nstringData: {password: hunter2}\n"
        made = written(tmp_path, {"Chart.yaml": CHART, "templates/secret.yaml": secret})
        self.render(tmp_path, Release(made, tmp_path, "shop"))
        (entry,) = (tmp_path / "cache" / "helm").iterdir()
        assert "hunter2" not in entry.read_text()

    def test_failure_is_told_in_helms_words(self, tmp_path: Path) -> None:
        made = written(tmp_path, {"Chart.yaml": CHART, "templates/a.yaml": "kind: {{ nope }}\n"})
        rendered = self.render(tmp_path, Release(made, tmp_path, "shop"))
        assert rendered.failure == 'parse error at (shop/templates/a.yaml:1): function "nope" not defined'
        assert not rendered.wants_values

    def test_what_failed_is_not_tried_again(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        made = written(tmp_path, {"Chart.yaml": CHART, "templates/a.yaml": "kind: {{ nope }}\n"})
        first = self.render(tmp_path, Release(made, tmp_path, "shop"))
        monkeypatch.setattr("kubelint_lb.render.helm.command.run_tool", lambda *_: pytest.fail("helm was started"))
        again = self.render(tmp_path, Release(made, tmp_path, "shop"))
        assert (again.failure, again.wants_values) == (first.failure, first.wants_values)

    def test_a_chart_that_asks_for_values_says_so(self, tmp_path: Path) -> None:
        template = 'kind: {{ required "name the host" .Values.host }}\n'
        made = written(tmp_path, {"Chart.yaml": CHART, "templates/a.yaml": template})
        assert self.render(tmp_path, Release(made, tmp_path, "shop")).wants_values

    def test_a_chart_that_takes_too_long_is_given_up(self, tmp_path: Path) -> None:
        # An empty chart may be done before anybody looks at the clock.
        endless = "{{ range until 5000 }}{{ range until 5000 }}{{ end }}{{ end }}"
        made = written(tmp_path, {"Chart.yaml": CHART, "templates/slow.yaml": endless})
        rendered = self.render(tmp_path, Release(made, tmp_path, "shop"), seconds=0)
        assert rendered.timed_out
