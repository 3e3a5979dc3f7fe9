"""A listener needs its certificate."""

from __future__ import annotations

from collections.abc import Iterator

from kubelint_lb.detectors.api import (
    KINDS,
    CertificateRef,
    Context,
    Issue,
    Issues,
    ListenerHolder,
    MappingNode,
    Reference,
    detector,
    is_open,
    lacking_key,
    local_reference,
    mappings,
    secret_type,
)

# Kinds of other groups belong to implementations.
_KUBERNETES = frozenset({"", "core", "v1", "apps", "gateway.networking.k8s.io"})


@detector
def check(holder: ListenerHolder, ctx: Context) -> Issues:
    """SecretObjectReference, GatewayTLSConfig (gateway-api `apis/v1`); conformance `GatewayInvalidTLSConfiguration`,
    `GatewayInvalidFrontendClientCertificateValidation`, `GatewayTLSBackendClientCertificate`."""
    for certificate in holder.certificates:
        yield from _certificate(holder, certificate, ctx)
    for entry, reference in _authorities(holder):
        if reference.target.kind not in {"ConfigMap", "Secret"} and reference.target.group in _KUBERNETES:
            place = entry.get("kind") or reference.node
            yield Issue(place, "authority-kind", holder=holder.title, kind=reference.target.kind)
        elif _is_missing(reference, ctx):
            words = {"kind": reference.target.kind, "name": reference.name}
            yield Issue(reference.node, "authority", holder=holder.title, **words)
    own = holder.at("spec", "tls", "backend", "clientCertificateRef")
    client = local_reference(holder, own, "", "Secret") if isinstance(own, MappingNode) else None
    if client is not None and own is not None and own.get("namespace") is None and _is_missing(client, ctx):
        yield Issue(client.node, "client", holder=holder.title, name=client.name)


def _certificate(holder: ListenerHolder, certificate: CertificateRef, ctx: Context) -> Issues:
    reference = certificate.reference
    group, kind = reference.target
    words = {"listener": certificate.listener.name, "holder": holder.title}
    if reference.target != KINDS["Secret"]:
        if group in _KUBERNETES and not is_open(kind):
            yield Issue(certificate.node.get("kind") or reference.node, "kind", kind=kind, **words)
        return
    if _is_missing(reference, ctx):
        yield Issue(reference.node, "not-found", secret=reference.name, **words)
    secrets = ctx.resolve(reference).targets
    keys = [lacking_key(one) for one in secrets]
    if keys and all(keys):
        issue = Issue(reference.node, "type", secret=secrets[0].title, type=secret_type(secrets[0]), key=keys[0], **words)
        yield issue.related(secrets[0].place("type"), "the Secret")


def _is_missing(reference: Reference, ctx: Context) -> bool:
    return ctx.complete and ctx.resolve(reference).missing


def _authorities(holder: ListenerHolder) -> Iterator[tuple[MappingNode, Reference]]:
    frontend = holder.at("spec", "tls", "frontend")
    if not isinstance(frontend, MappingNode):
        return
    settings = [frontend.get("default"), *(one.get("tls") for one in mappings(frontend.get("perPort")))]
    for one in settings:
        entries = mappings(one.get("validation", "caCertificateRefs")) if isinstance(one, MappingNode) else ()
        for entry in entries:
            reference = local_reference(holder, entry, "", "ConfigMap")
            if reference is not None and entry.get("namespace") is None:
                yield entry, reference
