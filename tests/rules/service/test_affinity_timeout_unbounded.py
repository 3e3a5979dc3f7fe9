from tests.conftest import LintText
from tests.rules.service.manifests import service, workload

RULE = "affinity-timeout-unbounded"
PORTS = "\nselector: {app: web}\nports: [{port: 80, targetPort: http}]"
STICKY = service("sessionAffinity: ClientIP" + PORTS)


def timeout(seconds: object) -> str:
    config = f"sessionAffinity: ClientIP\nsessionAffinityConfig:\n  clientIP:\n    timeoutSeconds: {seconds}"
    return service(config + PORTS)


def test_no_timeout(lint_text: LintText) -> None:
    (finding,) = lint_text(STICKY + workload(), select=RULE)
    assert (finding.message_key, finding.severity) == ("no-timeout", "warning")
    assert (finding.place, finding.end_column) == ((5, 20), 28)
    assert finding.message == (
        "Service web keeps clients at one pod without a timeout of its own: "
        "with the default of 10800 idle seconds, a client that keeps connecting never leaves its pod."
    )


def test_no_timeout_before_pods_that_are_not_in_sight(lint_text: LintText) -> None:
    (finding,) = lint_text(STICKY, select=RULE)
    assert (finding.message_key, finding.severity, finding.place) == ("no-timeout-unseen-pods", "info", (5, 20))


def test_a_timeout_above_the_default_limit(lint_text: LintText) -> None:
    (finding,) = lint_text(timeout(10801), select=RULE)
    assert (finding.message_key, finding.severity) == ("too-long", "warning")
    assert (finding.place, finding.end_column) == ((8, 23), 28)
    assert "10801 seconds (the limit here is 10800)" in finding.message


def test_the_default_written_out_is_a_choice(lint_text: LintText) -> None:
    assert lint_text(timeout(10800), select=RULE) == []


def test_the_limit_is_a_parameter(lint_text: LintText) -> None:
    (finding,) = lint_text(timeout(901), select=RULE, params={"max-seconds": 900})
    assert finding.message_key == "too-long"


def test_a_placeholder_may_be_short(lint_text: LintText) -> None:
    assert lint_text(timeout("${SECONDS}"), select=RULE) == []


def test_silent_where_affinity_has_no_effect(lint_text: LintText) -> None:
    headless = service("clusterIP: None\nsessionAffinity: ClientIP" + PORTS)
    assert lint_text(headless + workload(), select=RULE) == []
    assert lint_text(STICKY + workload(replicas=1), select=RULE) == []


def test_a_kustomization_may_add_the_timeout(lint_text: LintText) -> None:
    tree = {
        "kustomization.yaml": "resources: [web.yaml]\npatches: [{path: patch.yaml}]\n",
        "web.yaml": STICKY + workload(),
        "patch.yaml": timeout(300),
    }
    assert lint_text(tree, select=RULE) == []
