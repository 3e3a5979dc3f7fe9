import pytest

from tests.conftest import LintText
from tests.rules.service.manifests import service, workload

RULE = "selector-no-workload"


def selecting(selector: str, *, name: str = "web", namespace: str = "", target: object = "http") -> str:
    ports = f"ports: [{{port: 80, targetPort: {target}}}]"
    return service(f"selector: {selector}\n{ports}", name=name, namespace=namespace)


def test_a_label_one_slip_away(lint_text: LintText) -> None:
    (finding,) = lint_text(selecting("{app: storefornt}") + workload("storefront"), select=RULE)
    assert (finding.message_key, finding.severity) == ("near-label", "warning")
    assert (finding.place, finding.end_column) == ((5, 19), 29)
    assert finding.message == (
        "Service web selects no pods: no pod template is labelled app: storefornt, "
        "but Deployment storefront is labelled app: storefront."
    )
    assert finding.related == [("manifest.yaml", 18, 21, "the label of its pods")]


def test_one_pair_of_several_differs_by_a_suffix(lint_text: LintText) -> None:
    pods = workload("api", labels="{app: api, tier: backend-v2}")
    (finding,) = lint_text(selecting("{app: api, tier: backend}", name="shop") + pods, select=RULE)
    assert (finding.message_key, finding.place) == ("near-label", (5, 30))


def test_a_key_one_slip_away(lint_text: LintText) -> None:
    pods = workload("api", labels="{component: api}")
    (finding,) = lint_text(selecting("{componnet: api}", name="shop") + pods, select=RULE)
    assert (finding.message_key, finding.place, finding.end_column) == ("near-label", (5, 14), 23)
    assert finding.message.endswith("is labelled component: api.")


def test_the_workloads_own_labels_are_not_those_of_its_pods(lint_text: LintText) -> None:
    pods = workload("web", labels="{app: web}").replace("  name: web\n", "  name: web\n  labels: {app: web, tier: front}\n", 1)
    (finding,) = lint_text(selecting("{app: web, tier: front}") + pods, select=RULE)
    assert (finding.message_key, finding.place) == ("no-label", (5, 30))
    assert finding.message == (
        "Service web selects no pods: the pod template of Deployment web lacks the label tier: front, and no other has it."
    )
    assert finding.related == [("manifest.yaml", 19, 7, "these pods lack the label")]


def test_a_workload_that_nobody_selects_and_that_has_the_port(lint_text: LintText) -> None:
    pods = workload("web-backend", ports="[{containerPort: 8443}]")
    (finding,) = lint_text(selecting("{component: gateway}", target=8443) + pods, select=RULE)
    assert (finding.message_key, finding.place) == ("orphan", (5, 25))


def test_a_shared_port_is_no_evidence(lint_text: LintText) -> None:
    """`argocd-ui` is for a chart that somebody installed; the notifier has nothing to do with it but a popular port."""
    service = selecting("{app.kubernetes.io/name: argocd-server}", name="argocd-ui", target=8080)
    notifier = workload("notifier", ports="[{containerPort: 8080}]")
    assert lint_text(service + notifier, select=RULE) == []
    (finding,) = lint_text(service + notifier, complete=True, select=RULE)
    assert (finding.message_key, finding.place) == ("no-pods", (5, 38))
    assert finding.message == (
        "Service argocd-ui selects no pods: no pod template is labelled app.kubernetes.io/name: argocd-server."
    )


@pytest.mark.parametrize(
    "labels",
    ["{app: argocd-worker}", "{app: x, app.kubernetes.io/name: argocd}", "{app: x, name: argocd-servre}"],
    ids=["the first part", "a part", "a slip"],
)
def test_a_name_or_a_label_relates_an_orphan(lint_text: LintText, labels: str) -> None:
    service = selecting("{app.kubernetes.io/part: argocd-server}", name="ui", target=8080)
    (finding,) = lint_text(service + workload("x", labels=labels, ports="[{containerPort: 8080}]"), select=RULE)
    assert finding.message_key == "orphan"


