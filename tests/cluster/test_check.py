"""`check --cluster`: what runs is held against the rules, and what the cluster made by itself is not reported."""

from __future__ import annotations

import json

import pytest

from tests.cli.program import Program
from tests.cluster.conftest import Cluster
from tests.cluster.recorded import (
    Item,
    Kubectl,
    condition,
    deployment,
    gateway_api,
    made,
    owner,
    pod_spec,
    resources,
    service,
    shop,
    slice_of,
    system,
)

LONELY = service("api", "shop", {"app": "api"})


def check(program: Program, *arguments: str) -> list[str]:
    """The findings in short, of warnings and errors."""
    lines = program("check", "--cluster", "--format", "concise", *arguments).out.splitlines()
    return lines[:-1]


# Silence


def test_a_clean_cluster_is_silent(program: Program, cluster: Cluster) -> None:
    cluster([*system(), *shop(), *gateway_api()])
    result = program("check", "--cluster")
    assert (result.code, result.err) == (0, "")
    assert result.out.splitlines()[0].startswith("No problems found")


def test_no_rule_at_all_speaks_of_what_every_cluster_has(program: Program, cluster: Cluster) -> None:
    cluster(system())
    result = program("check", "--cluster", "--select", "ALL", "--severity", "info")
    assert result.code == 0
    assert result.out.startswith("No problems found")


def test_who_asks_for_the_systems_namespace_hears_of_it(program: Program, cluster: Cluster) -> None:
    cluster([*system(), service("broken", "kube-system", {"k8s-app": "none"})])
    assert check(program) == []
    assert [line.split(" ")[1] for line in check(program, "--namespace", "kube-system")] == ["error[selector-no-workload]"]


def test_what_an_operator_made_is_not_reported(program: Program, cluster: Cluster) -> None:
    made_by = owner("example.com/v1", "Database", "orders")
    cluster([*system(), *shop(), service("orders", "shop", {"db": "orders"}, owners=made_by)])
    assert check(program) == []


@pytest.mark.parametrize(
    "labels",
    [
        {"gateway.networking.k8s.io/gateway-name": "edge"},
        {"app.kubernetes.io/managed-by": "envoy-gateway"},
        {"app.kubernetes.io/managed-by": "prometheus-operator"},
        {"addonmanager.kubernetes.io/mode": "Reconcile"},
    ],
    ids=["Gateway", "Envoy Gateway", "operator", "platform"],
)
def test_what_labels_say_that_a_controller_keeps_is_not_reported(program: Program, cluster: Cluster, labels: Item) -> None:
    cluster([*system(), *shop(), service("orders", "shop", {"db": "orders"}, labels=labels)])
    assert check(program) == []


def test_what_people_deploy_with_a_tool_is_theirs(program: Program, cluster: Cluster) -> None:
    labels = {"app.kubernetes.io/managed-by": "Helm"}
    cluster([*system(), *shop(), service("orders", "shop", {"db": "orders"}, labels=labels)])
    assert len(check(program)) == 1


def test_pods_of_an_operator_are_behind_a_service(program: Program, cluster: Cluster) -> None:
    pod = made(
        "Pod", "orders-0", "shop", pod_spec(), labels={"db": "orders"}, owners=owner("example.com/v1", "Database", "orders")
    )
    cluster([*system(), *shop(), pod, service("orders", "shop", {"db": "orders"})])
    assert check(program) == []


def test_endpoints_that_are_there_say_that_pods_are(program: Program, cluster: Cluster) -> None:
    """A webhook may label pods as no template does."""
    cluster([*system(), *shop(), LONELY, slice_of("api", "shop")])
    assert check(program) == []


