"""A network policy is for pods."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Issues,
    LabelSelector,
    View,
    Workload,
    detector,
    is_open,
    label_selector,
    selects_nothing,
    surely_differ,
)


@detector
def check(policy: View, ctx: Context) -> Issues:
    """NetworkPolicySpec.PodSelector (kubernetes `networking/v1`): an empty one selects all pods of the namespace."""
    selector = label_selector(policy.at("spec", "podSelector"))
    if selector is None or selector.requirements or not selector.pairs or not policy.settled:
        return
    pairs = dict(selector.pairs)
    if not any(is_open(value) for value in pairs.values()) and not _selects(policy, selector, ctx):
        yield from selects_nothing(ctx, policy, ("spec", "podSelector"), pairs, policy=policy.title)


def _selects(policy: View, selector: LabelSelector, ctx: Context) -> bool:
    """Some pods have these labels, or may."""
    if any(not surely_differ(one.namespace, policy.namespace) for one in ctx.pods_with(selector)):
        return True
    workloads = (one for one in ctx.unit.everywhere("Workload") if isinstance(one, Workload))
    same = (one for one in workloads if not surely_differ(one.namespace, policy.namespace))
    return any(selector.matches(one.pod_labels) is not False for one in same)