@pytest.mark.parametrize(
    "selector",
    [
        "{component: gateway}",  # no such pods, and nothing near: another repository has them
        "{app: '${APP}'}",  # anything
        "{cnpg.io/instanceRole: primary}",  # an operator's
        "{app: storefront, role: primary}",  # set at run time
        "{}",  # endpoints are somebody else's
    ],
)
def test_pods_that_may_be_elsewhere(lint_text: LintText, selector: str) -> None:
    text = selecting(selector, target=9000) + workload("storefront") + selecting("{app: storefront}", name="storefront")
    assert lint_text(text.replace("apiVersion: v1\n", "---\napiVersion: v1\n"), select=RULE) == []


def test_a_selector_of_labels_that_mostly_appear_at_run_time(lint_text: LintText) -> None:
    pods = workload("nfs-server", labels="{role: nfs-server}")
    assert lint_text(selecting("{role: nfs-server}", name="nfs-server") + pods, complete=True, select=RULE) == []


def test_a_helm_release_fills_the_namespace(lint_text: LintText) -> None:
    release = """---
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: backend}
spec: {chart: {spec: {chart: backend}}}
"""
    assert lint_text(selecting("{app: storefornt}") + workload("storefront") + release, select=RULE) == []


def test_somebody_writes_the_endpoints(lint_text: LintText) -> None:
    endpoints = """---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: {name: web-1, labels: {kubernetes.io/service-name: web}}
addressType: IPv4
endpoints: [{addresses: [10.0.0.1]}]
"""
    assert lint_text(selecting("{app: storefornt}") + workload("storefront") + endpoints, select=RULE) == []


def test_a_kustomization_may_set_the_label(lint_text: LintText) -> None:
    tree = {
        "kustomization.yaml": "resources: [web.yaml]\nlabels: [{pairs: {app: storefront}, includeSelectors: true}]\n",
        "web.yaml": selecting("{app: storefornt}") + workload("storefront"),
    }
    assert lint_text(tree, select=RULE) == []
    tree["kustomization.yaml"] = "resources: [web.yaml]\nlabels: [{pairs: {team: shop}, includeSelectors: true}]\n"
    assert [finding.path for finding in lint_text(tree, select=RULE)] == ["web.yaml"]


def test_in_a_complete_world_every_miss_is_an_error(lint_text: LintText) -> None:
    (finding,) = lint_text(selecting("{app: reports}"), complete=True, select=RULE)
    assert (finding.message_key, finding.severity, finding.place) == ("no-pods", "error", (5, 19))
    assert finding.message == "Service web selects no pods: no pod template is labelled app: reports."
    (finding,) = lint_text(selecting("{app: reports, tier: x}"), complete=True, select=RULE)
    assert (finding.message_key, finding.place) == ("no-pods", (5, 3))


def test_progressive_delivery_switches_services(lint_text: LintText) -> None:
    canary = """---
apiVersion: flagger.app/v1beta1
kind: Canary
metadata: {name: web}
spec: {targetRef: {apiVersion: apps/v1, kind: Deployment, name: web}}
"""
    text = selecting("{app: web-primary}", name="web-primary") + workload("web") + canary
    assert lint_text(text, complete=True, select=RULE) == []


def test_same_labels_in_two_folders_are_found_without_a_namespace(lint_text: LintText) -> None:
    tree = {"services/web.yaml": selecting("{app: web}"), "apps/web.yaml": workload("web", namespace="default")}
    assert lint_text(tree, complete=True, select=RULE) == []


def test_a_numbered_sibling_is_no_slip(lint_text: LintText) -> None:
    first = selecting("{app: cache-1}", name="cache-1", target=6379)
    second = selecting("{app: cache-2}", name="cache-2", target=6379)
    pods = workload("cache-2", ports="[{containerPort: 6379}]")
    assert lint_text(f"{first}---\n{second}{pods}", select=RULE) == []
    (finding,) = lint_text(first + pods, select=RULE)
    assert finding.message_key == "near-label"


def test_an_operators_pods_would_differ_by_the_label_that_is_off(lint_text: LintText) -> None:
    """An operator that makes Services named `web` says nothing of `storefornt`, but of pods that are labelled `queue`."""
    operated = "---\napiVersion: rabbitmq.com/v1beta1\nkind: RabbitmqCluster\nmetadata: {name: NAME}\n"
    slip = selecting("{app: storefornt, tier: web}") + workload("storefront", labels="{app: storefront, tier: web}")
    assert [one.message_key for one in lint_text(slip + operated.replace("NAME", "web"), select=RULE)] == ["near-label"]
    assert lint_text(slip + operated.replace("NAME", "storefornt"), select=RULE) == []


