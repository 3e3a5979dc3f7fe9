import pytest

from tests.conftest import LintText
from tests.rules.service.manifests import service

RULE = "service-port-invalid"


def with_ports(*ports: str, head: str = "type: NodePort\nselector: {app: web}") -> str:
    return service(head + "\nports:\n" + "\n".join(f"  - {{{port}}}" for port in ports))


@pytest.mark.parametrize(
    ("ports", "key", "place", "words"),
    [
        (["name: http"], "no-number", (8, 8), "A port of Service web has no number"),
        (["port: 0"], "number", (8, 14), "has a port 0, which"),
        (["port: 65536"], "number", (8, 14), "has a port 65536, which"),
        (['port: "80"'], "number", (8, 14), 'has a port "80", which'),
        (["port: 80", "port: 443, name: https"], "unnamed", (8, 14), "port 80 has no name"),
        (["name: http_api, port: 80"], "name", (8, 14), "names a port http_api"),
        (["name: Http, port: 80"], "name", (8, 14), "names a port Http"),
        (["port: 80, protocol: tcp"], "protocol", (8, 28), "protocol tcp"),
        (["name: a, port: 80", "name: a, port: 81"], "duplicate-name", (9, 14), "two ports named a"),
        (["name: a, port: 80", "name: b, port: 80"], "duplicate-port", (9, 23), "port 80 (TCP) twice"),
        (
            ["name: a, port: 80, nodePort: 30080", "name: b, port: 81, nodePort: 30080"],
            "duplicate-node-port",
            (9, 37),
            "node port 30080 (TCP) twice",
        ),
    ],
)
def test_ports_that_the_api_server_refuses(
    lint_text: LintText, ports: list[str], key: str, place: tuple[int, int], words: str
) -> None:
    (finding,) = lint_text(with_ports(*ports), select=RULE)
    assert (finding.message_key, finding.severity, finding.place) == (key, "error", place)
    assert words in finding.message


def test_the_first_of_two_alike_is_related(lint_text: LintText) -> None:
    (finding,) = lint_text(with_ports("name: a, port: 80", "name: b, port: 80"), select=RULE)
    assert finding.related == [("manifest.yaml", 8, 23, "the first one")]


def test_every_unnamed_port_is_reported(lint_text: LintText) -> None:
    found = lint_text(with_ports("port: 80", "port: 443"), select=RULE)
    assert [(finding.message_key, finding.line) for finding in found] == [("unnamed", 8), ("unnamed", 9)]


@pytest.mark.parametrize(
    ("spec", "place"),
    [("selector: {app: web}", (4, 1)), ("selector: {app: web}\nports: []", (6, 3)), ("selector: {app: web}\nports:", (6, 3))],
)
def test_no_ports(lint_text: LintText, spec: str, place: tuple[int, int]) -> None:
    (finding,) = lint_text(service(spec), select=RULE)
    assert (finding.message_key, finding.place) == ("no-ports", place)


@pytest.mark.parametrize(
    "text",
    [
        service("clusterIP: None\nselector: {app: web}"),
        service("type: ExternalName\nexternalName: example.com"),
        service("type: ${TYPE}\nselector: {app: web}"),
        service("selector: {app: web}\nports: ${PORTS}"),
        service("sessionAffinity: ClientIP"),
        service("type: LoadBalancer"),  # what `kubectl patch` takes
        with_ports("port: 80"),
        with_ports("name: dns, port: 53", "name: dns-udp, port: 53, protocol: UDP"),
        with_ports("name: a, port: 53, nodePort: 30053", "name: b, port: 53, nodePort: 30053, protocol: UDP"),
        with_ports("name: '${NAME}', port: '${PORT}'", "name: '${OTHER}', port: '${PORT_2}'"),
        with_ports("name: PORT_NAME, port: PORT"),
        with_ports("name: " + "a" * 63 + ", port: 80"),
    ],
)
def test_ports_that_are_well_or_filled_in_later(lint_text: LintText, text: str) -> None:
    assert lint_text(text, select=RULE) == []


def test_a_kustomization_may_name_the_ports(lint_text: LintText) -> None:
    tree = {
        "kustomization.yaml": "resources: [web.yaml]\npatches: [{path: patch.yaml}]\n",
        "web.yaml": with_ports("port: 80", "port: 443"),
        "patch.yaml": with_ports("port: 80, name: http"),
    }
    assert lint_text(tree, select=RULE) == []


def test_another_groups_service_is_no_service(lint_text: LintText) -> None:
    knative = service("template: {}").replace("apiVersion: v1", "apiVersion: serving.knative.dev/v1")
    assert lint_text(knative, select=RULE) == []


def test_a_port_with_neither_number_nor_name_is_called_a_port(lint_text: LintText) -> None:
    text = service("selector: {app: web}\nports:\n  - {name: http, port: 80}\n  - targetPort: 81")
    found = [(one.message_key, one.place, one.message) for one in lint_text(text, select=RULE)]
    assert found == [
        ("no-number", (8, 7), "A port of Service web has no number: the API server refuses the Service."),
        ("unnamed", (8, 7), "Service web has more than one port, and a port has no name: the API server refuses it."),
    ]
