import pytest

from tests.conftest import LintText
from tests.rules.service.manifests import service, workload

RULE = "target-port-unresolved"


def sending_to(target: object, *, protocol: str = "TCP") -> str:
    port = f"{{name: http, port: 80, targetPort: {target}, protocol: {protocol}}}"
    return service(f"selector: {{app: web}}\nports:\n  - {port}")


def test_points_at_the_name_and_at_the_ports(lint_text: LintText) -> None:
    (finding,) = lint_text(sending_to("web") + workload(), select=RULE)
    assert (finding.message_key, finding.severity) == ("none", "error")
    assert (finding.place, finding.end_column) == ((7, 42), 45)
    assert finding.related == [("manifest.yaml", 24, 11, "no port of that name")]
    assert finding.message == (
        "Service web sends to a port named web, but Deployment web names its ports http: connections are refused."
    )


def test_the_nearest_name_is_related(lint_text: LintText) -> None:
    pods = workload(ports="[{name: metrics, containerPort: 9090}, {name: http-api, containerPort: 8080}]")
    (finding,) = lint_text(sending_to("http") + pods, select=RULE)
    assert finding.related == [("manifest.yaml", 24, 64, "the nearest name")]
    assert "names its ports metrics, http-api" in finding.message


@pytest.mark.parametrize("ports", ["[{containerPort: 8080}]", "[]"])
def test_ports_without_names(lint_text: LintText, ports: str) -> None:
    (finding,) = lint_text(sending_to("http") + workload(ports=ports), select=RULE)
    assert (finding.message_key, finding.severity) == ("no-names", "error")


def test_only_some_of_the_pods_have_it(lint_text: LintText) -> None:
    stable = workload("stable", labels="{app: web, track: stable}")
    canary = workload("canary", labels="{app: web, track: canary}", ports="[{name: web, containerPort: 8080}]")
    (finding,) = lint_text(sending_to("http") + stable + canary, select=RULE)
    assert (finding.message_key, finding.severity, finding.place) == ("some", "warning", (7, 42))
    assert "Deployment canary (named ports: web) gets no traffic" in finding.message


def test_which_of_two_files_is_applied_is_not_known(lint_text: LintText) -> None:
    other = workload("other", labels="{app: web, side: b}", ports="[{name: web, containerPort: 8080}]")
    tree = {"service.yaml": sending_to("http"), "one.yaml": workload(), "two.yaml": other}
    assert lint_text(tree, select=RULE) == []


@pytest.mark.parametrize(
    ("target", "ports"),
    [
        ("8080", "[]"),
        ("9090", "[{name: http, containerPort: 8080}]"),
        ("${PORT}", "[{name: http, containerPort: 8080}]"),
        ("http", "[{name: '${PORT_NAME}', containerPort: 8080}]"),
        ("http-envoy-prom", "[{name: http, containerPort: 8080}]"),
    ],
)
def test_targets_that_resolve_or_may(lint_text: LintText, target: str, ports: str) -> None:
    assert lint_text(sending_to(target) + workload(ports=ports), select=RULE) == []


def test_another_protocol_is_another_rules_business(lint_text: LintText) -> None:
    assert lint_text(sending_to("http", protocol="UDP") + workload(), select=RULE) == []


def test_a_native_sidecar_declares_it(lint_text: LintText) -> None:
    sidecar = """
initContainers:
  - name: proxy
    image: registry.example/proxy:1.0
    restartPolicy: Always
    ports: [{name: proxy, containerPort: 9000}]
"""
    assert lint_text(sending_to("proxy") + workload(pod=sidecar), select=RULE) == []
    once = sidecar.replace("    restartPolicy: Always\n", "")
    assert len(lint_text(sending_to("proxy") + workload(pod=once), select=RULE)) == 1


def test_a_kustomization_may_name_the_port(lint_text: LintText) -> None:
    tree = {
        "kustomization.yaml": "resources: [web.yaml]\npatches: [{path: patch.yaml}]\n",
        "web.yaml": sending_to("web") + workload(),
        "patch.yaml": workload(ports="[{name: web, containerPort: 8080}]"),
    }
    assert lint_text(tree, select=RULE) == []


