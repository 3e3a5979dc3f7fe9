import pytest

from tests.conftest import LintText
from tests.rules.service.manifests import service, workload

RULE = "affinity-no-effect"
STICKY = service("sessionAffinity: ClientIP\nselector: {app: web}\nports: [{port: 80, targetPort: http}]")


def test_a_headless_service_has_no_virtual_ip(lint_text: LintText) -> None:
    text = service("clusterIP: None\nsessionAffinity: ClientIP\nselector: {app: web}")
    (finding,) = lint_text(text, select=RULE)
    assert (finding.message_key, finding.severity) == ("headless", "warning")
    assert (finding.place, finding.end_column) == ((6, 20), 28)
    assert finding.related == [("manifest.yaml", 5, 14, "no virtual IP")]


def test_an_alias_has_none_either(lint_text: LintText) -> None:
    text = service("type: ExternalName\nexternalName: example.com\nsessionAffinity: ClientIP")
    (finding,) = lint_text(text, select=RULE)
    assert (finding.message_key, finding.place) == ("external-name", (7, 20))
    assert finding.related == [("manifest.yaml", 5, 9, "a DNS alias, no virtual IP")]


def test_one_pod_leaves_no_choice(lint_text: LintText) -> None:
    (finding,) = lint_text(STICKY + workload(replicas=1), select=RULE)
    assert (finding.message_key, finding.severity, finding.place) == ("single-pod", "info", (5, 20))
    assert finding.message == (
        "Service web asks for ClientIP affinity, but Deployment web runs one pod: there is no choice to remember."
    )
    assert finding.related == [("manifest.yaml", 14, 13, "one pod")]


def test_replicas_that_are_not_written_are_one(lint_text: LintText) -> None:
    (finding,) = lint_text(STICKY + workload(replicas=None), select=RULE)
    assert finding.related == [("manifest.yaml", 12, 9, "one pod")]


@pytest.mark.parametrize("replicas", [0, 2, "${REPLICAS}", "{{ replicas }}"])
def test_other_numbers_of_pods(lint_text: LintText, replicas: int | str) -> None:
    assert lint_text(STICKY + workload(replicas=replicas), select=RULE) == []


def test_two_workloads_of_one_pod_are_a_choice(lint_text: LintText) -> None:
    blue = workload("blue", replicas=1, labels="{app: web, side: blue}")
    green = workload("green", replicas=1, labels="{app: web, side: green}")
    assert lint_text(STICKY + blue + green, select=RULE) == []


def test_an_autoscaler_adds_pods(lint_text: LintText) -> None:
    autoscaler = """---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: {name: web}
spec:
  scaleTargetRef: {apiVersion: apps/v1, kind: Deployment, name: web}
  maxReplicas: 5
"""
    assert lint_text(STICKY + workload(replicas=1) + autoscaler, select=RULE) == []


def test_a_rollout_runs_the_pods_of_a_deployment_in_its_place(lint_text: LintText) -> None:
    rollout = """---
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata: {name: web}
spec:
  replicas: 4
  workloadRef: {apiVersion: apps/v1, kind: Deployment, name: web}
"""
    assert lint_text(STICKY + workload(replicas=1) + rollout, select=RULE) == []


def test_a_kustomization_may_set_replicas(lint_text: LintText) -> None:
    tree = {
        "kustomization.yaml": "resources: [web.yaml]\nreplicas: [{name: web, count: 3}]\n",
        "web.yaml": STICKY + workload(replicas=1),
    }
    assert lint_text(tree, select=RULE) == []


def test_without_affinity_there_is_nothing_to_say(lint_text: LintText) -> None:
    assert lint_text(service("clusterIP: None\nselector: {app: web}"), select=RULE) == []


def test_a_dump_shows_the_pods_of_a_deployment_too(lint_text: LintText) -> None:
    owned = "metadata:\n  ownerReferences: [{apiVersion: apps/v1, kind: Deployment, name: web, controller: true}]"
    replica_set = workload("web-5d4f", kind="ReplicaSet", replicas=1, labels="{app: web}").replace("metadata:", owned, 1)
    (finding,) = lint_text(STICKY + workload(replicas=1) + replica_set, select=RULE)
    assert (finding.message_key, finding.related[0][1]) == ("single-pod", 14)