@pytest.mark.parametrize(
    "fields",
    [
        {"sessionAffinity": "ClientIP", "sessionAffinityConfig": {"clientIP": {"timeoutSeconds": 10800}}},
        {"type": "NodePort", "externalTrafficPolicy": "Cluster"},
        {
            "type": "LoadBalancer",
            "allocateLoadBalancerNodePorts": True,
            "externalTrafficPolicy": "Local",
            "healthCheckNodePort": 31999,
        },
        {"clusterIP": "None", "clusterIPs": ["None"]},
        {"ipFamilies": ["IPv4", "IPv6"], "ipFamilyPolicy": "PreferDualStack", "clusterIPs": ["10.96.0.20", "fd00::20"]},
    ],
    ids=["affinity", "node port", "load balancer", "headless", "dual stack"],
)
def test_a_service_as_admitted_has_the_findings_of_what_was_written(program: Program, cluster: Cluster, fields: Item) -> None:
    """What the API server fills in and allocates changes nothing: here, what a file with the few fields has."""
    ports = [{"name": "http", "port": 80, "protocol": "TCP", "targetPort": 8080}]
    if fields.get("type"):
        ports[0]["nodePort"] = 30123
    port = "{name: http, port: 80, targetPort: 8080}"
    written: Item = {key: fields[key] for key in ("type", "sessionAffinity", "ipFamilyPolicy") if key in fields}
    if fields.get("externalTrafficPolicy") == "Local":
        written["externalTrafficPolicy"] = "Local"
    if fields.get("clusterIP") == "None":
        written["clusterIP"] = "None"
    spec = "".join(f"  {key}: {value}\n" for key, value in written.items())
    web = deployment("web", "shop", {"app": "web"})
    cluster([*system(), made("Namespace", "shop", None), web, service("web", "shop", {"app": "web"}, ports, **fields)])
    program.write(
        "web.yaml",
        "apiVersion: v1\nkind: Service\nmetadata: {name: web, namespace: shop}\nspec:\n"
        f"{spec}  selector: {{app: web}}\n  ports: [{port}]\n---\n{json.dumps(web)}\n",
    )
    here = program("check", "--complete", "--format", "json", "--severity", "info", "--fail-on", "never", "web.yaml")
    there = program("check", "--cluster", "--format", "json", "--severity", "info", "--fail-on", "never")
    assert _rules(there.out) == _rules(here.out)


def _rules(report: str) -> list[tuple[str, str]]:
    return sorted(
        (one["rule"], one["object"]["kind"]) for one in json.loads(report)["findings"] if one["object"]["kind"] == "Service"
    )


def test_weights_that_the_api_server_filled_in_are_no_split(program: Program, cluster: Cluster) -> None:
    cluster([*system(), *shop(), *gateway_api()])
    assert check(program, "--severity", "info", "--select", "gateway") == []


def test_what_the_api_server_took_it_does_not_refuse(program: Program, cluster: Cluster) -> None:
    """An object from before a version that refuses its like is no alarm: it runs."""
    port = [{"name": "Not_A_Name", "port": 80, "protocol": "TCP", "targetPort": 8080}]
    cluster([*system(), *shop(), service("old", "shop", {"app": "web"}, port)])
    assert check(program) == []


def test_replicas_beside_an_autoscaler_are_its_own(program: Program, cluster: Cluster) -> None:
    target = {"apiVersion": "apps/v1", "kind": "Deployment", "name": "web"}
    metric = {"type": "Resource", "resource": {"name": "cpu", "target": {"type": "Utilization", "averageUtilization": 70}}}
    spec = {"scaleTargetRef": target, "minReplicas": 2, "maxReplicas": 6, "metrics": [metric]}
    cluster([*system(), *shop(), made("HorizontalPodAutoscaler", "web", "shop", spec, api="autoscaling/v2")])
    assert check(program) == []


