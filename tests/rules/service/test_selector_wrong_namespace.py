from tests.conftest import LintText
from tests.rules.service.manifests import service, workload

RULE = "selector-wrong-namespace"
SPEC = "selector: {app: web}\nports: [{port: 80, targetPort: http}]"


def test_points_at_the_namespace_of_the_service(lint_text: LintText) -> None:
    (finding,) = lint_text(service(SPEC, namespace="shop") + workload(namespace="search"), select=RULE)
    assert (finding.message_key, finding.severity) == ("other-namespace", "error")
    assert (finding.place, finding.end_column) == ((5, 14), 18)
    assert finding.related == [("manifest.yaml", 14, 14, "the pods with these labels are here")]
    assert finding.message == (
        "Service shop/web selects no pods: Deployment search/web has the labels, "
        "but a Service never selects pods of another namespace."
    )


def test_only_this_rule_reports_it(lint_text: LintText) -> None:
    found = lint_text(service(SPEC, namespace="shop") + workload(namespace="search"))
    assert [finding.rule for finding in found] == [RULE]


def test_a_namespace_that_is_not_written_fits_any(lint_text: LintText) -> None:
    assert lint_text(service(SPEC) + workload(namespace="default"), select=RULE) == []
    assert lint_text(service(SPEC, namespace="shop") + workload(), select=RULE) == []


def test_a_namespace_that_is_filled_in_later(lint_text: LintText) -> None:
    assert lint_text(service(SPEC, namespace="${NAMESPACE}") + workload(namespace="search"), select=RULE) == []


def test_pods_in_both_namespaces(lint_text: LintText) -> None:
    text = service(SPEC, namespace="shop") + workload(namespace="search") + workload(namespace="shop")
    assert lint_text(text, select=RULE) == []


def test_another_folder_is_another_application(lint_text: LintText) -> None:
    tree = {"shop/web.yaml": service(SPEC, namespace="shop"), "search/web.yaml": workload(namespace="search")}
    assert lint_text(tree, select=RULE) == []


def test_a_kustomization_may_set_one_namespace_for_both(lint_text: LintText) -> None:
    tree = {
        "kustomization.yaml": "namespace: shop\nresources: [web.yaml]\n",
        "web.yaml": service(SPEC, namespace="shop") + workload(namespace="search"),
    }
    assert lint_text(tree, select=RULE) == []
