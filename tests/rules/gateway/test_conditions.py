"""What controllers say in a status, said before: a reason at its node in a complete world, nothing where evidence is missing."""

from __future__ import annotations

import pytest

from tests.conftest import LintText

GATEWAY = """\
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {{name: edge, namespace: gateways}}
spec:
  gatewayClassName: cilium
{0}"""
ROUTE = """\
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: web, namespace: shop}}
spec:
  parentRefs: [{{name: edge, namespace: gateways{parent}}}]
  hostnames: [{hostname}]
  rules:
    - backendRefs: [{{{backend}}}]
"""
OPEN = "  listeners: [{name: http, port: 80, protocol: HTTP, hostname: shop.example, allowedRoutes: {namespaces: {from: All}}}]\n"
OWN = "  listeners: [{name: http, port: 80, protocol: HTTP}]\n"
SERVICE = """\
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: web}]}
"""
POLICY = """\
---
apiVersion: gateway.networking.k8s.io/v1
kind: BackendTLSPolicy
metadata: {{name: {name}, namespace: shop}}
spec:
  targetRefs: [{{group: "", kind: Service, name: web}}]
  validation:
    hostname: web.internal
    {trust}
"""


def gateway(fields: str) -> str:
    return GATEWAY.format(fields)


def route(backend: str = "name: web, port: 80", hostname: str = "shop.example", parent: str = "") -> str:
    return ROUTE.format(backend=backend, hostname=hostname, parent=parent)


def listener(fields: str) -> str:
    return gateway(f"  listeners:\n    - {{name: one, port: 443, {fields}}}\n")


