"""Mistakes that other linters of Kubernetes manifests are known to make, each as a test that we do not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kubelint_lb.deploy.skipped import SkipReason
from kubelint_lb.settings.severity import Severity
from tests.conftest import LintText, LintTree, write_tree


def service(
    name: str = "web", *, namespace: str = "", selector: str = "{app: web}", ports: str = "[{port: 80, targetPort: http}]"
) -> str:
    lines = [
        "---",
        "apiVersion: v1",
        "kind: Service",
        "metadata:",
        f"  name: {name}",
        *([f"  namespace: {namespace}"] if namespace else []),
        "spec:",
        *([f"  selector: {selector}"] if selector else []),
        f"  ports: {ports}",
    ]
    return "\n".join(lines) + "\n"


def deployment(
    name: str = "web",
    *,
    namespace: str = "",
    own_labels: str = "{}",
    labels: str = "{app: web}",
    ports: str = "[{name: http, containerPort: 8080}]",
) -> str:
    lines = [
        "---",
        "apiVersion: apps/v1",
        "kind: Deployment",
        "metadata:",
        f"  name: {name}",
        *([f"  namespace: {namespace}"] if namespace else []),
        f"  labels: {own_labels}",
        "spec:",
        "  replicas: 2",
        f"  selector: {{matchLabels: {labels}}}",
        "  template:",
        f"    metadata: {{labels: {labels}}}",
        "    spec:",
        f"      containers: [{{name: app, image: registry.example/app:1, ports: {ports}}}]",
    ]
    return "\n".join(lines) + "\n"


def ingress(backend: str) -> str:
    return f"""\
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {{name: web}}
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example.com
      http:
        paths:
          - path: /
            pathType: Prefix
            backend: {backend}
"""


# Ports


def test_an_unnamed_service_port_hides_no_wrong_number(lint_text: LintText) -> None:
    """The Service's port has no name, the Ingress asks for 9999: an empty name must not match an absent one."""
    text = service() + deployment() + ingress("{service: {name: web, port: {number: 9999}}}")
    (found,) = lint_text(text)
    assert (found.rule, found.line, found.column) == ("ingress-backend-port-not-found", 34, 59)
    assert "9999" in found.message


def test_a_container_port_that_is_not_declared_can_still_be_reached(lint_text: LintText) -> None:
    """A container listens on what it likes; `ports` is documentation."""
    assert lint_text(service(ports="[{port: 80, targetPort: 9090}]") + deployment(ports="[]")) == []


def test_two_named_ports_are_told_apart(lint_text: LintText) -> None:
    named = deployment(ports="[{name: a, containerPort: 80}, {name: b, containerPort: 81}]")
    assert lint_text(service(ports="[{port: 80, targetPort: b}]") + named) == []
    (found,) = lint_text(service(ports="[{port: 80, targetPort: c}]") + named)
    assert (found.rule, found.line, found.column) == ("target-port-unresolved", 8, 34)


# Selectors and namespaces


def test_services_without_a_selector_are_not_alike(lint_text: LintText) -> None:
    """An empty selector equals nothing, and two namespaces are two."""
    ports = "[{port: 80}]"
    one = service("db", namespace="a", selector="", ports=ports)
    other = service("db", namespace="b", selector="", ports=ports)
    assert lint_text(one + other) == []


def test_one_shared_label_is_no_match(lint_text: LintText) -> None:
    """A selector wants all of its labels on one pod: the other app's port says nothing about this Service."""
    text = (
        service(selector="{app: web, part-of: shop}")
        + deployment(labels="{app: web, part-of: shop}")
        + deployment("db", labels="{app: db, part-of: shop}", ports="[{name: sql, containerPort: 5432}]")
    )
    assert lint_text(text, select="service", severity=Severity.WARNING) == []


def test_pods_of_another_namespace_are_not_selected(lint_text: LintText) -> None:
    text = (
        service(namespace="shop")
        + deployment(namespace="shop")
        + deployment(namespace="test", ports="[{name: other, containerPort: 8080}]")
    )
    assert lint_text(text, select="service", severity=Severity.WARNING) == []


def test_labels_of_the_deployment_are_not_those_of_its_pods(lint_text: LintText) -> None:
    """Only the template's labels count, both ways."""
    assert lint_text(service() + deployment(own_labels="{app: other}"), select="service", severity=Severity.WARNING) == []
    text = service(ports="[{port: 80, targetPort: 8080}]") + deployment(own_labels="{app: web}", labels="{app: shop}")
    (found,) = lint_text(text, select="selector-no-workload")
    assert (found.line, found.severity) == (7, "warning")