def test_a_workload_that_keda_scaled_to_nothing_comes_back(program: Program, cluster: Cluster) -> None:
    """The number of pods is the autoscaler's, of this moment."""
    trigger = {"type": "cron", "metadata": {"timezone": "UTC", "start": "0 8 * * *", "end": "0 18 * * *", "desiredReplicas": "2"}}
    spec = {"scaleTargetRef": {"name": "web"}, "minReplicaCount": 0, "triggers": [trigger]}
    scaled = made("ScaledObject", "web", "shop", spec, api="keda.sh/v1alpha1")
    kinds = {**resources(), "scaledobjects": "so keda.sh/v1alpha1 true ScaledObject"}
    cluster([*system(), *shop(replicas=0), scaled], resources=kinds)
    assert check(program) == []


def test_a_selector_that_argo_rollouts_steers(program: Program, cluster: Cluster) -> None:
    labels = {"app": "pay"}
    template = {"metadata": {"labels": labels}, "spec": pod_spec()}
    strategy = {"canary": {"stableService": "pay", "canaryService": "pay-canary", "steps": [{"setWeight": 20}]}}
    spec = {"replicas": 2, "selector": {"matchLabels": labels}, "template": template, "strategy": strategy}
    kinds = {**resources(), "rollouts": "ro argoproj.io/v1alpha1 true Rollout"}
    services = [service(name, "shop", {**labels, "rollouts-pod-template-hash": "5c8"}) for name in ("pay", "pay-canary")]
    rollout = made("Rollout", "pay", "shop", spec, api="argoproj.io/v1alpha1")
    cluster([*system(), *shop(), rollout, *services], resources=kinds)
    assert [one for one in check(program) if "selector" in one] == []


# Findings and their places


def test_a_finding_points_at_the_object_and_its_field(program: Program, cluster: Cluster) -> None:
    cluster([*system(), *shop(), LONELY, slice_of("api", "shop", addresses=())])
    result = program("check", "--cluster", "--format", "json")
    assert result.code == 1
    (found,) = json.loads(result.out)["findings"]
    assert (found["rule"], found["field"]) == ("selector-no-workload", "spec.selector.app")
    assert found["object"] == {"api_version": "v1", "kind": "Service", "namespace": "shop", "name": "api"}
    assert found["path"] == "<cluster:kind-shop>/shop/Service/api.yaml"


def test_the_excerpt_shows_the_field_and_nothing_that_the_server_keeps_for_itself(program: Program, cluster: Cluster) -> None:
    cluster([*system(), *shop(), LONELY])
    text = program("check", "--cluster").out
    assert "--> <cluster:kind-shop>/shop/Service/api.yaml:13:10" in text
    assert "    app: api\n" in text
    assert not any(word in text for word in ("managedFields", "resourceVersion", "clusterIP", "uid"))


def test_a_finding_in_a_cluster_offers_no_edit(program: Program, cluster: Cluster) -> None:
    cluster([*system(), *shop()])
    result = program("check", "--cluster", "--severity", "info", "--select", "spread-missing")
    assert "info[spread-missing]" in result.out
    assert "fix:" not in result.out


def test_a_context_may_have_any_name(program: Program, cluster: Cluster) -> None:
    name = "arn:aws:eks:eu-west-1:123:cluster/prod"
    kubectl = cluster([*system(), *shop(), LONELY], context=name)
    (line,) = check(program, "--context", name)
    assert line.startswith(f"<cluster:{name}>/shop/Service/api.yaml:13:10: error[selector-no-workload]")
    assert all(f"--context={name}" in call for call in kubectl.calls)


def test_formats_for_machines_name_the_place(program: Program, cluster: Cluster) -> None:
    cluster([*system(), *shop(), LONELY])
    for format_name in ("sarif", "github", "gitlab", "junit", "markdown", "html", "rdjson"):
        result = program("check", "--cluster", "--format", format_name)
        assert result.code == 1, format_name
        assert "Service/api.yaml" in result.out, format_name


# Facts


