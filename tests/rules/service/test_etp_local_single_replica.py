from tests.conftest import LintText
from tests.rules.service.manifests import service, workload

RULE = "etp-local-single-replica"
SPEC = "type: LoadBalancer\nexternalTrafficPolicy: Local\nselector: {app: web}\nports: [{port: 80, targetPort: http}]"
LOCAL = service(SPEC)


def test_one_pod_is_one_node(lint_text: LintText) -> None:
    (finding,) = lint_text(LOCAL + workload(replicas=1), select=RULE)
    assert (finding.message_key, finding.severity) == ("single-replica", "info")
    assert (finding.place, finding.end_column) == ((6, 26), 31)
    assert finding.related == [("manifest.yaml", 15, 13, "one pod")]
    assert finding.message == (
        "Service web answers only on nodes with a pod, and Deployment web runs one pod: "
        "when it moves, traffic is dropped until the load balancer notices."
    )


def test_the_strict_profile_makes_it_a_warning(lint_text: LintText) -> None:
    found = [one for one in lint_text(LOCAL + workload(replicas=1), profile="strict") if one.rule == RULE]
    assert [(one.rule, one.severity) for one in found] == [(RULE, "warning")]


def test_several_pods(lint_text: LintText) -> None:
    assert lint_text(LOCAL + workload(replicas=2), select=RULE) == []
    other = workload("other", replicas=1, labels="{app: web, side: b}")
    assert lint_text(LOCAL + workload(replicas=1) + other, select=RULE) == []
    assert lint_text(LOCAL + workload(kind="DaemonSet", replicas=None), select=RULE) == []


def test_a_load_balancer_that_reaches_pods_needs_no_second_node(lint_text: LintText) -> None:
    annotation = "annotations: {service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: ip}"
    assert lint_text(service(SPEC, metadata=annotation) + workload(replicas=1), select=RULE) == []


def test_a_cluster_of_one_node(lint_text: LintText) -> None:
    assert lint_text(LOCAL + workload(replicas=1), select=RULE, params={"single-node": True}) == []


def test_a_kustomization_may_set_replicas(lint_text: LintText) -> None:
    tree = {
        "kustomization.yaml": "resources: [web.yaml]\nreplicas: [{name: web, count: 3}]\n",
        "web.yaml": LOCAL + workload(replicas=None),
    }
    assert lint_text(tree, select=RULE) == []