@pytest.mark.parametrize(("one", "other"), [("", "default"), ("default", ""), ("", "shop"), ("", "")])
def test_an_unset_namespace_is_any_namespace(lint_text: LintText, one: str, other: str) -> None:
    """`kubectl -n` or a kustomization sets it: the Service is compared with the Deployment, not called lost."""
    good = service(namespace=one) + deployment(namespace=other)
    assert lint_text(good) == []
    (found,) = lint_text(good.replace("targetPort: http", "targetPort: htpp"))
    assert found.rule == "target-port-unresolved"


# Backends


def test_a_resource_backend_is_no_missing_service(lint_text: LintText) -> None:
    bucket = "{resource: {apiGroup: k8s.example.com, kind: StorageBucket, name: icons}}"
    assert lint_text(service() + deployment() + ingress(bucket)) == []


GATEWAY = """\
---
apiVersion: v1
kind: Namespace
metadata: {{name: shop, labels: {{team: {namespace_team}}}}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {{name: edge, namespace: edge}}
spec:
  gatewayClassName: edge
  listeners:
    - name: own
      port: 80
      protocol: HTTP
      hostname: "*.edge.example.com"
      allowedRoutes: {{namespaces: {{from: {own}}}}}
    - name: shops
      port: 80
      protocol: HTTP
      hostname: "*.shop.example.com"
      allowedRoutes:
        namespaces: {{from: Selector, selector: {{matchLabels: {{team: shop}}}}}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: web, namespace: shop, labels: {{team: {route_team}}}}}
spec:
  parentRefs: [{{name: edge, namespace: edge}}]
  hostnames: [www.shop.example.com]
  rules: [{{backendRefs: [{{name: web, port: 80}}]}}]
"""


def test_a_listener_asks_for_the_namespace_s_labels_not_the_route_s(lint_text: LintText) -> None:
    text = GATEWAY.format(own="All", namespace_team="shop", route_team="search")
    assert lint_text(text, select="gateway") == []
    # The one label that is known of every namespace is its name; on a route it means nothing.
    name = "kubernetes.io/metadata.name"
    text = text.replace("labels: {team: search}", f"labels: {{{name}: search}}")
    (found,) = lint_text(text.replace("matchLabels: {team: shop}", f"matchLabels: {{{name}: search}}"), select="gateway")
    assert (found.rule, found.line, found.column) == ("route-hostname-not-served", 29, 15)


def test_one_listener_that_admits_a_route_is_enough(lint_text: LintText) -> None:
    """The listener `own` takes no routes of other namespaces: that is not this route's problem."""
    text = GATEWAY.format(own="Same", namespace_team="shop", route_team="shop")
    assert lint_text(text.replace("*.edge.example.com", "*.example.com"), select="gateway") == []


# Files


def test_a_service_and_its_pods_in_two_folders_are_one_analysis(lint_text: LintText) -> None:
    files = {"net/service.yaml": service(), "apps/web/deployment.yaml": deployment()}
    assert lint_text(files) == []
    (found,) = lint_text({"apps/web/deployment.yaml": deployment(ports="[{name: web, containerPort: 8080}]")})
    assert (found.rule, found.path) == ("target-port-unresolved", "net/service.yaml")
    assert [path for path, *_ in found.related] == ["apps/web/deployment.yaml"]


def test_a_template_is_not_dropped_in_silence(lint_tree: LintTree) -> None:
    report = lint_tree({"web.yaml": service().replace("name: web", "name: {{ .Values.name }}"), "db.yaml": service("db")})
    assert [(one.path, one.reason, one.detail) for one in report.skipped] == [("web.yaml", SkipReason.TEMPLATE, "a template")]
    assert report.summary.skipped[SkipReason.TEMPLATE] == 1


def test_sarif_has_relative_paths_and_real_regions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from kubelint_lb.cli.main import main

    (tmp_path / ".git").mkdir()
    write_tree(tmp_path, {"deploy/my shop.yaml": service(ports="[{port: 80, targetPort: htpp}]") + deployment()})
    monkeypatch.chdir(tmp_path / "deploy")
    with pytest.raises(SystemExit) as ended:
        main(["check", "--format", "sarif"])
    assert ended.value.code == 1
    (result,) = json.loads(capsys.readouterr().out)["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "deploy/my%20shop.yaml", "uriBaseId": "%SRCROOT%"}
    region = {"startLine": 8, "startColumn": 34, "endLine": 8, "endColumn": 38}
    assert {key: place["region"][key] for key in region} == region
    assert result["relatedLocations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "deploy/my%20shop.yaml"
