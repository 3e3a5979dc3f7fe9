"""A cluster as its API server answers, and a `kubectl` that answers from it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TypeAlias

Item: TypeAlias = "dict[str, Any]"

# Columns as kubectl prints them: short names may be missing.
_API_RESOURCES = {
    "namespaces": "ns v1 false Namespace",
    "services": "svc v1 true Service",
    "endpoints": "ep v1 true Endpoints",
    "pods": "po v1 true Pod",
    "secrets": "v1 true Secret",
    "configmaps": "cm v1 true ConfigMap",
    "replicationcontrollers": "rc v1 true ReplicationController",
    "deployments": "deploy apps/v1 true Deployment",
    "replicasets": "rs apps/v1 true ReplicaSet",
    "statefulsets": "sts apps/v1 true StatefulSet",
    "daemonsets": "ds apps/v1 true DaemonSet",
    "jobs": "batch/v1 true Job",
    "cronjobs": "cj batch/v1 true CronJob",
    "endpointslices": "discovery.k8s.io/v1 true EndpointSlice",
    "ingresses": "ing networking.k8s.io/v1 true Ingress",
    "ingressclasses": "networking.k8s.io/v1 false IngressClass",
    "networkpolicies": "netpol networking.k8s.io/v1 true NetworkPolicy",
    "horizontalpodautoscalers": "hpa autoscaling/v2 true HorizontalPodAutoscaler",
    "poddisruptionbudgets": "pdb policy/v1 true PodDisruptionBudget",
    "nodes": "no v1 false Node",
}
_GATEWAY_RESOURCES = {
    "gatewayclasses": "gc gateway.networking.k8s.io/v1 false GatewayClass",
    "gateways": "gtw gateway.networking.k8s.io/v1 true Gateway",
    "httproutes": "gateway.networking.k8s.io/v1 true HTTPRoute",
    "referencegrants": "refgrant gateway.networking.k8s.io/v1beta1 true ReferenceGrant",
    "envoyproxies": "gateway.envoyproxy.io/v1alpha1 true EnvoyProxy",
}

_STUB = Path(__file__).with_name("stub.py")


def resources(*, gateway_api: bool = True) -> dict[str, str]:
    """What `kubectl api-resources` prints, by the plural name."""
    return {**_API_RESOURCES, **(_GATEWAY_RESOURCES if gateway_api else {})}


def crd(version: str = "v1.2.1", channel: str = "standard") -> Item:
    """The definition of Gateways, as the Gateway API's release installs it."""
    annotations = {
        "gateway.networking.k8s.io/bundle-version": version,
        "gateway.networking.k8s.io/channel": channel,
    }
    return {"kind": "CustomResourceDefinition", "metadata": {"name": "gateways", "annotations": annotations}}


class Kubectl:
    """The stub, in a folder of its own that is the whole PATH, and what it was asked."""

    def __init__(self, folder: Path, items: Iterable[Item], said: Mapping[str, Any]) -> None:
        self.folder = folder
        cluster = {
            "context": "kind-shop",
            "version": "v1.31.2-eks-7f9249a",
            "resources": resources(),
            "complaint": "",
            "forbidden": [],
            "broken": [],
            "crd": crd(),
            "items": list(items),
            **said,
        }
        (folder / "cluster.json").write_text(json.dumps(cluster))
        script = folder / "kubectl"
        # Isolated, and without site packages: it starts thirty times for a run.
        script.write_text(f"#!{sys.executable} -IS\n{_STUB.read_text()}")
        script.chmod(0o755)

    @property
    def path(self) -> str:
        """A PATH with this kubectl before any other."""
        return f"{self.folder}{os.pathsep}{os.environ['PATH']}"

    @property
    def calls(self) -> list[list[str]]:
        """The arguments of each call."""
        return [json.loads(line) for line in (self.folder / "calls.log").read_text().splitlines()]


