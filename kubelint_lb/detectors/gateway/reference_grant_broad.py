"""A grant without a name permits every object of a kind."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, ReferenceGrant, detector


@detector
def check(grant: ReferenceGrant, _ctx: Context) -> Issues:
    """ReferenceGrantTo.Name (gateway-api `apis/v1beta1/referencegrant_types.go`)."""
    if not grant.settled or not grant.sources:
        return
    source = grant.sources[0]
    for target in grant.targets:
        if not target.name:
            words = {"source": f"{source.kind}s", "namespace": source.namespace, "kind": target.kind}
            yield Issue(target.node.get("kind") or target.node, "every-object", grant=grant.title, **words)
