"""Ingress and IngressClass (networking.k8s.io/v1)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from kubelint_lb.kube.kinds import KINDS
from kubelint_lb.kube.references import Reference
from kubelint_lb.kube.service import Service, ServicePort
from kubelint_lb.kube.values import integer, items, mappings, name_text, present, text
from kubelint_lb.kube.view import View
from kubelint_lb.source.node import Mapping, Node

CLASS_ANNOTATION = "kubernetes.io/ingress.class"
_SOLVER = "acme.cert-manager.io/http01-solver"
# The port name by which the AWS controller finds an action in an annotation.
USE_ANNOTATION = "use-annotation"
DEFAULT_CLASS_ANNOTATION = "ingressclass.kubernetes.io/is-default-class"


class IngressBackend(NamedTuple):
    """A `service` backend: the Service and its port by number or by name (one of them is None)."""

    node: Mapping
    reference: Reference
    port_number: int | None
    port_name: str | None
    port_node: Node

    def ports_of(self, service: Service) -> list[ServicePort]:
        """The ports of its Service that it means; several where TCP and UDP share a number."""
        if self.port_number is not None:
            return service.ports_numbered(self.port_number)
        return [port for port in service.ports if port.name and port.name == self.port_name]

    @property
    def port_text(self) -> str:
        """The port as written, empty where there is none."""
        return str(self.port_number) if self.port_number is not None else self.port_name or ""


class IngressTLS(NamedTuple):
    """One entry of `spec.tls`: its hosts with where each stands (none: every host), and its Secret, None where it names none."""

    node: Mapping
    hosts: tuple[tuple[str, Node], ...]
    secret: Reference | None

    def covers(self, host: str) -> bool:
        """A host is one of its hosts, or below a wildcard of one label; an entry without hosts covers all.

        Source: ingress-nginx `internal/ingress/controller/controller.go`, extractTLSSecretName; RFC 6125 6.4.3.
        """
        host = host.lower()
        return not self.hosts or any(is_below(host, one.lower()) for one, _ in self.hosts)


def is_below(host: str, name: str) -> bool:
    """A certificate for a name serves a host: the same name, or `*.` and all but the host's first label."""
    return host == name or (name.startswith("*.") and host.partition(".")[2] == name[2:] and not host.startswith("*."))


class IngressPath(NamedTuple):
    """One host and path of an Ingress. `backend` is None for a resource backend or a malformed one.

    `host` is empty for every host, `path` empty where unset.
    """

    node: Mapping
    host: str
    host_node: Node | None
    path: str
    path_type: str
    backend: IngressBackend | None

    @property
    def place(self) -> Node:
        """Where the path stands, else what else tells the entry from others."""
        for field in ("path", "pathType"):
            if (found := present(self.node.get(field))) is not None:
                return found
        return self.node if self.backend is None else self.backend.reference.node

    @property
    def type_node(self) -> Node | None:
        """Where the path type stands."""
        return present(self.node.get("pathType"))

    @property
    def type_text(self) -> str:
        """The path type as written, for messages."""
        return name_text(self.node.get("pathType")) or "without pathType"

    @property
    def route(self) -> str:
        """`shop.example/cart`, for messages; `*` for every host."""
        return f"{self.host or '*'}{self.path or '/'}"

    @property
    def location(self) -> tuple[str, str, str]:
        """What nginx makes a location of: host, path, and Exact or Prefix (ImplementationSpecific reads as Prefix).

        Source: ingress-nginx `internal/ingress/controller/controller.go`.
        """
        kind = "Exact" if self.path_type == "Exact" else "Prefix"
        return self.host or "_", self.path or "/", kind