def test_a_condition_that_says_the_same_stands_beside_the_finding(program: Program, cluster: Cluster) -> None:
    said = condition("ResolvedRefs", "False", "BackendNotFound", "service shop/wev not found")
    cluster([*system(), *shop(), *gateway_api(backend="wev", conditions=[said])])
    result = program("check", "--cluster", "--format", "json")
    (found,) = json.loads(result.out)["findings"]
    assert (found["rule"], found["field"]) == ("backend-ref-not-found", "spec.rules[0].backendRefs[0].name")
    words = [one["message"] for one in found["related"]]
    assert "its controller says so, too: ResolvedRefs=False, BackendNotFound" in words


def test_where_the_controller_says_the_opposite_it_is_right(program: Program, cluster: Cluster) -> None:
    """It may know backends that nobody else does."""
    cluster([*system(), *shop(), *gateway_api(backend="wev", conditions=[condition("ResolvedRefs", "True", "ResolvedRefs")])])
    assert check(program) == []


def test_what_the_controller_said_of_an_earlier_generation_is_no_fact(program: Program, cluster: Cluster) -> None:
    said = condition("ResolvedRefs", "True", "ResolvedRefs", generation=0)
    cluster([*system(), *shop(), *gateway_api(backend="wev", conditions=[said])])
    assert len(check(program)) == 1


def test_a_service_without_selector_and_endpoints_reaches_nobody(program: Program, cluster: Cluster) -> None:
    cluster([*system(), *shop(), service("legacy", "shop", None)])
    assert [line.split(" ")[1] for line in check(program)] == ["warning[selectorless-no-endpoints]"]


def test_endpoints_of_a_service_without_selector_are_a_fact(program: Program, cluster: Cluster) -> None:
    mirrored = slice_of("legacy", "shop")
    mirrored["metadata"]["labels"]["endpointslice.kubernetes.io/managed-by"] = "endpointslicemirroring-controller.k8s.io"
    mirrored["metadata"]["ownerReferences"] = owner("v1", "Endpoints", "legacy")
    cluster([*system(), *shop(), service("legacy", "shop", None), mirrored, made("Endpoints", "legacy", "shop")])
    assert check(program) == []


def test_parameters_of_kinds_that_no_rule_reads_are_looked_up(program: Program, cluster: Cluster) -> None:
    items = [*system(), *shop(), *gateway_api()]
    kubectl = cluster([one for one in items if one["kind"] != "EnvoyProxy"])
    assert [line.split(" ")[1] for line in check(program)] == ["error[gateway-parameters-ref-not-found]"]
    (asked,) = [call for call in kubectl.calls if call[1].startswith("envoyproxies")]
    assert "--output=json" not in asked


def test_the_configuration_holds(program: Program, cluster: Cluster) -> None:
    cluster([*system(), *shop(), LONELY])
    program.write(
        ".kubelint-lb.yaml",
        "objects:\n  - rule: selector-no-workload\n    kind: Service\n    name: api\n    reason: it comes next week\n",
    )
    result = program("check", "--cluster", "--verbose", "--format", "concise")
    assert result.code == 0
    assert "it comes next week" in result.out


def test_an_annotation_hides_a_finding(program: Program, cluster: Cluster) -> None:
    hidden = {"kubelint-lb.dev/ignore.selector-no-workload": "it comes next week"}
    cluster([*system(), *shop(), service("api", "shop", {"app": "api"}, annotations=hidden)])
    assert check(program) == []


def test_a_baseline_of_a_cluster(program: Program, cluster: Cluster) -> None:
    cluster([*system(), *shop(), LONELY])
    assert program("check", "--cluster", "--write-baseline", "known.json").code == 0
    assert check(program, "--baseline", "known.json") == []


def test_a_cluster_is_read_anew_each_time(program: Program, cluster: Cluster) -> None:
    """No file says that it changed."""
    kubectl = cluster([*system(), *shop()])
    assert check(program) == []
    Kubectl(kubectl.folder, [*system(), *shop(), LONELY], {})
    assert len(check(program)) == 1


# What can be read


