"""A Service, or a port of it, has one policy."""

from __future__ import annotations

from kubelint_lb.detectors.api import BackendTLSPolicy, Context, Issue, Issues, PolicyTarget, detector, is_open


@detector
def check(policy: BackendTLSPolicy, ctx: Context) -> Issues:
    """Conflict resolution (gateway-api GEP-713); conformance `BackendTLSPolicyConflictResolution`. Reported at the
    one that is read second."""
    peers = (one for one in ctx.peers(policy, "BackendTLSPolicy") if isinstance(one, BackendTLSPolicy))
    others = [one for one in peers if one.is_before(policy)]
    for target in policy.targets:
        for other in others:
            same = next((one for one in other.targets if _are_same(one, target)), None)
            if same is not None:
                issue = Issue(target.reference.node, "conflict", policy=policy.title, other=other.title, target=_title(target))
                yield issue.related(same.reference.node, "the same target")
                break


def _are_same(one: PolicyTarget, other: PolicyTarget) -> bool:
    left, right = one.reference, other.reference
    return left[2:5] == right[2:5] and one.section_name == other.section_name and not is_open(left.name)


def _title(target: PolicyTarget) -> str:
    title = f"{target.reference.target.kind} {target.reference.name}"
    return f"port {target.section_name} of {title}" if target.section_name else title
