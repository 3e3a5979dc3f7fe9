import pytest

from tests.conftest import LintText
from tests.rules.service.manifests import service, workload

RULE = "etp-local-no-spread"
SPEC = "type: LoadBalancer\nexternalTrafficPolicy: Local\nselector: {app: web}\nports: [{port: 80, targetPort: http}]"
LOCAL = service(SPEC)


def constraint(
    key: str = "kubernetes.io/hostname",
    when: str = "DoNotSchedule",
    *,
    skew: object = 1,
    labels: str = "labelSelector: {matchLabels: {app: web}}",
    more: str = "",
) -> str:
    return f"""
topologySpreadConstraints:
  - maxSkew: {skew}
    topologyKey: {key}
    whenUnsatisfiable: {when}
    {labels}
    {more}
"""


def anti_affinity(key: str, *, hard: bool, labels: str = "{app: web}", more: str = "") -> str:
    term = f"topologyKey: {key}, labelSelector: {{matchLabels: {labels}}}{more}"
    if hard:
        return f"affinity: {{podAntiAffinity: {{requiredDuringSchedulingIgnoredDuringExecution: [{{{term}}}]}}}}"
    preferred = f"[{{weight: 1, podAffinityTerm: {{{term}}}}}]"
    return f"affinity: {{podAntiAffinity: {{preferredDuringSchedulingIgnoredDuringExecution: {preferred}}}}}"


ZONE = "topology.kubernetes.io/zone"
HOST = "kubernetes.io/hostname"


def test_points_at_the_policy_and_at_the_pod_template(lint_text: LintText) -> None:
    (finding,) = lint_text(LOCAL + workload(), select=RULE)
    assert (finding.message_key, finding.severity) == ("no-spread", "warning")
    assert (finding.place, finding.end_column) == ((6, 26), 31)
    assert finding.related == [("manifest.yaml", 18, 3, "these pods may share a node")]
    assert finding.message == (
        "Service web keeps traffic on the node it arrives at, but nothing spreads the pods of Deployment web over nodes: "
        "a node with two pods gets no more traffic than a node with one."
    )


@pytest.mark.parametrize("kind", ["StatefulSet", "ReplicaSet", "Deployment"])
def test_every_kind_with_replicas(lint_text: LintText, kind: str) -> None:
    (finding,) = lint_text(LOCAL + workload(kind=kind), select=RULE)
    assert f"the pods of {kind} web" in finding.message


def test_replication_controllers_and_rollouts(lint_text: LintText) -> None:
    controller = workload(kind="ReplicationController").replace("apps/v1", "v1")
    rollout = workload(kind="Rollout").replace("apps/v1", "argoproj.io/v1alpha1")
    for text in (controller, rollout):
        assert [finding.message_key for finding in lint_text(LOCAL + text, select=RULE)] == ["no-spread"]


@pytest.mark.parametrize(
    ("pod", "key", "severity", "words"),
    [
        (constraint(ZONE), "zones-only", "warning", "over zones only (DoNotSchedule)"),
        (constraint(ZONE, "ScheduleAnyway"), "zones-only-preferred", "warning", "only if convenient (ScheduleAnyway)"),
        (constraint(when="ScheduleAnyway"), "only-preferred", "info", "only if convenient (ScheduleAnyway)"),
        (anti_affinity(HOST, hard=False), "only-preferred", "info", "(preferredDuringSchedulingIgnoredDuringExecution)"),
        (anti_affinity(ZONE, hard=False), "zones-only-preferred", "warning", "over zones only"),
        (constraint(skew=3), "wide-skew", "warning", "maxSkew 3 lets Deployment web run all its pods on one node"),
        (constraint(labels="labelSelector: {matchLabels: {app: api}}"), "counts-other-pods", "warning", "none of its own"),
        (constraint(labels=""), "counts-other-pods", "warning", "none of its own"),
        (anti_affinity(HOST, hard=True, labels="{app: api}"), "no-spread", "warning", "nothing spreads"),
        (constraint(ZONE, more="minDomains: 2"), "zones-only", "warning", "over zones only"),
    ],
)
def test_too_little_spread(lint_text: LintText, pod: str, key: str, severity: str, words: str) -> None:
    (finding,) = lint_text(LOCAL + workload(pod=pod), select=RULE)
    assert (finding.message_key, finding.severity, finding.place) == (key, severity, (6, 26))
    assert words in finding.message


def test_the_constraint_that_falls_short_is_related(lint_text: LintText) -> None:
    (finding,) = lint_text(LOCAL + workload(pod=constraint(ZONE)), select=RULE)
    assert finding.related[1] == ("manifest.yaml", 24, 24, "the only spread they have")
    other = constraint(labels="labelSelector: {matchLabels: {app: api}}")
    (finding,) = lint_text(LOCAL + workload(pod=other), select=RULE)
    assert finding.related[1] == ("manifest.yaml", 26, 26, "its labelSelector matches none of these pods")


