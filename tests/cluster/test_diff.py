"""`diff --cluster PATHS`: what applying files would do to the traffic of a cluster."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.cli.program import Program
from tests.cluster.conftest import Cluster
from tests.cluster.recorded import Item, Kubectl, gateway_api, service, shop, system

WEB = """\
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  selector: {app: web}
  ports: [{name: http, port: 80, targetPort: 8080}]
"""
INGRESS = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: web, namespace: shop}
spec:
  ingressClassName: haproxy
  tls: [{hosts: [shop.example], secretName: shop-tls}]
  rules:
    - host: shop.example
      http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: web, port: {name: http}}}}
"""


def changes(program: Program, *arguments: str) -> list[tuple[str, str, str, str]]:
    result = program("diff", "--cluster", "--format", "json", *arguments)
    found: list[Any] = json.loads(result.out)["changes"]
    return [(one["kind"], one["subject"], one.get("before", ""), one.get("after", "")) for one in found]


@pytest.fixture(autouse=True)
def running(cluster: Cluster) -> Kubectl:
    return cluster([*system(), *shop(), *gateway_api()])


def test_what_runs_as_it_is_written_has_no_change(program: Program) -> None:
    program.write("deploy/web.yaml", f"{WEB}---\n{INGRESS}")
    result = program("diff", "--cluster", "deploy", "--exit-code")
    assert (result.code, result.out, result.err) == (
        0,
        "No change in the traffic between the cluster kind-shop and the work tree.\n",
        "",
    )


def test_without_paths_it_is_the_current_folder(program: Program) -> None:
    program.write("web.yaml", WEB)
    assert program("diff", "--cluster").out.startswith("No change")


def test_what_the_files_do_not_define_stays(program: Program) -> None:
    """The route and its Gateway come from another repository: they are not lost."""
    program.write("deploy/web.yaml", WEB)
    assert changes(program, "deploy") == []


def test_what_would_be_opened_is_told_at_its_place_in_the_file(program: Program) -> None:
    program.write("deploy/web.yaml", WEB.replace("spec:\n", "spec:\n  type: LoadBalancer\n"))
    result = program("diff", "--cluster", "deploy", "--exit-code")
    assert result.code == 1
    assert "Open to more clients, or without TLS:\n  Service shop/web  (deploy/web.yaml:5; kind-shop)\n" in result.out
    assert "+ LoadBalancer, :80, from everywhere" in result.out


def test_a_request_that_would_break(program: Program) -> None:
    program.write("deploy/web.yaml", WEB.replace("app: web", "app: next"))
    assert ("broken", "GET https://shop.example/") in [one[:2] for one in changes(program, "deploy")]


def test_what_was_changed_by_hand_would_be_set_back(program: Program, running: Kubectl) -> None:
    sticky: Item = {"sessionAffinity": "ClientIP", "sessionAffinityConfig": {"clientIP": {"timeoutSeconds": 600}}}
    items = [one for one in (*system(), *shop()) if (one["kind"], one["metadata"]["name"]) != ("Service", "web")]
    Kubectl(running.folder, [*items, service("web", "shop", {"app": "web"}, **sticky)], {})
    program.write("deploy/web.yaml", WEB)
    assert changes(program, "deploy") == [("clients", "Service shop/web: sessionAffinity", "ClientIP for 600 s", "")]


def test_an_allocated_node_port_is_no_change(program: Program, running: Kubectl) -> None:
    ports = [{"name": "http", "port": 80, "protocol": "TCP", "targetPort": 8080, "nodePort": 31234}]
    items = [one for one in (*system(), *shop()) if (one["kind"], one["metadata"]["name"]) != ("Service", "web")]
    Kubectl(
        running.folder,
        [*items, service("web", "shop", {"app": "web"}, ports, type="NodePort", externalTrafficPolicy="Cluster")],
        {},
    )
    program.write("deploy/web.yaml", WEB.replace("spec:\n", "spec:\n  type: NodePort\n"))
    assert changes(program, "deploy") == []
    program.write(
        "deploy/web.yaml", WEB.replace("spec:\n", "spec:\n  type: NodePort\n").replace("8080}", "8080, nodePort: 31234}")
    )
    assert changes(program, "deploy") == []


def test_an_object_without_a_namespace_is_the_one_of_its_name(program: Program) -> None:
    program.write("deploy/web.yaml", WEB.replace(", namespace: shop", "").replace("spec:\n", "spec:\n  type: LoadBalancer\n"))
    assert {subject.partition(":")[0] for _, subject, _, _ in changes(program, "deploy")} == {"Service shop/web"}


def test_with_a_namespace_nothing_else_is_compared(program: Program) -> None:
    program.write("deploy/web.yaml", WEB.replace("spec:\n", "spec:\n  type: LoadBalancer\n"))
    program.write("deploy/other.yaml", WEB.replace("shop", "default").replace("spec:\n", "spec:\n  type: LoadBalancer\n"))
    assert {subject.partition(":")[0] for _, subject, _, _ in changes(program, "--namespace", "shop", "deploy")} == {
        "Service shop/web"
    }


def test_variants_of_an_object_cannot_be_applied_together(program: Program) -> None:
    program.write("dev/web.yaml", WEB)
    program.write("prod/web.yaml", WEB)
    result = program("diff", "--cluster", ".")
    assert (result.code, result.out) == (2, "")
    assert result.err == (
        "kubelint-lb: diff --cluster: Service shop/web is defined twice, in dev/web.yaml:3 and in prod/web.yaml:3: "
        "name only the files that are for this cluster\n"
    )


def test_what_may_not_be_listed_is_not_compared(program: Program, running: Kubectl) -> None:
    Kubectl(running.folder, [*system(), *shop()], {"forbidden": ["ingresses"]})
    program.write("deploy/web.yaml", f"{WEB}---\n{INGRESS}")
    result = program("diff", "--cluster", "deploy")
    assert result.out.startswith("No change")
    assert "1 kind of the cluster may not be listed" in result.err


def test_other_forms(program: Program) -> None:
    program.write("deploy/web.yaml", WEB.replace("spec:\n", "spec:\n  type: LoadBalancer\n"))
    text = program("diff", "--cluster", "--format", "markdown", "deploy").out
    assert "between the cluster kind-shop and the work tree" in text


def test_a_revision_or_a_cluster_has_to_be_named(program: Program) -> None:
    result = program("diff")
    assert (result.code, result.err) == (
        2,
        "kubelint-lb: diff: name a git revision to compare with (such as main), or --cluster\n",
    )
    assert program("diff", "main", "--context", "prod").err == "kubelint-lb: --context goes with --cluster\n"
