from tests.conftest import LintText
from tests.rules.service.manifests import service

RULE = "affinity-config-dropped"
CONFIG = """
sessionAffinityConfig:
  clientIP:
    timeoutSeconds: 600
selector: {app: web}
ports: [{port: 80}]
"""


def test_points_at_the_block_that_is_erased(lint_text: LintText) -> None:
    (finding,) = lint_text(service(CONFIG), select=RULE)
    assert (finding.message_key, finding.severity) == ("no-affinity", "error")
    assert (finding.place, finding.end_column) == ((5, 3), 24)
    assert finding.message == (
        "Service web configures session affinity but does not turn it on: "
        "the API server erases sessionAffinityConfig, and clients move between pods."
    )
    assert finding.field == "spec.sessionAffinityConfig"


def test_an_explicit_none_is_the_other_end(lint_text: LintText) -> None:
    (finding,) = lint_text(service("sessionAffinity: None" + CONFIG), select=RULE)
    assert (finding.message_key, finding.place) == ("affinity-none", (6, 3))
    assert finding.related == [("manifest.yaml", 5, 20, "turns session affinity off")]


def test_client_ip_keeps_the_block(lint_text: LintText) -> None:
    assert lint_text(service("sessionAffinity: ClientIP" + CONFIG), select=RULE) == []


def test_a_placeholder_may_become_client_ip(lint_text: LintText) -> None:
    assert lint_text(service("sessionAffinity: ${AFFINITY}" + CONFIG), select=RULE) == []


def test_an_empty_block_loses_nothing(lint_text: LintText) -> None:
    assert lint_text(service("sessionAffinityConfig: {}\nports: [{port: 80}]"), select=RULE) == []


def test_a_fragment_for_server_side_apply_may_be_completed(lint_text: LintText) -> None:
    assert lint_text(service("sessionAffinityConfig: {clientIP: {timeoutSeconds: 600}}"), select=RULE) == []


def test_a_kustomization_may_add_the_affinity(lint_text: LintText) -> None:
    patched = {
        "kustomization.yaml": "resources: [service.yaml]\npatches: [{path: patch.yaml}]\n",
        "service.yaml": service(CONFIG),
        "patch.yaml": service("sessionAffinity: ClientIP"),
    }
    assert lint_text(patched, select=RULE) == []