def test_pods_that_another_definition_of_the_service_selects(lint_text: LintText) -> None:
    mine = {"go/service.yaml": sending_to("web")}
    assert len(lint_text(mine | {"all-in-one/pods.yaml": workload()}, select=RULE)) == 1
    whole = {"all-in-one/all.yaml": sending_to("http") + workload()}
    assert lint_text(mine | whole, select=RULE) == []


def test_jobs_beside_the_application(lint_text: LintText) -> None:
    job = workload("migrate", kind="Job", replicas=None, labels="{app: web}", ports="[]").replace("apps/v1", "batch/v1")
    assert lint_text(sending_to("http") + workload() + job, select=RULE) == []


INJECTED = """---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: mesh}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}, annotations: {ANNOTATIONS}}
    spec: {containers: [{name: web, image: web, ports: [{name: http, containerPort: 8080}]}]}
---
apiVersion: v1
kind: Namespace
metadata: {name: mesh, labels: {NAMESPACE}}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: mesh}
spec: {selector: {app: web}, ports: [{port: 80, targetPort: PORT}]}
"""


@pytest.mark.parametrize(
    ("port", "annotations", "namespace", "injected"),
    [
        ("http-envoy-prom", "sidecar.istio.io/inject: 'true'", "", True),
        ("http-envoy-prom", "", "istio-injection: enabled", True),
        ("http-envoy-prom", "", "", True),  # the label may be set elsewhere
        ("http-envoy-prom", "sidecar.istio.io/inject: 'false'", "istio-injection: enabled", False),
        ("linkerd-admin", "linkerd.io/inject: enabled", "", True),
        ("linkerd-admin", "linkerd.io/inject: disabled", "", False),
        ("dapr-http", "dapr.io/enabled: 'true'", "", True),
        ("dapr-http", "dapr.io/enabled: '${DAPR}'", "", True),
        ("dapr-http", "", "", False),
        ("dapr-htpp", "dapr.io/enabled: 'true'", "", False),
        ("jg-binary-trft", "sidecar.jaegertracing.io/inject: 'true'", "", True),
        ("otlp-grpc", "sidecar.opentelemetry.io/inject: my-collector", "", True),
        ("otlp-grpc", "", "", False),
        ("anything", "kuma.io/sidecar-injection: enabled", "", True),
        ("anything", "", "kuma.io/sidecar-injection: enabled", True),
        ("anything", "consul.hashicorp.com/connect-inject: 'true'", "", True),
        ("htpp", "sidecar.istio.io/inject: 'true'", "istio-injection: enabled", False),
    ],
)
def test_ports_of_sidecars_that_a_webhook_adds(
    lint_text: LintText, port: str, annotations: str, namespace: str, injected: bool
) -> None:
    text = INJECTED.replace("ANNOTATIONS", annotations).replace("NAMESPACE", namespace).replace("PORT", port)
    assert [found.message_key for found in lint_text(text, select=RULE)] == ([] if injected else ["none"])


@pytest.mark.parametrize(
    ("port", "metadata"),
    [
        (
            "http-envoy-prom",
            "labels: {app: web, sidecar.istio.io/inject: 'true'}, annotations: {sidecar.istio.io/inject: 'false'}",
        ),
        ("dapr-http", "labels: {app: web}, annotations: '${ANNOTATIONS}'"),
        ("dapr-metrics", "labels: {app: web}, annotations: {{ annotations }}"),
        ("dapr-http", "labels: {app: web}, annotations: {'${SIDECAR}/enabled': 'true'}"),
        ("otlp-grpc", "labels: {app: web}, annotations: '${ANNOTATIONS}'"),
    ],
)
def test_whoever_may_ask_for_a_sidecar_is_believed(lint_text: LintText, port: str, metadata: str) -> None:
    known = INJECTED.replace("{labels: {app: web}, annotations: {ANNOTATIONS}}", "{METADATA}")
    text = known.replace("METADATA", metadata).replace("NAMESPACE", "").replace("PORT", port)
    assert lint_text(text, select=RULE) == []


def test_a_namespace_whose_labels_are_filled_in_later(lint_text: LintText) -> None:
    text = INJECTED.replace("ANNOTATIONS", "").replace("{NAMESPACE}", "'${LABELS}'").replace("PORT", "anything")
    assert lint_text(text, select=RULE) == []