def made(kind: str, name: str, namespace: str | None, spec: Item | None = None, *, api: str = "v1", **more: Any) -> Item:
    """An object as the API server keeps it, with what it adds to every one."""
    owners = more.pop("owners", None)
    annotations = more.pop("annotations", {})
    labels = more.pop("labels", {})
    metadata: Item = {
        "name": name,
        "uid": "00000000-0000-0000-0000-000000000001",
        "resourceVersion": "4711",
        "creationTimestamp": "2025-06-01T10:00:00Z",
        "generation": 1,
        "managedFields": [
            {"manager": "kubectl-client-side-apply", "operation": "Update", "fieldsType": "FieldsV1", "fieldsV1": {"f:spec": {}}}
        ],
    }
    if namespace is not None:
        metadata["namespace"] = namespace
    for field, value in (("annotations", annotations), ("labels", labels), ("ownerReferences", owners)):
        if value:
            metadata[field] = value
    return {"apiVersion": api, "kind": kind, "metadata": metadata, **({"spec": spec} if spec is not None else {}), **more}


def owner(api: str, kind: str, name: str) -> list[Item]:
    """Who made an object."""
    uid = "00000000-0000-0000-0000-000000000001"
    return [{"apiVersion": api, "kind": kind, "name": name, "uid": uid, "controller": True, "blockOwnerDeletion": True}]


def service(name: str, namespace: str, selector: Item | None, ports: list[Item] | None = None, **more: Any) -> Item:
    """A Service with the fields that the API server fills in."""
    metadata = {key: more.pop(key) for key in ("owners", "annotations", "labels") if key in more}
    spec: Item = {
        "clusterIP": "10.96.0.20",
        "clusterIPs": ["10.96.0.20"],
        "internalTrafficPolicy": "Cluster",
        "ipFamilies": ["IPv4"],
        "ipFamilyPolicy": "SingleStack",
        "ports": ports or [{"name": "http", "port": 80, "protocol": "TCP", "targetPort": 8080}],
        "sessionAffinity": "None",
        "type": "ClusterIP",
        **({"selector": selector} if selector else {}),
        **more,
    }
    return made("Service", name, namespace, spec, status={"loadBalancer": {}}, **metadata)


def pod_spec(**more: Any) -> Item:
    """The spec of a pod with the fields that the API server fills in; `more` is of its container."""
    container = {
        "name": "web",
        "image": "registry.example/web:1.4",
        "imagePullPolicy": "IfNotPresent",
        "resources": {},
        "terminationMessagePath": "/dev/termination-log",
        "terminationMessagePolicy": "File",
        "ports": [{"containerPort": 8080, "protocol": "TCP", "name": "http"}],
        "readinessProbe": {
            "httpGet": {"path": "/ready", "port": 8080, "scheme": "HTTP"},
            "timeoutSeconds": 1,
            "periodSeconds": 10,
            "successThreshold": 1,
            "failureThreshold": 3,
        },
        "lifecycle": {"preStop": {"sleep": {"seconds": 5}}},
        **more,
    }
    return {
        "containers": [container],
        "dnsPolicy": "ClusterFirst",
        "restartPolicy": "Always",
        "schedulerName": "default-scheduler",
        "securityContext": {},
        "terminationGracePeriodSeconds": 30,
    }


def deployment(name: str, namespace: str, pod_labels: Item, *, replicas: int = 2, **more: Any) -> Item:
    """A Deployment as the API server keeps it."""
    spec = {
        "progressDeadlineSeconds": 600,
        "replicas": replicas,
        "revisionHistoryLimit": 10,
        "selector": {"matchLabels": pod_labels},
        "strategy": {"type": "RollingUpdate", "rollingUpdate": {"maxSurge": "25%", "maxUnavailable": "25%"}},
        "template": {"metadata": {"creationTimestamp": None, "labels": pod_labels}, "spec": more.pop("pod", None) or pod_spec()},
    }
    annotations = {"deployment.kubernetes.io/revision": "3", "kubectl.kubernetes.io/last-applied-configuration": "{}\n"}
    return made(
        "Deployment", name, namespace, spec, api="apps/v1", annotations=annotations, status={"replicas": replicas}, **more
    )


