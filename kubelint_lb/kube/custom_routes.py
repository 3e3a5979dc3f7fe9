"""The references of routes and splits that controllers define themselves: rows of data.

Sources: the API types of Traefik v3.7 (`pkg/provider/kubernetes/crd/traefikio/v1alpha1`), Contour v1.33
(`apis/projectcontour/v1`), NGINX Ingress Controller v5.5 (`pkg/apis/configuration/v1`), SMI v1alpha4, OpenShift `route/v1`, Argo
Rollouts v1.9 (`pkg/apis/rollouts/v1alpha1`) and Flagger v1.44 (`pkg/apis/flagger/v1beta1`).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kubelint_lb.kube.kinds import KINDS
from kubelint_lb.kube.references import Reference
from kubelint_lb.kube.service import Service, ServicePort
from kubelint_lb.kube.values import integer, items, name_text, present, text
from kubelint_lb.kube.view import View
from kubelint_lb.source.node import Mapping, Node
from kubelint_lb.source.placeholder import is_open, may_equal


class _Row(NamedTuple):
    """Where a reference stands: a path from the root (`[]`: each item of a list) to a map, and the fields there that say the
    name, port, namespace and kind. Without a namespace, the object's own is meant; without a kind, `target`. `qualified`: the
    name may be written as `namespace/name`."""

    path: str
    target: str = "Service"
    name: str = "name"
    port: str = "port"
    namespace: str = ""
    kind: str = ""
    qualified: bool = False


class CustomReference(NamedTuple):
    """A reference of such an object, with its port where it says one, and the map that it stands in."""

    reference: Reference
    port_node: Node | None
    node: Mapping

    @property
    def port_number(self) -> int | None:
        """The port by number."""
        return integer(self.port_node)

    @property
    def port_text(self) -> str:
        """The port as written, empty where there is none or it is not known."""
        written = name_text(self.port_node) or ""
        return "" if is_open(written) else written

    def ports_of(self, service: Service) -> list[ServicePort]:
        """The ports of its Service that it means or may mean, by number or name; all where it says none."""
        if not self.port_text:
            return list(service.ports)
        number = self.port_number
        if number is None and self.port_text.isdecimal():
            number = int(self.port_text)
        return [one for one in service.ports if (one.port in {number, None} if number else may_equal(one.name, self.port_text))]


def _traefik(path: str) -> _Row:
    return _Row(path, namespace="namespace", kind="kind")


def _policy(path: str) -> _Row:
    return _Row(path, "NginxPolicy", namespace="namespace")


_UPSTREAM = _Row("spec.upstreams[]", name="service")
_CANARY = "spec.strategy.canary"
_ROUTING = f"{_CANARY}.trafficRouting"

ROWS: dict[str, tuple[_Row, ...]] = {
    "IngressRoute": (
        _traefik("spec.routes[].services[]"),
        _Row("spec.routes[].middlewares[]", "Middleware", namespace="namespace"),
        _Row("spec.tls.options", "TLSOption", namespace="namespace"),
    ),
    "IngressRouteTCP": (
        _Row("spec.routes[].services[]", namespace="namespace"),
        _Row("spec.routes[].middlewares[]", "MiddlewareTCP", namespace="namespace"),
        _Row("spec.tls.options", "TLSOption", namespace="namespace"),
    ),
    "IngressRouteUDP": (_Row("spec.routes[].services[]", namespace="namespace"),),
    "TraefikService": (
        _traefik("spec.weighted.services[]"),
        _traefik("spec.mirroring"),
        _traefik("spec.mirroring.mirrors[]"),
    ),
    "Middleware": (
        _traefik("spec.errors.service"),
        _Row("spec.chain.middlewares[]", "Middleware", namespace="namespace"),
    ),
    "HTTPProxy": (
        _Row("spec.routes[].services[]"),
        _Row("spec.tcpproxy.services[]"),
        _Row("spec.includes[]", "HTTPProxy", namespace="namespace"),
        _Row("spec.tcpproxy.include", "HTTPProxy", namespace="namespace"),
    ),
    "VirtualServer": (
        _UPSTREAM,
        _Row("spec.routes[]", "VirtualServerRoute", name="route", qualified=True),
        _policy("spec.policies[]"),
        _policy("spec.routes[].policies[]"),
    ),
    "VirtualServerRoute": (_UPSTREAM, _policy("spec.subroutes[].policies[]")),
    "TransportServer": (_UPSTREAM,),
    "TrafficSplit": (_Row("spec", name="service"), _Row("spec.backends[]", name="service")),
    "OpenShiftRoute": (_Row("spec.to", port="", kind="kind"), _Row("spec.alternateBackends[]", port="", kind="kind")),
    "Rollout": (
        *(
            _Row(path, name=name, port="")
            for path, name in (
                (_CANARY, "canaryService"),
                (_CANARY, "stableService"),
                (f"{_CANARY}.pingPong", "pingService"),
                (f"{_CANARY}.pingPong", "pongService"),
                (f"{_ROUTING}.alb", "rootService"),
                ("spec.strategy.blueGreen", "activeService"),
                ("spec.strategy.blueGreen", "previewService"),
            )
        ),
        _Row(f"{_ROUTING}.nginx", "Ingress", name="stableIngress"),
        _Row(f"{_ROUTING}.nginx.stableIngresses[]", "Ingress", name=""),
        _Row(f"{_ROUTING}.alb", "Ingress", name="ingress"),
        _Row(f"{_ROUTING}.alb.ingresses[]", "Ingress", name=""),
        _Row(f"{_ROUTING}.istio.virtualService", "VirtualService"),
        _Row(f"{_ROUTING}.istio.virtualServices[]", "VirtualService"),
        _Row(f"{_ROUTING}.istio.destinationRule", "DestinationRule"),
    ),
    "Canary": (_Row("spec.ingressRef", "Ingress"),),
}
# The kinds that a field may name; others are an implementation's own.
_NAMED_KINDS = frozenset({"Service", "TraefikService"})


def custom_references(view: View, target: str | None = None) -> Iterator[CustomReference]:
    """The references of an object of such a kind to others of one kind (`Service`, `Ingress`, …), or to all, as written."""
    for row in ROWS.get(view.manifest.view_name or "", ()):
        for parent, node in _nodes(view.node, row.path.split(".")):
            found = _reference(view, row, parent, node)
            if found is not None and target in {None, found.reference.target.kind}:
                yield found


def _nodes(node: Node | None, steps: list[str], parent: Mapping | None = None) -> Iterator[tuple[Mapping, Node]]:
    """What stands at a path, with the map around it."""
    if node is None or not steps:
        if node is not None and parent is not None:
            yield (node if isinstance(node, Mapping) else parent), node
        return
    if isinstance(node, Mapping):
        inner = present(node.get(steps[0].removesuffix("[]")))
        for one in items(inner) if steps[0].endswith("[]") else (inner,):
            yield from _nodes(one, steps[1:], node)


def _reference(view: View, row: _Row, parent: Mapping, node: Node) -> CustomReference | None:
    name_node = present(parent.get(row.name)) if row.name else node
    name = name_text(name_node)
    kind = (text(parent.get(row.kind)) or row.target) if row.kind else row.target
    if name is None or name_node is None or not name or "@" in name or (row.kind and kind not in _NAMED_KINDS):
        return None
    written = name_text(parent.get(row.namespace)) if row.namespace else None
    if row.qualified and "/" in name:
        written, _, name = name.partition("/")
    reference = Reference(view.manifest, name_node, KINDS[kind], written or view.namespace, name, bool(written))
    return CustomReference(reference, present(parent.get(row.port)) if row.port and kind == "Service" else None, parent)