class Ingress(View):
    """An Ingress."""

    @property
    def is_solver(self) -> bool:
        """cert-manager made it for a moment, to answer a challenge."""
        return self.labels.get(_SOLVER) == "true"

    @cached_property
    def class_name(self) -> str | None:
        """The class from the field, else from the annotation; None where neither says. An empty field counts as said."""
        field = text(self.at("spec", "ingressClassName"))
        return field if field is not None else self.annotations.get(CLASS_ANNOTATION)

    @property
    def class_place(self) -> Node:
        """Where the class is said, else the object's name."""
        return self.at("spec", "ingressClassName") or self.annotation(CLASS_ANNOTATION) or self.manifest.name_node

    @cached_property
    def default_backend(self) -> IngressBackend | None:
        """`spec.defaultBackend` where it names a Service."""
        return self._backend(self.at("spec", "defaultBackend"))

    @cached_property
    def paths(self) -> tuple[IngressPath, ...]:
        """Every path of every rule, in order."""
        return tuple(self._paths())

    def _paths(self) -> Iterator[IngressPath]:
        for rule in mappings(self.at("spec", "rules")):
            host_node = present(rule.get("host"))
            for entry in mappings(rule.get("http", "paths")):
                backend = self._backend(entry.get("backend"))
                path, kind = name_text(entry.get("path")) or "", text(entry.get("pathType")) or "ImplementationSpecific"
                yield IngressPath(entry, name_text(host_node) or "", host_node, path, kind, backend)

    @cached_property
    def tls(self) -> tuple[IngressTLS, ...]:
        """The entries of `spec.tls`."""
        return tuple(self._tls(entry) for entry in mappings(self.at("spec", "tls")))

    def _tls(self, entry: Mapping) -> IngressTLS:
        hosts = tuple((host, node) for node in items(entry.get("hosts")) if (host := name_text(node)))
        node = present(entry.get("secretName"))
        name = name_text(node)
        secret = Reference(self.manifest, node, KINDS["Secret"], self.namespace, name) if node is not None and name else None
        return IngressTLS(entry, hosts, secret)

    @cached_property
    def host_nodes(self) -> dict[str, Node]:
        """The hosts of its rules, without rules for every host, each with where it stands first."""
        found: dict[str, Node] = {}
        for rule in mappings(self.at("spec", "rules")):
            node = present(rule.get("host"))
            host = name_text(node)
            if node is not None and host:
                found.setdefault(host, node)
        return found

    @property
    def hosts(self) -> set[str]:
        """The hosts of its rules; an empty text for a rule without one."""
        return {name_text(rule.get("host")) or "" for rule in mappings(self.at("spec", "rules"))}

    @cached_property
    def backends(self) -> tuple[IngressBackend, ...]:
        """Every Service backend: the default one first, then by path."""
        found = [self.default_backend, *(path.backend for path in self.paths)]
        return tuple(backend for backend in found if backend is not None)

    @property
    def routes(self) -> Iterator[tuple[str, IngressBackend]]:
        """Every Service backend with the requests it serves, in words."""
        if self.default_backend is not None:
            yield "what no rule matches", self.default_backend
        for path in self.paths:
            if path.backend is not None:
                yield path.route, path.backend

    def _backend(self, node: Node | None) -> IngressBackend | None:
        if not isinstance(node, Mapping):
            return None
        service = node.get("service")
        if isinstance(service, Mapping):
            name_node = present(service.get("name"))
            number, port_name = integer(service.get("port", "number")), name_text(service.get("port", "name"))
            port_node = present(service.get("port", "number")) or present(service.get("port", "name"))
        else:  # the removed v1beta1 form
            name_node = present(node.get("serviceName"))
            port_node = present(node.get("servicePort"))
            number = integer(port_node)
            port_name = name_text(port_node) if number is None else None
        name = name_text(name_node)
        if name is None or name_node is None:
            return None
        reference = Reference(self.manifest, name_node, KINDS["Service"], self.namespace, name)
        return IngressBackend(node, reference, number or None, port_name, port_node or name_node)


class IngressClass(View):
    """An IngressClass."""

    @property
    def controller(self) -> str:
        """`spec.controller`."""
        return text(self.at("spec", "controller")) or ""

    @property
    def is_default(self) -> bool:
        """Marked as default; only the exact text `true` counts."""
        return self.annotations.get(DEFAULT_CLASS_ANNOTATION) == "true"