def test_a_kind_that_may_not_be_listed_is_said_and_nothing_is_concluded(program: Program, cluster: Cluster) -> None:
    """Without Secrets, nobody knows which of them are missing."""
    items = [one for one in (*system(), *shop()) if one["kind"] != "Secret"]
    cluster(items, forbidden=["secrets"])
    result = program("check", "--cluster")
    assert result.code == 0
    assert result.err == ("kubelint-lb: 1 kind of the cluster may not be listed, so rules that read it were not run: secrets\n")


def test_without_it_a_secret_that_is_not_there_is_missed(program: Program, cluster: Cluster) -> None:
    cluster([one for one in (*system(), *shop()) if one["kind"] != "Secret"])
    assert [line.split(" ")[1] for line in check(program)] == ["warning[ingress-tls-secret-not-found]"]


def test_pods_that_may_not_be_listed_leave_selectors_alone(program: Program, cluster: Cluster) -> None:
    cluster([*system(), *shop(), LONELY], forbidden=["pods", "replicasets"])
    result = program("check", "--cluster")
    assert result.code == 0
    assert (
        "2 kinds of the cluster may not be listed, so rules that read any of them were not run: pods, replicasets.apps"
        in result.err
    )


def test_a_class_that_may_not_be_read_is_known_by_its_name(program: Program, cluster: Cluster) -> None:
    """Who may read one namespace only may not list classes: whether one is missing is not told, what its controller does is."""
    items = [*system(), *shop()]
    ingress = next(one for one in items if one["kind"] == "Ingress")
    ingress["spec"]["ingressClassName"] = "nginx"
    ingress["metadata"]["annotations"] = {"nginx.ingress.kubernetes.io/proxy-read-timeout": "60s"}
    without = {**ingress, "metadata": {**ingress["metadata"], "name": "other"}, "spec": {**ingress["spec"]}}
    del without["spec"]["ingressClassName"], without["metadata"]["annotations"]
    cluster([*items, without], forbidden=["ingressclasses", "namespaces"])
    rules = {line.split(" ")[1] for line in check(program, "--namespace", "shop")}
    assert any("ingress-nginx-timeout-unit" in one for one in rules)
    assert not any("class" in one for one in rules)


def test_a_kind_that_is_broken_is_said_with_the_reason(program: Program, cluster: Cluster) -> None:
    cluster([*system(), *shop(), LONELY], broken=["gateways"])
    result = program("check", "--cluster", "--format", "concise")
    assert "1 kind of the cluster could not be listed" in result.err
    assert "(Error from server: conversion webhook for gateways.gateway.networking.k8s.io failed)" in result.err
    assert "selector-no-workload" in result.out


def test_parameters_that_may_not_be_listed_are_taken_to_be_there(program: Program, cluster: Cluster) -> None:
    items = [*system(), *shop(), *gateway_api()]
    cluster([one for one in items if one["kind"] != "EnvoyProxy"], forbidden=["envoyproxies"])
    assert check(program) == []


def test_a_cluster_of_which_nothing_may_be_read_is_an_error(program: Program, cluster: Cluster) -> None:
    cluster([], forbidden=list(resources()))
    result = program("check", "--cluster")
    assert (result.code, result.out) == (2, "")
    assert result.err.startswith("kubelint-lb: --cluster: nothing of the cluster can be read: Error from server (Forbidden)")


def test_kinds_that_kubectl_does_not_find_out_about_are_said(program: Program, cluster: Cluster) -> None:
    complaint = "error: unable to retrieve the complete list of server APIs: metrics.k8s.io/v1beta1: stale GroupVersion discovery"
    cluster([*system(), *shop()], complaint=complaint)
    result = program("check", "--cluster")
    assert result.code == 0
    assert "unable to retrieve the complete list of server APIs: metrics.k8s.io/v1beta1" in result.err


def test_quiet_keeps_notices_to_itself(program: Program, cluster: Cluster) -> None:
    cluster([*system(), *shop()], forbidden=["secrets"])
    result = program("check", "--cluster", "--quiet")
    assert (result.code, result.out, result.err) == (0, "", "")


