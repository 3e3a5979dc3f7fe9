"""Containers that a webhook adds to pods: who asks for them, and the port names that they bring.

They are in no pod template. A name here is known to come from a sidecar; whether it comes is said by labels and annotations of
the template, or of the namespace.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from kubelint_lb.kube.view import View
from kubelint_lb.kube.workload import Workload
from kubelint_lb.source.node import Mapping as MappingNode
from kubelint_lb.source.node import Node, Scalar
from kubelint_lb.source.placeholder import has_placeholder
from kubelint_lb.source.values import string_map

# What switches an injector off, in any of the spellings that they take; everything else asks for it.
_OFF = frozenset({"false", "disabled", "disable", "no", "n", "off", "0", ""})


class Injector(NamedTuple):
    """Something that adds containers.

    `pod`: labels or annotations of the pod template that ask for it; `namespace`: those of the namespace. `ports`: the names of
    its containers' ports; None where its own configuration decides them, so that any name may be one.
    """

    pod: frozenset[str]
    namespace: frozenset[str]
    ports: frozenset[str] | None


def _injector(pod: str, namespace: str = "", ports: str | None = None) -> Injector:
    return Injector(frozenset(pod.split()), frozenset(namespace.split()), None if ports is None else frozenset(ports.split()))


INJECTORS = (
    # istio `manifests/charts/istio-control/istio-discovery/files/injection-template.yaml`
    _injector("sidecar.istio.io/inject istio.io/rev", "istio-injection istio.io/rev", "http-envoy-prom mesh-metrics status-port"),
    # linkerd2 `charts/partials/templates/_proxy.tpl`
    _injector("linkerd.io/inject", "linkerd.io/inject", "linkerd-proxy linkerd-admin"),
    # dapr `pkg/injector/patcher/sidecar_container.go`
    _injector("dapr.io/enabled", ports="dapr-http dapr-grpc dapr-internal dapr-metrics dapr-debug"),
    # jaeger-operator `pkg/inject/sidecar.go`
    _injector(
        "sidecar.jaegertracing.io/inject",
        "sidecar.jaegertracing.io/inject",
        "zk-compact-trft config-rest jg-compact-trft jg-binary-trft admin-http",
    ),
    # aws-app-mesh-controller `pkg/inject/envoy.go`
    _injector("appmesh.k8s.aws/sidecarInjectorWebhook", "appmesh.k8s.aws/sidecarInjectorWebhook", "stats"),
    # opentelemetry-operator `internal/manifests/collector/container.go`: the ports of the collector's receivers
    _injector("sidecar.opentelemetry.io/inject", "sidecar.opentelemetry.io/inject"),
    # kuma `pkg/plugins/runtime/k8s/metadata/annotations.go`, consul-k8s `control-plane/connect-inject/constants`,
    # nginx-service-mesh, open-service-mesh
    _injector("kuma.io/sidecar-injection", "kuma.io/sidecar-injection"),
    _injector("consul.hashicorp.com/connect-inject", "consul.hashicorp.com/connect-inject"),
    _injector("injector.nsm.nginx.com/auto-inject", "injector.nsm.nginx.com/auto-inject"),
    _injector("openservicemesh.io/sidecar-injection", "openservicemesh.io/sidecar-injection openservicemesh.io/monitored-by"),
)


def may_be_injected(port: str, workload: Workload, namespaces: Iterable[View]) -> bool:
    """A container with a port of this name may be added to the pods. `namespaces`: those that the workload is in, as far as they
    are here; where an injector listens to namespaces, one that is not here may ask for it."""
    template = workload.template
    own = _said(template.node.get("metadata") if template is not None else None)
    around = [_said(view.manifest.metadata) for view in namespaces]
    return any(_adds(one, port, own, around) for one in INJECTORS)


class _Said(NamedTuple):
    """What labels and annotations say, in this order; `open`: some of their keys are filled in later."""

    words: tuple[tuple[str, str], ...]
    open: bool

    def speaks_of(self, keys: frozenset[str]) -> bool:
        return any(key in keys for key, _ in self.words)

    def asks(self, keys: frozenset[str]) -> bool:
        """One of the two is enough: Istio reads the label, older ones of it the annotation."""
        return any(key in keys and value.lower() not in _OFF for key, value in self.words)


def _said(metadata: Node | None) -> _Said:
    if not isinstance(metadata, MappingNode):
        return _Said((), _is_open(metadata))
    parts = [metadata.get("labels"), metadata.get("annotations")]
    words = tuple(pair for part in parts for pair in string_map(part).items())
    return _Said(words, any(map(_is_open, parts)) or any(has_placeholder(key) for key, _ in words))


def _is_open(node: Node | None) -> bool:
    """A placeholder where a map belongs: any key may be in it."""
    return isinstance(node, Scalar) and node.unknown


def _adds(injector: Injector, port: str, own: _Said, around: Iterable[_Said]) -> bool:
    if injector.ports is not None and port not in injector.ports:
        return False
    if own.speaks_of(injector.pod):
        return own.asks(injector.pod)
    if own.open:
        return True
    if injector.ports is not None and injector.namespace:
        return True  # whoever labels the namespace may be elsewhere, and the name is no other's
    return any(one.open or one.asks(injector.namespace) for one in around if injector.namespace)
