"""backend-ref-port-not-in-service: the port of a backendRef is a port of the Service."""

from __future__ import annotations

import pytest

from tests.conftest import LintText
from tests.rules.gateway.manifests import place_of, route, service, split

RULE = "backend-ref-port-not-in-service"
DEPLOYMENT = """\
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: web:1, ports: [{name: http, containerPort: 8080}]}]}
"""


def test_a_number_the_service_does_not_have(lint_text: LintText) -> None:
    text = split("name: web, port: 9999") + service("web", ports="[{name: http, port: 80}, {name: admin, port: 81}]")
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.severity, found.place) == ("no-such-port", "error", place_of(text, "9999"))
    assert found.message == ("Service web has no TCP port 9999 (it has 80, 81): traffic of rule 1 of HTTPRoute shop to it fails.")
    assert found.related == [("manifest.yaml", *place_of(text, "80}"), "a port it has")]


def test_the_target_port_instead_of_the_port(lint_text: LintText) -> None:
    text = split("name: web, port: 8080") + service("web", ports="[{port: 80, targetPort: 8080}]")
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.place) == ("target-port", place_of(text, "8080"))
    assert found.message == (
        "Service web has no port 8080: that is where its pods listen, its own port is 80. "
        "Traffic of rule 1 of HTTPRoute shop to it fails."
    )
    assert found.related == [
        ("manifest.yaml", *place_of(text, "80,"), "the Service's own port is 80"),
        ("manifest.yaml", *place_of(text, "8080", nth=2), "port 80 leads to 8080 on the pods"),
    ]


def test_the_container_port_behind_a_named_target_port(lint_text: LintText) -> None:
    text = split("name: web, port: 8080") + service("web", ports="[{port: 80, targetPort: http}]") + DEPLOYMENT
    assert [found.message_key for found in lint_text(text, select=RULE)] == ["target-port"]


@pytest.mark.parametrize(
    ("kind", "protocol", "key"),
    [
        ("TCPRoute", "UDP", "protocol"),
        ("HTTPRoute", "UDP", "protocol"),
        ("UDPRoute", "TCP", "protocol"),
        ("UDPRoute", "UDP", None),
        ("TLSRoute", "TCP", None),
    ],
)
def test_the_protocol_must_fit(lint_text: LintText, kind: str, protocol: str, key: str | None) -> None:
    text = split("name: dns, port: 53", kind=kind) + service("dns", ports=f"[{{port: 53, protocol: {protocol}}}]")
    assert [found.message_key for found in lint_text(text, select=RULE)] == ([key] if key else [])


def test_one_number_for_both_protocols(lint_text: LintText) -> None:
    ports = "[{name: udp, port: 53, protocol: UDP}, {name: tcp, port: 53}]"
    assert lint_text(split("name: dns, port: 53", kind="TCPRoute") + service("dns", ports=ports), select=RULE) == []


def test_mirrors_too(lint_text: LintText) -> None:
    mirror = "{type: RequestMirror, requestMirror: {backendRef: {name: web, port: 81}}}"
    text = route(f"- filters: [{mirror}]\n  backendRefs: [{{name: web, port: 80}}]") + service("web")
    (found,) = lint_text(text, select=RULE)
    assert found.place == place_of(text, "81")


@pytest.mark.parametrize("port", ["80", "http", "'80'", "'${PORT}'", "PORT"])
def test_the_right_number_or_none(lint_text: LintText, port: str) -> None:
    """A name or a text is not for this rule: the API server refuses it."""
    assert lint_text(split(f"name: web, port: {port}") + service("web"), select=RULE) == []


@pytest.mark.parametrize(
    "shape",
    [
        service("web", ports="[{port: '${PORT}'}]"),
        service("web", ports="[{port: 80}, '{{ more }}']"),
        service("web", ports="[]", more="clusterIP: None"),
        service("web", more="type: ExternalName\n  externalName: example.com"),
        "---\napiVersion: v1\nkind: Service\nmetadata: {name: web, annotations: {a: b}}\n",
        service("web").replace("apiVersion: v1", "apiVersion: serving.knative.dev/v1"),
    ],
)
def test_services_whose_ports_are_not_known(lint_text: LintText, shape: str) -> None:
    assert lint_text(split("name: web, port: 9999") + shape, select=RULE) == []


def test_a_service_of_another_namespace_is_another_one(lint_text: LintText) -> None:
    text = split("name: web, port: 9999", namespace="shop") + service("web", namespace="payment")
    assert lint_text(text, select=RULE) == []


def test_of_several_definitions_one_with_the_port_is_enough(lint_text: LintText) -> None:
    files = {
        "route.yaml": split("name: web, port: 81"),
        "a/web.yaml": service("web"),
        "b/web.yaml": service("web", ports="[{port: 81}]"),
    }
    assert lint_text(files, select=RULE) == []


def test_the_nearest_definition_counts(lint_text: LintText) -> None:
    files = {
        "a/route.yaml": split("name: web, port: 81"),
        "a/web.yaml": service("web"),
        "b/web.yaml": service("web", ports="[{port: 81}]"),
    }
    (found,) = lint_text(files, select=RULE)
    assert found.related[0][0] == "a/web.yaml"


def test_a_patch_may_add_the_port(lint_text: LintText) -> None:
    files = {
        "kustomization.yaml": "resources: [route.yaml, web.yaml]\npatches: [{path: port.yaml}]\n",
        "route.yaml": split("name: web, port: 81"),
        "web.yaml": service("web"),
        "port.yaml": service("web", ports="[{port: 81}]"),
    }
    assert lint_text(files, select=RULE) == []