def pods_of(deployed: Item) -> list[Item]:
    """The ReplicaSet and the pods that controllers make of a Deployment."""
    about, spec = deployed["metadata"], deployed["spec"]
    name, namespace = about["name"], about["namespace"]
    labels = {**spec["template"]["metadata"]["labels"], "pod-template-hash": "7d9c"}
    template = {"metadata": {"labels": labels}, "spec": spec["template"]["spec"]}
    replica_set = made(
        "ReplicaSet",
        f"{name}-7d9c",
        namespace,
        {"replicas": spec["replicas"], "selector": {"matchLabels": labels}, "template": template},
        api="apps/v1",
        labels=labels,
        owners=owner("apps/v1", "Deployment", name),
    )
    pods = [
        made(
            "Pod",
            f"{name}-7d9c-{number}",
            namespace,
            {**spec["template"]["spec"], "nodeName": "node-1", "serviceAccountName": "default", "serviceAccount": "default"},
            labels=labels,
            owners=owner("apps/v1", "ReplicaSet", f"{name}-7d9c"),
            status={"phase": "Running", "podIP": f"10.0.0.{number}"},
        )
        for number in range(spec["replicas"])
    ]
    return [replica_set, *pods]


def slice_of(name: str, namespace: str, *, addresses: tuple[str, ...] = ("10.0.0.1", "10.0.0.2")) -> Item:
    """The EndpointSlice of a Service."""
    found = made(
        "EndpointSlice",
        f"{name}-x7k2p",
        namespace,
        api="discovery.k8s.io/v1",
        labels={
            "kubernetes.io/service-name": name,
            "endpointslice.kubernetes.io/managed-by": "endpointslice-controller.k8s.io",
        },
        owners=owner("v1", "Service", name),
    )
    endpoints = [{"addresses": [one], "conditions": {"ready": True, "serving": True}} for one in addresses]
    ports = [{"name": "http", "port": 8080, "protocol": "TCP"}]
    return {**found, "addressType": "IPv4", "endpoints": endpoints or None, "ports": ports if addresses else None}


def system() -> list[Item]:
    """What every cluster has before anybody deploys anything."""
    dns = {"k8s-app": "kube-dns"}
    coredns = deployment("coredns", "kube-system", dns, labels=dns)
    ports = [
        {"name": "dns", "port": 53, "protocol": "UDP", "targetPort": 53},
        {"name": "dns-tcp", "port": 53, "protocol": "TCP", "targetPort": 53},
        {"name": "metrics", "port": 9153, "protocol": "TCP", "targetPort": 9153},
    ]
    api = {"component": "apiserver", "provider": "kubernetes"}
    kubernetes = [{"name": "https", "port": 443, "protocol": "TCP", "targetPort": 6443}]
    proxy = made("DaemonSet", "kube-proxy", "kube-system", _proxy(), api="apps/v1", labels={"k8s-app": "kube-proxy"})
    spec = pod_spec()
    spec["containers"][0]["ports"] = []
    static = made("Pod", "kube-apiserver-node-1", "kube-system", spec, owners=owner("v1", "Node", "node-1"))
    subsets = [{"addresses": [{"ip": "172.18.0.2"}], "ports": [{"name": "https", "port": 6443, "protocol": "TCP"}]}]
    return [
        *(
            made("Namespace", name, None, {"finalizers": ["kubernetes"]}, labels={"kubernetes.io/metadata.name": name})
            for name in ("default", "kube-node-lease", "kube-public", "kube-system")
        ),
        service("kubernetes", "default", None, kubernetes, labels=api),
        _slice_of_the_api_server(),
        {**made("Endpoints", "kubernetes", "default"), "subsets": subsets},
        service("kube-dns", "kube-system", dns, ports, labels={**dns, "kubernetes.io/name": "CoreDNS"}),
        slice_of("kube-dns", "kube-system"),
        coredns,
        *pods_of(coredns),
        proxy,
        static,
        {**made("ConfigMap", "kube-root-ca.crt", "default"), "data": {"ca.crt": "-----BEGIN CERTIFICATE-----"}},
        {**made("ConfigMap", "kube-proxy", "kube-system"), "data": {"config.conf": _PROXY}},
    ]


def _slice_of_the_api_server() -> Item:
    """It writes its own, by itself: no owner, no manager."""
    labels = {"kubernetes.io/service-name": "kubernetes"}
    found = made("EndpointSlice", "kubernetes", "default", api="discovery.k8s.io/v1", labels=labels)
    endpoints = [{"addresses": ["172.18.0.2"], "conditions": {"ready": True}}]
    return {**found, "addressType": "IPv4", "endpoints": endpoints, "ports": [{"name": "https", "port": 6443, "protocol": "TCP"}]}


