import pytest

from tests.conftest import LintText
from tests.rules.service.manifests import service, workload

RULE = "itp-local-missing-endpoints"
SPEC = "internalTrafficPolicy: Local\nselector: {app: web}\nports: [{port: 80, targetPort: http}]"
LOCAL = service(SPEC)


def test_a_deployment_runs_on_some_nodes(lint_text: LintText) -> None:
    (finding,) = lint_text(LOCAL + workload(), select=RULE)
    assert (finding.message_key, finding.severity) == ("not-per-node", "warning")
    assert (finding.place, finding.end_column) == ((5, 26), 31)
    assert finding.related == [("manifest.yaml", 10, 7, "runs on some nodes only")]
    assert finding.message == (
        "Service web is served by pods of the client's own node only, but Deployment web does not run on every node: "
        "clients elsewhere get no answer and hang."
    )


def test_a_daemon_set_of_some_nodes(lint_text: LintText) -> None:
    daemons = workload(kind="DaemonSet", replicas=None, pod="nodeSelector: {pool: batch}")
    (finding,) = lint_text(LOCAL + daemons, select=RULE)
    assert (finding.message_key, finding.severity, finding.place) == ("some-nodes", "info", (5, 26))
    assert finding.related == [("manifest.yaml", 20, 21, "keeps its pods to some nodes")]


NOT_ON_VIRTUAL_NODES = """
affinity:
  nodeAffinity:
    requiredDuringSchedulingIgnoredDuringExecution:
      nodeSelectorTerms:
        - matchExpressions:
            - {key: type, operator: NotIn, values: [virtual-kubelet]}
"""


@pytest.mark.parametrize("pod", ["", "nodeSelector: {kubernetes.io/os: linux}", NOT_ON_VIRTUAL_NODES])
def test_a_daemon_set_of_all_nodes(lint_text: LintText, pod: str) -> None:
    assert lint_text(LOCAL + workload(kind="DaemonSet", replicas=None, pod=pod), select=RULE) == []


def test_a_daemon_set_beside_a_deployment_covers_every_node(lint_text: LintText) -> None:
    daemons = workload("agents", kind="DaemonSet", replicas=None, labels="{app: web, part: agent}")
    assert lint_text(LOCAL + workload() + daemons, select=RULE) == []


def test_a_client_that_is_placed_beside_its_server(lint_text: LintText) -> None:
    term = "{topologyKey: kubernetes.io/hostname, labelSelector: {matchLabels: {app: web}}}"
    beside = f"affinity: {{podAffinity: {{requiredDuringSchedulingIgnoredDuringExecution: [{term}]}}}}"
    assert lint_text(LOCAL + workload() + workload("client", pod=beside), select=RULE) == []


def test_headless_services_know_no_policy(lint_text: LintText) -> None:
    assert lint_text(service("clusterIP: None\n" + SPEC) + workload(), select=RULE) == []


def test_pods_that_are_not_in_sight(lint_text: LintText) -> None:
    assert lint_text(LOCAL, select=RULE) == []


def test_jobs_serve_nobody(lint_text: LintText) -> None:
    job = workload(kind="Job", replicas=None).replace("apps/v1", "batch/v1")
    assert lint_text(LOCAL + job, select=RULE) == []
