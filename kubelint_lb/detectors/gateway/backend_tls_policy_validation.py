"""A policy has to trust somebody, by a certificate that can be read."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    KINDS,
    BackendTLSPolicy,
    Context,
    Issue,
    Issues,
    MappingNode,
    Reference,
    Refusal,
    detector,
    is_open,
    refused,
)

_REFUSED = Refusal(("rule",), r"spec\.validation.*")
# Kinds of these groups hold no certificates, but for Secrets and bundles of trust.
_KUBERNETES = frozenset({"", "core", "v1", "apps", "batch", "networking.k8s.io", "gateway.networking.k8s.io", "discovery.k8s.io"})


@detector
def check(policy: BackendTLSPolicy, ctx: Context) -> Issues:
    """BackendTLSPolicyValidation (gateway-api `apis/v1/backendtlspolicy_types.go`); conformance
    `BackendTLSPolicyInvalidCACertificateRef`, `BackendTLSPolicyInvalidKind`."""
    for one in refused(policy, ctx, _REFUSED):
        yield Issue(one.node, "rule", policy=policy.title, field=one.path, wanted=one.words)
    for entry, reference in policy.authorities:
        if reference.target == KINDS["ConfigMap"]:
            yield from _config_map(policy, reference, ctx)
        elif not is_open(reference.target.kind) and not is_open(reference.target.group):
            yield from _kind(policy, entry, reference)


def _kind(policy: BackendTLSPolicy, entry: MappingNode, reference: Reference) -> Issues:
    group, kind = reference.target
    key = "kind" if kind == "Secret" or group not in _KUBERNETES else "invalid-kind"
    words = {} if key == "kind" else {"group": group or "core"}
    yield Issue(entry.get("kind") or reference.node, key, policy=policy.title, kind=kind, **words)


def _config_map(policy: BackendTLSPolicy, reference: Reference, ctx: Context) -> Issues:
    if ctx.complete and ctx.resolve(reference).missing:
        yield Issue(reference.node, "not-found", policy=policy.title, name=reference.name)