def _proxy() -> Item:
    labels = {"k8s-app": "kube-proxy"}
    spec = {**pod_spec(), "hostNetwork": True}
    return {"selector": {"matchLabels": labels}, "template": {"metadata": {"labels": labels}, "spec": spec}}


_PROXY = """\
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
mode: ""
clusterCIDR: 10.244.0.0/16
"""


def shop(*, replicas: int = 2) -> list[Item]:
    """A shop that is as it should be: an Ingress and a route, to a Service with pods."""
    labels = {"app": "web"}
    web = deployment("web", "shop", labels, replicas=replicas)
    ingress = {
        "ingressClassName": "haproxy",
        "rules": [{"host": "shop.example", "http": {"paths": [_path("web")]}}],
        "tls": [{"hosts": ["shop.example"], "secretName": "shop-tls"}],
    }
    data = {"tls.crt": "LS0tLS1CRUdJTi==", "tls.key": "c2VjcmV0LWtleQ=="}
    return [
        made("Namespace", "shop", None, {"finalizers": ["kubernetes"]}),
        made(
            "IngressClass", "haproxy", None, {"controller": "haproxy.org/ingress-controller/haproxy"}, api="networking.k8s.io/v1"
        ),
        web,
        *pods_of(web),
        service("web", "shop", labels),
        slice_of("web", "shop"),
        {**made("Endpoints", "web", "shop"), "subsets": [{"addresses": [{"ip": "10.0.0.1"}]}]},
        made("Ingress", "web", "shop", ingress, api="networking.k8s.io/v1", status={"loadBalancer": {}}),
        {**made("Secret", "shop-tls", "shop"), "type": "kubernetes.io/tls", "data": data},
        made("PodDisruptionBudget", "web", "shop", {"maxUnavailable": 1, "selector": {"matchLabels": labels}}, api="policy/v1"),
    ]


def _path(name: str) -> Item:
    return {"path": "/", "pathType": "Prefix", "backend": {"service": {"name": name, "port": {"name": "http"}}}}


def gateway_api(*, backend: str = "web", conditions: list[Item] | None = None) -> list[Item]:
    """A Gateway and a route, with the defaults of their definitions and what their controller says of them."""
    group = "gateway.networking.k8s.io"
    parameters = {"group": "gateway.envoyproxy.io", "kind": "EnvoyProxy", "name": "edge", "namespace": "edge"}
    gateway_class = {"controllerName": "gateway.envoyproxy.io/gatewayclass-controller", "parametersRef": parameters}
    listener = {
        "name": "web",
        "port": 80,
        "protocol": "HTTP",
        "hostname": "api.example",
        "allowedRoutes": {"namespaces": {"from": "Same"}},
    }
    route: Item = {
        "hostnames": ["api.example"],
        "parentRefs": [{"group": group, "kind": "Gateway", "name": "edge"}],
        "rules": [
            {
                "matches": [{"path": {"type": "PathPrefix", "value": "/"}}],
                "backendRefs": [{"group": "", "kind": "Service", "name": backend, "port": 80, "weight": 1}],
            }
        ],
    }
    parent = {"controllerName": gateway_class["controllerName"], "parentRef": route["parentRefs"][0]}
    status = {"parents": [{**parent, "conditions": conditions or [condition("ResolvedRefs", "True", "ResolvedRefs")]}]}
    api = f"{group}/v1"
    return [
        made("Namespace", "edge", None, {"finalizers": ["kubernetes"]}),
        made("GatewayClass", "eg", None, gateway_class, api=api),
        made("EnvoyProxy", "edge", "edge", {}, api="gateway.envoyproxy.io/v1alpha1"),
        made("Gateway", "edge", "shop", {"gatewayClassName": "eg", "listeners": [listener]}, api=api),
        made("HTTPRoute", "api", "shop", route, api=api, status=status),
    ]


def condition(kind: str, status: str, reason: str, message: str = "as it is", generation: int = 1) -> Item:
    """What a controller says of an object."""
    return {
        "type": kind,
        "status": status,
        "reason": reason,
        "message": message,
        "observedGeneration": generation,
        "lastTransitionTime": "2025-06-01T10:00:00Z",
    }
