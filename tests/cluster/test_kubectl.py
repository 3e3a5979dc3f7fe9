"""A real kubectl, where there is one, before a small API server: what it is called with, and what it prints, is as expected."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.cli.program import Program
from tests.cluster.api_server import ApiServer, serving
from tests.cluster.recorded import gateway_api, service, shop, system

pytestmark = pytest.mark.skipif(shutil.which("kubectl") is None, reason="there is no kubectl on the PATH")

Serve = Callable[[ApiServer], None]


@pytest.fixture
def serve(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Serve]:
    """Starts a server, and makes it the cluster of kubectl's current context."""
    with ExitStack() as stack:

        def start(server: ApiServer) -> None:
            address = stack.enter_context(serving(server))
            settings: Any = {
                "apiVersion": "v1",
                "kind": "Config",
                "current-context": "small",
                "clusters": [{"name": "small", "cluster": {"server": address}}],
                "users": [{"name": "dev", "user": {}}],
                "contexts": [{"name": "small", "context": {"cluster": "small", "user": "dev", "namespace": "elsewhere"}}],
            }
            file = tmp_path / "kubeconfig"
            file.write_text(json.dumps(settings))
            monkeypatch.setenv("KUBECONFIG", str(file))
            monkeypatch.setenv("HOME", str(tmp_path))  # it keeps what it found out about the server there

        yield start


def test_a_clean_cluster_is_silent(program: Program, serve: Serve) -> None:
    serve(ApiServer([*system(), *shop(), *gateway_api()]))
    result = program("check", "--cluster")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("No problems found")


def test_findings_are_those_of_every_page(program: Program, serve: Serve) -> None:
    names = [f"api-{number}" for number in range(5)]
    server = ApiServer([*system(), *shop(), *(service(name, "shop", {"app": name}) for name in names)])
    serve(server)
    result = program("check", "--cluster", "--format", "json", "--context", "small")
    assert [one["object"]["name"] for one in json.loads(result.out)["findings"]] == names
    services = [one.query for one in server.asked if one.path == "/api/v1/services"]
    assert [query["limit"] for query in services] == [["500"]] * len(services)
    assert len([query for query in services if "continue" in query]) == len(services) - 1 > 2


def test_secrets_come_as_tables_only(program: Program, serve: Serve) -> None:
    """A Secret of another type, which the server names in its table, has no certificate."""
    items = [*system(), *shop()]
    secret = next(one for one in items if one["kind"] == "Secret")
    secret["type"] = "kubernetes.io/dockerconfigjson"
    server = ApiServer(items)
    serve(server)
    (line, _) = program("check", "--cluster", "--format", "concise").out.splitlines()
    assert "error[ingress-tls-secret-type]" in line
    secrets = [one for one in server.asked if one.path.endswith("/secrets")]
    assert secrets
    assert all(one.table for one in secrets)


def test_what_may_not_be_listed(program: Program, serve: Serve) -> None:
    serve(ApiServer([*system(), *shop()], forbidden=["secrets", "pods"]))
    result = program("check", "--cluster")
    assert result.code == 0
    assert result.err == (
        "kubelint-lb: 2 kinds of the cluster may not be listed, so rules that read any of them were not run: pods, secrets\n"
    )


def test_one_namespace_whatever_the_context_says(program: Program, serve: Serve) -> None:
    server = ApiServer([*system(), *shop(), service("api", "shop", {"app": "api"}), service("other", "default", {"app": "none"})])
    serve(server)
    lines = program("check", "--cluster", "--namespace", "shop", "--format", "concise").out.splitlines()
    assert [line.partition(" ")[0] for line in lines[:-1]] == ["<cluster:small>/shop/Service/api.yaml:13:10:"]
    assert not any(one.path == "/api/v1/services" for one in server.asked)


def test_versions_of_the_gateway_api_are_read(program: Program, serve: Serve) -> None:
    server = ApiServer([*system(), *shop(), *gateway_api()])
    serve(server)
    assert program("check", "--cluster").code == 0
    definition = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions/gateways.gateway.networking.k8s.io"
    assert [one.path for one in server.asked if "customresourcedefinitions/" in one.path] == [definition]


def test_nobody_answers(program: Program, serve: Serve, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    serve(ApiServer([]))
    settings = json.loads((tmp_path / "kubeconfig").read_text())
    settings["clusters"][0]["cluster"]["server"] = "http://127.0.0.1:9"
    (tmp_path / "kubeconfig").write_text(json.dumps(settings))
    result = program("check", "--cluster")
    assert (result.code, result.out) == (2, "")
    assert (
        "kubelint-lb: --cluster: the cluster cannot be read: The connection to the server 127.0.0.1:9 was refused" in result.err
    )
