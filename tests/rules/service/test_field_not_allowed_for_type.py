import pytest

from tests.conftest import LintText
from tests.rules.service.manifests import service

RULE = "field-not-allowed-for-type"
PORTS = "\nports: [{port: 80}]"
RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges"


@pytest.mark.parametrize(
    ("spec", "key", "place"),
    [
        ("ports:\n  - {port: 80, nodePort: 30080}", "node-port", (6, 28)),
        ("externalTrafficPolicy: Local" + PORTS, "external-policy", (5, 26)),
        ("healthCheckNodePort: 31000" + PORTS, "health-check", (5, 24)),
        ("loadBalancerSourceRanges: [10.0.0.0/8]" + PORTS, "load-balancer-only", (5, 3)),
        ("allocateLoadBalancerNodePorts: false" + PORTS, "load-balancer-only", (5, 34)),
        ("loadBalancerClass: example.com/lb" + PORTS, "load-balancer-only", (5, 22)),
        ("loadBalancerIP: 192.0.2.1" + PORTS, "ignored", (5, 19)),
    ],
)
def test_fields_that_a_cluster_ip_service_has_not(lint_text: LintText, spec: str, key: str, place: tuple[int, int]) -> None:
    (finding,) = lint_text(service(spec), select=RULE)
    assert (finding.message_key, finding.place, finding.related) == (key, place, [])
    assert finding.severity == ("warning" if key == "ignored" else "error")


def test_a_type_that_is_written_is_the_other_end(lint_text: LintText) -> None:
    (finding,) = lint_text(service("type: NodePort\nloadBalancerClass: example.com/lb" + PORTS), select=RULE)
    assert finding.message == (
        "Service web sets loadBalancerClass, which only a LoadBalancer may have, but is of type NodePort: "
        "the API server refuses it."
    )
    assert finding.related == [("manifest.yaml", 5, 9, "the type")]


def test_source_ranges_in_an_annotation(lint_text: LintText) -> None:
    text = service("type: NodePort" + PORTS, metadata=f"annotations: {{{RANGES}: 10.0.0.0/8}}")
    (finding,) = lint_text(text, select=RULE)
    assert (finding.message_key, finding.line) == ("load-balancer-only", 3)


@pytest.mark.parametrize(
    ("spec", "key", "place"),
    [
        ("externalName: example.com\nclusterIP: None", "external-name", (7, 14)),
        ("externalName: example.com\nipFamilies: [IPv4]", "external-name", (7, 3)),
        ("externalName: example.com\nipFamilyPolicy: SingleStack", "external-name", (7, 19)),
        ("ports: [{port: 443}]", "no-external-name", (5, 9)),
        ("externalName: http://example.com", "external-name-invalid", (6, 17)),
        ("externalName: 2001:db8::1", "external-name-invalid", (6, 17)),
        ("externalName: my_db.example.com", "external-name-invalid", (6, 17)),
        ("externalName: Example.com", "external-name-invalid", (6, 17)),
    ],
)
def test_what_an_alias_may_not_have(lint_text: LintText, spec: str, key: str, place: tuple[int, int]) -> None:
    (finding,) = lint_text(service("type: ExternalName\n" + spec), select=RULE)
    assert (finding.message_key, finding.place) == (key, place)


@pytest.mark.parametrize(
    "spec",
    [
        "type: LoadBalancer\nexternalTrafficPolicy: Local\nhealthCheckNodePort: 31000" + PORTS,
        "type: LoadBalancer\nloadBalancerSourceRanges: [10.0.0.0/8]\nloadBalancerIP: 192.0.2.1" + PORTS,
        "type: NodePort\nexternalTrafficPolicy: Local" + PORTS,
        "externalIPs: [192.0.2.1]\nexternalTrafficPolicy: Local" + PORTS,
        "loadBalancerSourceRanges: []" + PORTS,
        "loadBalancerIP: ''" + PORTS,
        "ports: [{port: 80, nodePort: 0}]",
        "type: ${TYPE}\nports: [{port: 80, nodePort: 30080}]",
        "type: '{{ type }}'\nexternalTrafficPolicy: Local" + PORTS,
        "ports: [{port: 80, nodePort: '${NODE_PORT}'}]",
        "type: ExternalName\nexternalName: example.com.",
        "type: ExternalName\nexternalName: ${HOST}",
        "type: ExternalName\nexternalName: YOUR_HOST",
        "type: ExternalName\nexternalName: example.com\nclusterIP: ''",
        "externalIPs: ${ADDRESSES}\nexternalTrafficPolicy: Local" + PORTS,
        "externalTrafficPolicy: Local",
    ],
)
def test_fields_that_belong_or_say_nothing(lint_text: LintText, spec: str) -> None:
    assert lint_text(service(spec), select=RULE) == []


def test_a_kustomization_may_set_the_type(lint_text: LintText) -> None:
    tree = {
        "kustomization.yaml": "resources: [web.yaml]\npatches: [{path: patch.yaml}]\n",
        "web.yaml": service("externalTrafficPolicy: Local" + PORTS),
        "patch.yaml": service("type: LoadBalancer"),
    }
    assert lint_text(tree, select=RULE) == []