@pytest.mark.parametrize(
    "pod",
    [
        constraint(),
        constraint(more="matchLabelKeys: [pod-template-hash]"),
        constraint(labels="labelSelector: {matchExpressions: [{key: app, operator: In, values: [web, api]}]}"),
        constraint(ZONE, more="minDomains: 3"),
        anti_affinity(HOST, hard=True),
        anti_affinity(ZONE, hard=True),
        "hostNetwork: true",
        # Not decided here.
        constraint("example.com/rack"),
        constraint("${TOPOLOGY_KEY}"),
        constraint(labels="labelSelector: {matchLabels: {app: '${APP}'}}"),
        constraint(ZONE, more="minDomains: ${ZONES}"),
        anti_affinity(HOST, hard=True, more=", namespaces: [shop]"),
        anti_affinity(HOST, hard=False, more=", mismatchLabelKeys: [tenant]"),
        "topologySpreadConstraints: ${SPREAD}",
        "affinity: ${AFFINITY}",
        "schedulerName: volcano",
        "nodeSelector: {kubernetes.io/hostname: edge-1}",
    ],
)
def test_enough_spread_or_nobody_knows(lint_text: LintText, pod: str) -> None:
    assert lint_text(LOCAL + workload(pod=pod), select=RULE) == []


def test_pods_with_a_host_port_cannot_share_a_node(lint_text: LintText) -> None:
    ports = "[{name: http, containerPort: 8080, hostPort: 80}]"
    assert lint_text(LOCAL + workload(ports=ports), select=RULE) == []


def test_a_daemon_set_is_on_every_node(lint_text: LintText) -> None:
    assert lint_text(LOCAL + workload(kind="DaemonSet", replicas=None), select=RULE) == []


@pytest.mark.parametrize("replicas", [None, 0, 1, "${REPLICAS}"])
def test_one_pod_needs_no_spread(lint_text: LintText, replicas: int | str | None) -> None:
    assert lint_text(LOCAL + workload(replicas=replicas), select=RULE) == []


def test_an_autoscaler_makes_several(lint_text: LintText) -> None:
    autoscaler = """---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: {name: web}
spec: {scaleTargetRef: {name: web}}
"""
    (finding,) = lint_text(LOCAL + workload(replicas=1) + autoscaler, select=RULE)
    assert finding.message_key == "no-spread"


@pytest.mark.parametrize(
    "annotation",
    [
        "networking.gke.io/weighted-load-balancing: pods-per-node",
        "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: ip",
        "service.beta.kubernetes.io/aws-load-balancer-type: nlb-ip",
    ],
)
def test_load_balancers_that_count_pods(lint_text: LintText, annotation: str) -> None:
    text = service(SPEC, metadata=f"annotations: {{{annotation}}}")
    assert lint_text(text + workload(), select=RULE) == []


def test_aws_instance_targets_count_nodes(lint_text: LintText) -> None:
    annotation = "service.beta.kubernetes.io/aws-load-balancer-nlb-target-type: instance"
    text = service(SPEC, metadata=f"annotations: {{{annotation}}}")
    assert len(lint_text(text + workload(), select=RULE)) == 1


@pytest.mark.parametrize(
    "spec",
    [
        SPEC.replace("Local", "Cluster"),
        SPEC.replace("Local", "${POLICY}"),
        SPEC.replace("type: LoadBalancer\n", ""),
        SPEC.replace("{app: web}", "{app: web, statefulset.kubernetes.io/pod-name: web-0}"),
    ],
)
def test_other_services(lint_text: LintText, spec: str) -> None:
    assert lint_text(service(spec) + workload(), select=RULE) == []


def test_a_kustomization_may_add_the_spread(lint_text: LintText) -> None:
    tree = {
        "kustomization.yaml": "resources: [web.yaml]\npatches: [{path: patch.yaml}]\n",
        "web.yaml": LOCAL + workload(),
        "patch.yaml": workload(pod=constraint()),
    }
    assert lint_text(tree, select=RULE) == []


def test_one_finding_for_a_service_with_two_workloads(lint_text: LintText) -> None:
    blue = workload("blue", labels="{app: web, side: blue}")
    green = workload("green", labels="{app: web, side: green}")
    (finding,) = lint_text(LOCAL + blue + green, select=RULE)
    assert "Deployment blue" in finding.message


def test_alternatives_of_which_one_is_spread(lint_text: LintText) -> None:
    tree = {"service.yaml": LOCAL, "plain.yaml": workload(), "spread.yaml": workload(pod=constraint())}
    assert lint_text(tree, select=RULE) == []


def test_pods_of_another_namespace_are_not_its_own(lint_text: LintText) -> None:
    text = service(SPEC, namespace="shop")
    assert lint_text(text + workload(namespace="search"), select=RULE) == []


def test_accepting_preferences(lint_text: LintText) -> None:
    text = LOCAL + workload(pod=constraint(when="ScheduleAnyway"))
    assert lint_text(text, select=RULE, params={"accept-preferred": True}) == []