SYSTEM = "wellKnownCACertificates: System"
TLS = "protocol: HTTPS, tls: {certificateRefs: [{name: edge-tls}]}"
PARAMETERS = "  infrastructure: {parametersRef: {group: gateway.envoyproxy.io, kind: EnvoyProxy, name: small}}\n"
FRONTEND = "  tls: {{frontend: {{default: {{validation: {{caCertificateRefs: [{{group: '', kind: {0}, name: clients}}]}}}}}}}}\n"
BACKEND = "  tls: {backend: {clientCertificateRef: {name: client-tls}}}\n"
LISTENER_SET = """\
---
apiVersion: gateway.networking.k8s.io/v1
kind: ListenerSet
metadata: {name: more, namespace: gateways}
spec:
  parentRef: {name: edge}
  listeners: [{name: more, port: 81, protocol: HTTP}]
"""
REDIRECT = "{{name: web, port: 80, filters: [{0}]}}"
# Reason, rule, the tree, and the token that the finding points at.
REASONS = [
    ("NoMatchingParent", "parent-listener-not-found", gateway(OPEN) + route(parent=", sectionName: https") + SERVICE, "https}"),
    ("NotAllowedByListeners", "route-namespace-not-allowed", gateway(OWN) + route() + SERVICE, "gateways}]"),
    (
        "NotAllowedByListeners",
        "route-kind-not-allowed",
        gateway(OPEN.replace("{namespaces", "{kinds: [{kind: GRPCRoute}], namespaces")) + route() + SERVICE,
        "edge, namespace: gateways}]",
    ),
    (
        "NoMatchingListenerHostname",
        "route-hostname-not-served",
        gateway(OPEN) + route(hostname="other.example") + SERVICE,
        "other.",
    ),
    (
        "InvalidRouteKinds",
        "listener-route-kinds-invalid",
        listener("protocol: HTTP, allowedRoutes: {kinds: [{kind: TCPRoute}]}"),
        "TCPR",
    ),
    (
        "RefNotPermitted",
        "backend-ref-not-permitted",
        gateway(OPEN)
        + route("name: ledger, namespace: billing, port: 80")
        + SERVICE.replace("shop", "billing").replace("web", "ledger"),
        "billing, port",
    ),
    ("InvalidKind", "backend-ref-invalid-kind", gateway(OPEN) + route("name: web, group: apps, kind: Deployment"), "Deployment}"),
    ("BackendNotFound", "backend-ref-not-found", gateway(OPEN) + route("name: nowhere, port: 80") + SERVICE, "nowhere"),
    ("UnsupportedProtocol", "listener-protocol-unknown", listener("protocol: http"), "http}"),
    (
        "UnsupportedProtocol",
        "backend-app-protocol-incompatible",
        gateway(OPEN) + route() + SERVICE.replace("{port: 80}", "{port: 80, appProtocol: kubernetes.io/wss}"),
        "80}]\n---",
    ),
    ("InvalidCertificateRef", "certificate-ref-not-found", listener(TLS), "edge-tls"),
    ("InvalidClientCertificateRef", "certificate-ref-not-found", gateway(BACKEND + OPEN), "client-tls"),
    ("InvalidCACertificateRef", "certificate-ref-not-found", gateway(FRONTEND.format("ConfigMap") + OPEN), "clients"),
    ("InvalidCACertificateKind", "certificate-ref-not-found", gateway(FRONTEND.format("Service") + OPEN), "Service, name: cl"),
    (
        "InvalidCACertificateRef",
        "backend-tls-policy-validation",
        SERVICE + POLICY.format(name="a", trust="caCertificateRefs: [{group: '', kind: ConfigMap, name: ca}]"),
        "ca}",
    ),
    (
        "InvalidKind",
        "backend-tls-policy-validation",
        SERVICE + POLICY.format(name="a", trust="caCertificateRefs: [{group: '', kind: Service, name: ca}]"),
        "Service, name: ca",
    ),
    (
        "HostnameConflict",
        "gateway-listener-conflict",
        gateway(
            "  listeners:\n    - {name: one, port: 443, protocol: HTTPS, hostname: a.example, tls: {options: {a/b: c}}}\n"
            "    - {name: two, port: 443, protocol: TLS, hostname: a.example, tls: {mode: Passthrough}}\n"
        ),
        "TLS, hostname",
    ),
    (
        "ProtocolConflict",
        "gateway-listener-conflict",
        gateway("  listeners:\n    - {name: one, port: 80, protocol: HTTP}\n    - {name: two, port: 80, protocol: TCP}\n"),
        "TCP",
    ),
    (
        "UnsupportedAddress",
        "gateway-address-invalid",
        gateway("  addresses: [{type: NamedAddress, value: a}]\n" + OPEN),
        "NamedAddress",
    ),
    ("InvalidParameters", "gateway-parameters-ref-not-found", gateway(PARAMETERS + OPEN), "small"),
    ("NotAllowed", "listenerset-not-allowed", gateway(OPEN) + LISTENER_SET, "edge}\n  listeners"),
    (
        "Conflicted",
        "backend-tls-policy-conflict",
        SERVICE
        + POLICY.format(name="a", trust=SYSTEM)
        + POLICY.format(name="b", trust=SYSTEM).replace("name: web}", "name: web }"),
        "web }",
    ),
    (
        "UnsupportedValue",
        "backend-ref-external-name",
        gateway(OPEN) + route() + SERVICE.replace("{selector: {app: web},", "{type: ExternalName, externalName: a.example,"),
        "web, port: 80}]",
    ),
    (
        "IncompatibleFilters",
        "filter-incompatible",
        gateway(OPEN)
        + route(
            "name: web, port: 80, filters: [{type: URLRewrite, urlRewrite: {hostname: a.example}}, "
            "{type: RequestRedirect, requestRedirect: {scheme: https}}]"
        )
        + SERVICE,
        "URLRewrite, ",
    ),
]
# The same where something that decides is in no file, or is filled in later.
SILENT = [
    ("parent-listener-not-found", route(parent=", sectionName: https")),
    ("parent-listener-not-found", gateway(OPEN) + route(parent=", sectionName: '${SECTION}'")),
    ("route-namespace-not-allowed", route()),
    ("route-kind-not-allowed", gateway(OPEN.replace("protocol: HTTP", "protocol: example.com/tunnel")) + route()),
    ("route-hostname-not-served", route(hostname="other.example")),
    ("route-hostname-not-served", gateway(OPEN) + route(hostname="'${HOST}'")),
    ("listener-route-kinds-invalid", listener("protocol: example.com/tunnel, allowedRoutes: {kinds: [{kind: TCPRoute}]}")),
    ("backend-ref-not-permitted", gateway(OPEN) + route("name: ledger, namespace: billing, port: 80")),
    ("backend-ref-invalid-kind", gateway(OPEN) + route("name: web, group: example.com, kind: Deployment")),
    ("backend-ref-not-found", gateway(OPEN) + route("name: nowhere, port: 80")),
    ("listener-protocol-unknown", listener("protocol: example.com/tunnel")),
    ("listener-protocol-unknown", listener("protocol: '${PROTOCOL}'")),
    (
        "backend-app-protocol-incompatible",
        gateway(OPEN) + route() + SERVICE.replace("{port: 80}", "{port: 80, appProtocol: kubernetes.io/wss}"),
    ),
    ("certificate-ref-not-found", listener(TLS)),
    ("certificate-ref-not-found", gateway(BACKEND + OPEN)),
    ("certificate-ref-not-found", gateway(FRONTEND.format("ConfigMap") + OPEN)),
    (
        "backend-tls-policy-validation",
        SERVICE + POLICY.format(name="a", trust="caCertificateRefs: [{group: '', kind: ConfigMap, name: ca}]"),
    ),
    ("gateway-address-invalid", gateway("  addresses: [{type: example.com/pool, value: a}]\n" + OPEN)),
    ("gateway-parameters-ref-not-found", gateway(PARAMETERS + OPEN)),
    ("listenerset-not-allowed", LISTENER_SET),
    ("backend-ref-external-name", gateway(OPEN) + route()),
    (
        "filter-incompatible",
        route("name: web, port: 80, filters: [{type: '${A}', urlRewrite: {hostname: a.example}}, {type: '${B}'}]"),
    ),
]


def place_of(text: str, token: str) -> tuple[int, int]:
    """1-based line and column of a token that is there once."""
    assert text.count(token) == 1, token
    before = text[: text.index(token)]
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


@pytest.mark.parametrize(("reason", "rule", "tree", "token"), [pytest.param(*one, id="-".join(one[:2])) for one in REASONS])
def test_a_reason_at_its_node(lint_text: LintText, reason: str, rule: str, tree: str, token: str) -> None:
    (found,) = lint_text(tree, select=rule, complete=True)
    assert found.finding.condition is not None
    assert (found.finding.condition.reason, found.place) == (reason, place_of(tree, token))


@pytest.mark.parametrize(("rule", "tree"), [pytest.param(*one, id=f"{one[0]}-{index}") for index, one in enumerate(SILENT)])
def test_without_evidence_nothing_is_said(lint_text: LintText, rule: str, tree: str) -> None:
    assert lint_text(tree, select=rule) == []
