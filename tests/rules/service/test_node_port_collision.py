from tests.conftest import LintText

RULE = "node-port-collision"


def node_port(name: str, number: object, *, namespace: str = "shop", protocol: str = "TCP", kind: str = "NodePort") -> str:
    return f"""---
apiVersion: v1
kind: Service
metadata:
  name: {name}
  namespace: {namespace}
spec:
  type: {kind}
  selector: {{app: {name}}}
  ports:
    - port: 80
      protocol: {protocol}
      nodePort: {number}
"""


def test_reported_once_at_the_later_service(lint_text: LintText) -> None:
    (finding,) = lint_text(node_port("web", 30443) + node_port("callback", 30443, namespace="payments"), select=RULE)
    assert (finding.message_key, finding.severity) == ("taken", "error")
    assert (finding.place, finding.end_column) == ((26, 17), 22)
    assert finding.related == [("manifest.yaml", 13, 17, "the same node port")]
    assert finding.message == (
        "Service payments/callback asks for node port 30443, which Service shop/web asks for too: "
        "the API server refuses the one that comes second."
    )


def test_two_files_of_a_folder(lint_text: LintText) -> None:
    tree = {"b.yaml": node_port("web", 30443), "a.yaml": node_port("callback", 30443)}
    (finding,) = lint_text(tree, select=RULE)
    assert (finding.path, finding.related[0][0]) == ("b.yaml", "a.yaml")


def test_protocols_share_the_pool(lint_text: LintText) -> None:
    text = node_port("dns-udp", 30053, protocol="UDP") + node_port("dns-tcp", 30053)
    assert len(lint_text(text, select=RULE)) == 1


def test_health_checks_take_from_the_pool(lint_text: LintText) -> None:
    edge = node_port("edge", 31080, kind="LoadBalancer").replace(
        "spec:\n", "spec:\n  externalTrafficPolicy: Local\n  healthCheckNodePort: 30443\n"
    )
    (finding,) = lint_text(node_port("web", 30443) + edge, select=RULE)
    assert (finding.message_key, finding.place) == ("taken", (22, 24))
    (finding,) = lint_text(edge.replace("31080", "30443"), select=RULE)
    assert (finding.message_key, finding.place) == ("own-health-check", (15, 17))


def test_one_service_may_have_tcp_and_udp_on_one_number(lint_text: LintText) -> None:
    both = node_port("dns", 30053) + "    - {name: udp, port: 80, protocol: UDP, nodePort: 30053}\n"
    assert lint_text(both, select=RULE) == []


def test_overlays_of_one_application(lint_text: LintText) -> None:
    tree = {"dev/web.yaml": node_port("web", 30443, namespace="dev"), "prod/web.yaml": node_port("api", 30443)}
    assert lint_text(tree, select=RULE) == []


def test_variants_of_one_service(lint_text: LintText) -> None:
    tree = {"plain.yaml": node_port("web", 30443), "tls.yaml": node_port("web", 30443)}
    assert lint_text(tree, select=RULE) == []
    tree = {"one.yaml": node_port("web", 30443), "two.yaml": node_port("web", 30443).replace("  namespace: shop\n", "")}
    assert lint_text(tree, select=RULE) == []


def test_folders_of_one_complete_cluster(lint_text: LintText) -> None:
    tree = {"shop/web.yaml": node_port("web", 30443), "pay/api.yaml": node_port("api", 30443, namespace="pay")}
    assert [finding.path for finding in lint_text(tree, complete=True, select=RULE)] == ["shop/web.yaml"]


def test_numbers_that_take_nothing(lint_text: LintText) -> None:
    assert lint_text(node_port("a", 0) + node_port("b", 0), select=RULE) == []
    assert lint_text(node_port("a", "${PORT}") + node_port("b", "${PORT}"), select=RULE) == []
    assert lint_text(node_port("a", 30443) + node_port("b", 30443, kind="ClusterIP"), select=RULE) == []