def test_without_the_gateway_api_nobody_asks_for_it(program: Program, cluster: Cluster) -> None:
    kubectl = cluster([*system(), *shop()], resources=resources(gateway_api=False), crd=None)
    assert check(program) == []
    assert not [call for call in kubectl.calls if any("gateway" in word or "customresource" in word for word in call)]


# What is asked


def test_kubectl_is_run_as_a_program(program: Program, cluster: Cluster) -> None:
    """In the other tests here it answers in their own process."""
    kubectl = cluster([*system(), *shop(), *gateway_api(), LONELY], process=True, forbidden=["secrets"])
    result = program("check", "--cluster", "--format", "concise")
    assert (result.code, result.out.splitlines()[0].split(" ")[1]) == (1, "error[selector-no-workload]")
    assert result.err.endswith("so rules that read it were not run: secrets\n")
    assert len(kubectl.calls) > 20


def test_kubectl_only_ever_gets(program: Program, cluster: Cluster) -> None:
    kubectl = cluster([*system(), *shop(), *gateway_api()])
    check(program)
    assert {call[0] for call in kubectl.calls} == {"config", "version", "api-resources", "get"}
    assert [call[:2] for call in kubectl.calls if call[0] == "config"] == [["config", "current-context"]]


def test_lists_come_in_pages_and_do_not_wait_for_ever(program: Program, cluster: Cluster) -> None:
    kubectl = cluster([*system(), *shop()])
    check(program)
    lists = [call for call in kubectl.calls if call[0] == "get" and not call[1].startswith("customresource")]
    assert len(lists) > 15
    assert all("--chunk-size=500" in call and "--request-timeout=60s" in call for call in lists)


def test_the_data_of_secrets_is_never_asked_for(program: Program, cluster: Cluster) -> None:
    kubectl = cluster([*system(), *shop()])
    result = program("check", "--cluster", "--format", "json", "--verbose")
    (secrets,) = [call for call in kubectl.calls if call[0] == "get" and "secrets" in call[1]]
    assert secrets == ["get", "secrets", "--no-headers", "--chunk-size=500", "--all-namespaces", "--request-timeout=60s"]
    assert "LS0tLS1CRUdJTi" not in result.out


def test_of_config_maps_only_those_that_rules_read_are_asked_for(program: Program, cluster: Cluster) -> None:
    kubectl = cluster([*system(), *shop()])
    check(program)
    whole = [call for call in kubectl.calls if call[:2] == ["get", "configmaps"] and "--output=json" in call]
    assert all(any(word.startswith("--field-selector=metadata.name=") for word in call) for call in whole)


def test_one_namespace_is_all_that_is_read_of_it(program: Program, cluster: Cluster) -> None:
    kubectl = cluster([*system(), *shop(), LONELY, service("other", "default", {"app": "none"})])
    (line,) = check(program, "--namespace", "shop")
    assert line.startswith("<cluster:kind-shop>/shop/Service/api.yaml")
    gets = [call for call in kubectl.calls if call[0] == "get"]
    assert not any("--all-namespaces" in call for call in gets)
    assert ["get", "services", "--output=json", "--chunk-size=500", "--namespace=shop", "--request-timeout=60s"] in gets


def test_what_lies_in_other_namespaces_is_not_missed(program: Program, cluster: Cluster) -> None:
    items = [*system(), *shop(), *gateway_api()]
    route = next(one for one in items if one["kind"] == "HTTPRoute")
    route["spec"]["parentRefs"][0]["namespace"] = "edge"
    route["spec"]["rules"][0]["backendRefs"][0]["namespace"] = "edge"
    cluster(items)
    assert check(program, "--namespace", "shop") == []


def test_a_namespace_that_is_not_there_is_an_error(program: Program, cluster: Cluster) -> None:
    cluster(system())
    result = program("check", "--cluster", "--namespace", "shopp")
    assert (result.code, result.err) == (2, "kubelint-lb: --namespace: the cluster has no namespace 'shopp'\n")