def test_a_slip_in_one_file_stands_whatever_lies_beside_it(lint_text: LintText) -> None:
    broken = {"b.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: web\n"}
    slip = selecting("{app: storefornt}") + workload("storefront")
    assert [one.line for one in lint_text({"a.yaml": slip, **broken}, select=RULE)] == [5]
    version = selecting("{app: store-v1}") + workload("store-v2")
    assert lint_text({"a.yaml": version, **broken}, select=RULE) == []


@pytest.mark.parametrize(("name", "other"), [("cart", "cart-worker"), ("cart", "card")])
def test_a_workload_with_a_service_of_its_own_is_another_part(lint_text: LintText, name: str, other: str) -> None:
    mine = selecting(f"{{app: {name}}}", name=name)
    theirs = selecting(f"{{app: {other}}}", name=other) + workload(other)
    assert lint_text(f"{mine}---\n{theirs}", select=RULE) == []
    (finding,) = lint_text(mine + workload(other), select=RULE)
    assert finding.message_key == "near-label"


def test_a_slip_beside_a_service_that_is_right(lint_text: LintText) -> None:
    wrong = selecting("{app: catr}", name="cart-admin")
    (finding,) = lint_text(f"{wrong}---\n{selecting('{app: cart}', name='cart')}{workload('cart')}", select=RULE)
    assert (finding.message_key, finding.place) == ("near-label", (5, 19))


def test_a_service_and_a_workload_that_are_labelled_by_their_own_names(lint_text: LintText) -> None:
    # The halves of two applications: the other halves are kept elsewhere, and port 80 says nothing.
    pods = workload("result", ports="[{containerPort: 80}]")
    assert lint_text(selecting("{app: vote}", name="vote", target=80) + pods, select=RULE) == []


def test_a_complete_world_says_what_is_near(lint_text: LintText) -> None:
    (finding,) = lint_text(selecting("{app: storefornt}") + workload("storefront"), complete=True, select=RULE)
    assert (finding.message_key, finding.place) == ("no-pods", (5, 19))
    assert finding.message == (
        "Service web selects no pods: no pod template is labelled app: storefornt; "
        "Deployment storefront is labelled app: storefront."
    )
    assert finding.related == [("manifest.yaml", 18, 21, "the label of its pods")]


def test_a_complete_world_has_the_pods_that_operators_make(lint_text: LintText) -> None:
    cluster = "---\napiVersion: rabbitmq.com/v1beta1\nkind: RabbitmqCluster\nmetadata: {name: queue}\n"
    selector = "{app.kubernetes.io/name: queue}"
    assert lint_text(selecting(selector, name="queue-admin") + cluster, complete=True, select=RULE) == []
    (finding,) = lint_text(selecting(selector, name="queue-admin"), complete=True, select=RULE)
    assert finding.message_key == "no-pods"


PROMETHEUS = "---\napiVersion: monitoring.coreos.com/v1\nkind: Prometheus\nmetadata: {name: k8s}\n"


def test_a_complete_world_has_the_pods_whose_names_are_not_those_of_their_object(lint_text: LintText) -> None:
    pods = selecting("{app.kubernetes.io/name: prometheus, prometheus: k8s}", name="prometheus-k8s")
    assert lint_text(pods + PROMETHEUS, complete=True, select=RULE) == []
    (finding,) = lint_text(pods, complete=True, select=RULE)
    assert (finding.message_key, finding.place) == ("no-pods", (5, 3))
    slip = selecting("{app.kubernetes.io/name: prometheus, prometheus: k9s}", name="prometheus-k8s")
    (finding,) = lint_text(slip + PROMETHEUS, complete=True, select=RULE)
    assert (finding.message_key, finding.place) == ("no-pods", (5, 3))


def test_the_pods_of_an_operators_object_are_not_those_of_the_operator(lint_text: LintText) -> None:
    """`prometheus` is near to `prometheus-operator`, and means something else."""
    service = selecting("{app: prometheus}", name="metrics")
    operator = workload("prometheus-operator", labels="{app: prometheus-operator}")
    assert lint_text(service + operator + PROMETHEUS, select=RULE) == []
    (finding,) = lint_text(service + operator, select=RULE)
    assert (finding.message_key, finding.place) == ("near-label", (5, 19))
