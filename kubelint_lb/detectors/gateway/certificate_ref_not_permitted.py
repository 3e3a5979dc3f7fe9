"""A certificate of another namespace needs a ReferenceGrant there."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    CertificateRef,
    Context,
    Issue,
    Issues,
    ListenerHolder,
    Permission,
    detector,
    granted,
    is_open,
    present,
)


@detector
def check(holder: ListenerHolder, ctx: Context) -> Issues:
    """SecretObjectReference (gateway-api `apis/v1/object_reference_types.go`); a grant for Gateways is none for ListenerSets."""
    for certificate in holder.certificates:
        reference = certificate.reference
        if not reference.crosses or is_open(reference.name) or is_open(reference.namespace or ""):
            continue
        permission = ctx.refused(reference)
        if permission is not None:
            yield _issue(holder, certificate, permission, ctx)


def _issue(holder: ListenerHolder, certificate: CertificateRef, permission: Permission, ctx: Context) -> Issue:
    reference = certificate.reference
    words = {"listener": certificate.listener.name, "holder": holder.title, "secret": reference.name, "kind": holder.kind}
    place = present(certificate.node.get("namespace")) or reference.node
    issue = Issue(place, "no-grant", **words, namespace=reference.namespace or "")
    near, target = permission.near, next(iter(ctx.resolve(reference).targets), None)
    if near is None and target is not None:
        issue = issue.fix("add a ReferenceGrant", granted(target, reference.target, holder))
    return issue if near is None else issue.related(near.node, f"ReferenceGrant {near.grant.name} does not fit here")
