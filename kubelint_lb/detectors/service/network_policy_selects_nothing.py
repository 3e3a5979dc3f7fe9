"""A network policy is for pods."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    LabelSelector,
    Node,
    View,
    Workload,
    detector,
    is_near,
    is_open,
    label_selector,
    selector_matches,
    surely_differ,
)


@detector
def check(policy: View, ctx: Context) -> Issues:
    """NetworkPolicySpec.PodSelector (kubernetes `networking/v1`): an empty one selects all pods of the namespace."""
    selector = label_selector(policy.at("spec", "podSelector"))
    if selector is None or selector.requirements or not selector.pairs or not policy.settled:
        return
    pairs = dict(selector.pairs)
    if any(is_open(value) for value in pairs.values()) or _selects(policy, selector, ctx):
        return
    shown = ", ".join(f"{key}={value}" for key, value in pairs.items())
    near = _near(policy, pairs, ctx)
    if near is not None and near[0].template is not None:
        workload, key = near
        issue = Issue(_place(policy, key), "near", policy=policy.title, selector=shown, workload=workload.title, label=key)
        yield issue.related(near[0].template.labels_node(), "the pods' labels")
    elif ctx.complete:
        yield Issue(_place(policy, next(iter(pairs))), "nothing", policy=policy.title, selector=shown)


def _selects(policy: View, selector: LabelSelector, ctx: Context) -> bool:
    """Some pods have these labels, or may."""
    if any(not surely_differ(one.namespace, policy.namespace) for one in ctx.pods_with(selector)):
        return True
    workloads = (one for one in ctx.unit.everywhere("Workload") if isinstance(one, Workload))
    same = (one for one in workloads if not surely_differ(one.namespace, policy.namespace))
    return any(selector.matches(one.pod_labels) is not False for one in same)


def _near(policy: View, pairs: dict[str, str], ctx: Context) -> tuple[Workload, str] | None:
    """A workload of the same file or folder whose pods' labels differ by a slip in one value."""
    for peer in ctx.peers(policy, "Workload"):
        if not isinstance(peer, Workload) or surely_differ(peer.namespace, policy.namespace):
            continue
        off = [key for key, value in pairs.items() if selector_matches({key: value}, peer.pod_labels) is False]
        if len(off) == 1 and off[0] in peer.pod_labels and is_near(pairs[off[0]], peer.pod_labels[off[0]]):
            return peer, off[0]
    return None


def _place(policy: View, key: str) -> Node:
    labels = policy.at("spec", "podSelector", "matchLabels")
    found = labels.get(key) if labels is not None else None
    return found or policy.place("spec", "podSelector")