# Versions


def test_versions_are_those_of_the_cluster(program: Program, cluster: Cluster) -> None:
    """trafficDistribution: PreferSameZone came with 1.34, and PreferClose is on its way out since."""
    web = service("web", "shop", {"app": "web"}, trafficDistribution="PreferClose")
    items = [web if (one["kind"], one["metadata"]["name"]) == ("Service", "web") else one for one in (*system(), *shop())]
    cluster(items, version="v1.31.2-gke.1697000")
    select = ("--select", "traffic-distribution-deprecated", "--severity", "info")
    assert check(program, *select) == []
    assert len(check(program, *select, "--kubernetes-version", "1.35")) == 1


# What cannot be


def test_words_in_the_place_of_objects(program: Program, cluster: Cluster) -> None:
    """A wrapper that prints a greeting."""
    kubectl = cluster([*system(), *shop()], process=True)
    script = kubectl.folder / "kubectl"
    script.write_text(script.read_text().replace("import json\n", "import json\n\nprint('welcome')\n"))
    result = program("check", "--cluster")
    assert (result.code, result.out) == (2, "")
    assert result.err == "kubelint-lb: --cluster: the cluster cannot be read: kubectl version does not say which it is\n"


def test_objects_that_are_none(program: Program, cluster: Cluster) -> None:
    kubectl = cluster([*system(), *shop()], process=True)
    script = kubectl.folder / "kubectl"
    script.write_text(script.read_text().replace('"items": items', '"items": 3'))
    result = program("check", "--cluster")
    assert (result.code, result.out) == (2, "")
    assert "is no list of objects" in result.err


def test_without_kubectl_it_says_what_to_do(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(program.folder))
    result = program("check", "--cluster")
    assert (result.code, result.out) == (2, "")
    assert result.err == (
        "kubelint-lb: --cluster: kubectl cannot be started: No such file or directory; install it, and have it on the PATH\n"
    )


def test_a_context_that_is_not_there(program: Program, cluster: Cluster) -> None:
    cluster([])
    result = program("check", "--cluster", "--context", "prdo")
    assert (result.code, result.err) == (
        2,
        'kubelint-lb: --cluster: the cluster cannot be read: context "prdo" does not exist\n',
    )


def test_a_server_that_does_not_answer(program: Program, cluster: Cluster) -> None:
    cluster([], version=None)
    result = program("check", "--cluster")
    assert result.code == 2
    assert "the cluster cannot be read: The connection to the server 10.0.0.1:6443 was refused" in result.err


def test_in_a_pod_there_may_be_no_context(program: Program, cluster: Cluster) -> None:
    cluster([*system(), *shop(), LONELY], context="")
    (line,) = check(program)
    assert line.startswith("<cluster:current>/shop/Service/api.yaml")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--fix",), "it does not go with --fix"),
        (("--diff",), "it does not go with --diff"),
        (("--add-ignores", "later"), "it does not go with --add-ignores"),
        (("--watch",), "it does not go with --watch"),
        (("--new-since", "main"), "it does not go with --new-since"),
        (("--changed-since", "main"), "it does not go with --changed-since"),
        (("-",), "it does not go with standard input"),
        (("--context", "--all"), "--context: '--all' is no name"),
        (("--namespace", ""), "--namespace: '' is no name"),
    ],
)
def test_options_that_say_nothing_of_a_cluster(program: Program, arguments: tuple[str, ...], words: str) -> None:
    result = program("check", "--cluster", *arguments)
    assert result.code == 2
    assert words in result.err


@pytest.mark.parametrize("option", ["--context", "--namespace"])
def test_options_of_a_cluster_need_one(program: Program, option: str) -> None:
    result = program("check", option, "prod")
    assert (result.code, result.err) == (2, f"kubelint-lb: {option} goes with --cluster\n")
