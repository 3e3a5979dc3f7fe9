"""`check --cluster PATHS`: findings in a cluster point at the files that define its objects."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.program import Program
from tests.cluster.conftest import Cluster
from tests.cluster.recorded import Kubectl, condition, gateway_api, made, service, shop, system

LONELY = """\
apiVersion: v1
kind: Service
metadata:
  name: api
spec:
  selector:
    app: api
  ports:
    - name: http
      port: 80
      targetPort: 8080
"""


def findings(program: Program, *arguments: str) -> list[Any]:
    found: list[Any] = json.loads(program("check", "--cluster", "--format", "json", *arguments).out)["findings"]
    return found


def places(finding: Any) -> list[str]:
    """Where a finding and what is related to it are, as path and line."""
    ranges = [finding, *finding["related"]]
    return [f"{one['path']}:{one['line']}" for one in ranges]


@pytest.fixture(autouse=True)
def _lonely(cluster: Cluster) -> None:
    cluster([*system(), *shop(), service("api", "shop", {"app": "api"})])


def test_a_finding_points_at_the_file_and_names_the_object_of_the_cluster(program: Program) -> None:
    program.write("deploy/api.yaml", LONELY.replace("name: api\n", "name: api\n  namespace: shop\n", 1))
    (found,) = findings(program, "deploy")
    assert found["rule"] == "selector-no-workload"
    assert places(found) == ["deploy/api.yaml:8", "<cluster:kind-shop>/shop/Service/api.yaml:13"]
    assert found["related"][0]["message"] == "Service shop/api in the cluster"
    assert found["object"]["namespace"] == "shop"


def test_the_excerpt_is_that_of_the_file(program: Program) -> None:
    program.write("deploy/api.yaml", LONELY)
    text = program("check", "--cluster", "deploy").out
    assert "--> deploy/api.yaml:7:10" in text
    assert "::: <cluster:kind-shop>/shop/Service/api.yaml:13:10" in text


def test_a_kustomization_says_which_namespace_an_object_is_in(program: Program) -> None:
    program.write("deploy/kustomization.yaml", "namespace: shop\nresources: [api.yaml]\n")
    program.write("deploy/api.yaml", LONELY)
    (found,) = findings(program, "deploy")
    assert places(found)[0] == "deploy/api.yaml:7"


def test_an_object_of_another_namespace_is_another(program: Program) -> None:
    program.write("deploy/api.yaml", LONELY.replace("name: api\n", "name: api\n  namespace: else\n", 1))
    (found,) = findings(program, "deploy")
    assert places(found) == ["<cluster:kind-shop>/shop/Service/api.yaml:13"]


def test_what_git_lacks_is_reported_at_the_field_above(program: Program, cluster: Cluster) -> None:
    """Somebody changed it in the cluster by hand."""
    program.write("deploy/api.yaml", LONELY.replace("  selector:\n    app: api\n", ""))
    (found,) = findings(program, "deploy")
    assert places(found) == ["deploy/api.yaml:5", "<cluster:kind-shop>/shop/Service/api.yaml:13"]
    assert found["related"][0]["message"] == "Service shop/api is like this in the cluster"


def test_of_variants_the_one_that_says_the_same_is_meant(program: Program) -> None:
    program.write("dev/api.yaml", LONELY.replace("app: api", "app: dev"))
    program.write("prod/api.yaml", LONELY)
    (found,) = findings(program, ".")
    assert places(found)[0] == "prod/api.yaml:7"


def test_of_variants_that_say_the_same_none_is_guessed(program: Program) -> None:
    program.write("dev/api.yaml", LONELY)
    program.write("prod/api.yaml", LONELY)
    (found,) = findings(program, ".")
    assert places(found) == ["<cluster:kind-shop>/shop/Service/api.yaml:13"]
    (found,) = findings(program, "prod")
    assert places(found)[0] == "prod/api.yaml:7"


def test_what_is_only_in_git_does_not_run_and_is_not_reported(program: Program) -> None:
    program.write("deploy/new.yaml", LONELY.replace("name: api", "name: new"))
    (found,) = findings(program, "deploy")
    assert found["object"]["name"] == "api"


@pytest.mark.parametrize("line", ["    app: api", "kind: Service"], ids=["in the line", "above the object"])
def test_a_comment_in_the_file_hides_the_finding(program: Program, line: str) -> None:
    comment = "# kubelint-lb: ignore[selector-no-workload] it comes next week"
    text = LONELY.replace(line, f"{line}  {comment}") if line.startswith(" ") else f"{comment}\n{LONELY}"
    program.write("deploy/api.yaml", text)
    result = program("check", "--cluster", "--verbose", "deploy")
    assert result.code == 0
    assert "it comes next week" in result.out


def test_a_comment_above_another_object_hides_nothing(program: Program) -> None:
    comment = "# kubelint-lb: ignore[selector-no-workload] it comes next week"
    program.write("deploy/api.yaml", f"{comment}\n{LONELY.replace('name: api', 'name: other')}---\n{LONELY}")
    assert len(findings(program, "deploy")) == 1


def test_items_of_lists_are_found_by_their_names(program: Program, tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """The order in the cluster may be another."""
    items = [*system(), *shop(), *gateway_api(backend="wev", conditions=[{"type": "Accepted", "status": "True"}])]
    route = next(one for one in items if one["kind"] == "HTTPRoute")
    backends = route["spec"]["rules"][0]["backendRefs"]
    backends.insert(0, {**backends[0], "name": "web"})
    folder = tmp_path / "other"
    folder.mkdir()
    monkeypatch.setenv("PATH", Kubectl(folder, items, {}).path)
    program.write(
        "route.yaml",
        "apiVersion: gateway.networking.k8s.io/v1\n"
        "kind: HTTPRoute\n"
        "metadata: {name: api, namespace: shop}\n"
        "spec:\n"
        "  rules:\n"
        "    - backendRefs:\n"
        "        - {name: wev, port: 80}\n"
        "        - {name: web, port: 80}\n",
    )
    (found,) = [one for one in findings(program, "route.yaml") if one["rule"] == "backend-ref-not-found"]
    assert places(found)[0] == "route.yaml:7"


def test_a_finding_may_point_into_another_object_than_it_is_about(
    program: Program, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """How many pods a Deployment has is said by its autoscaler."""
    target = {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}
    spec = {"scaleTargetRef": target, "minReplicas": 2, "maxReplicas": 6}
    scaler = made("HorizontalPodAutoscaler", "web", "shop", spec, api="autoscaling/v2")
    folder = tmp_path / "other"
    folder.mkdir()
    monkeypatch.setenv("PATH", Kubectl(folder, [*system(), *shop(), scaler], {}).path)
    program.write(
        "scaler.yaml",
        "apiVersion: autoscaling/v2\n"
        "kind: HorizontalPodAutoscaler\n"
        "metadata: {name: web, namespace: shop}\n"
        "spec:\n"
        "  minReplicas: 2\n"
        "  maxReplicas: 6\n"
        "  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}\n",
    )
    (found,) = findings(program, "scaler.yaml", "--severity", "info", "--select", "spread-missing")
    assert found["object"]["kind"] == "Deployment"
    assert places(found)[0] == "scaler.yaml:6"
    assert found["related"][-1]["message"] == "HorizontalPodAutoscaler shop/web in the cluster"


def test_related_places_are_in_git_where_it_says_the_same(
    program: Program, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The Service of a similar name is in a file, what the controller says is not."""
    said = condition("ResolvedRefs", "False", "BackendNotFound")
    folder = tmp_path / "other"
    folder.mkdir()
    items = [*system(), *shop(), *gateway_api(backend="wev", conditions=[said])]
    monkeypatch.setenv("PATH", Kubectl(folder, items, {}).path)
    program.write("web.yaml", LONELY.replace("name: api\n", "name: web\n  namespace: shop\n", 1))
    (found,) = findings(program, "web.yaml")
    assert [place.rpartition(":")[0] for place in places(found)] == [
        "<cluster:kind-shop>/shop/HTTPRoute/api.yaml",
        "web.yaml",
        "<cluster:kind-shop>/shop/HTTPRoute/api.yaml",
    ]


def test_a_path_that_is_not_there_is_an_error(program: Program) -> None:
    result = program("check", "--cluster", "nowhere")
    assert result.code == 2
    assert "nowhere" in result.err
