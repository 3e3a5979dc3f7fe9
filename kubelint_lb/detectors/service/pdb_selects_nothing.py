"""A budget is for pods, and says how many of them."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    Node,
    View,
    Workload,
    detector,
    is_near,
    is_open,
    label_selector,
    surely_differ,
)


@detector
def check(budget: View, ctx: Context) -> Issues:
    """PodDisruptionBudgetSpec (kubernetes `policy/v1`): a null selector matches no pods, an empty one all of them."""
    if not budget.settled:
        return
    spec = budget.node.key("spec") or budget.manifest.name_node
    if budget.lacks("spec", "minAvailable") and budget.lacks("spec", "maxUnavailable"):
        yield Issue(spec, "no-limit", budget=budget.title)
        return
    selector = label_selector(budget.at("spec", "selector"))
    if selector is None:
        if budget.lacks("spec", "selector"):
            yield Issue(spec, "no-selector", budget=budget.title)
        return
    pairs = dict(selector.pairs)
    if selector.requirements or not pairs or any(is_open(value) for value in pairs.values()) or ctx.budgeted(budget):
        return
    yield from _nothing(budget, pairs, ctx)


def _nothing(budget: View, pairs: dict[str, str], ctx: Context) -> Issues:
    shown = ", ".join(f"{key}={value}" for key, value in pairs.items())
    near = _near(budget, pairs, ctx)
    if near is not None:
        workload, key = near
        issue = Issue(_place(budget, key), "near", budget=budget.title, selector=shown, workload=workload.title, label=key)
        template = workload.template
        yield issue.related(template.labels_node() if template is not None else workload.manifest.name_node, "the pods' labels")
    elif ctx.complete:
        key = next(iter(pairs))
        yield Issue(_place(budget, key), "nothing", budget=budget.title, selector=shown)


def _near(budget: View, pairs: dict[str, str], ctx: Context) -> tuple[Workload, str] | None:
    """A workload of the same file or folder whose pods' labels differ by a slip in one value, and that no other budget is for."""
    for peer in ctx.peers(budget, "Workload"):
        if not isinstance(peer, Workload) or surely_differ(peer.namespace, budget.namespace):
            continue
        off = [key for key, value in pairs.items() if peer.pod_labels.get(key) != value]
        if len(off) == 1 and off[0] in peer.pod_labels and is_near(pairs[off[0]], peer.pod_labels[off[0]]):
            return peer, off[0]
    return None


def _place(budget: View, key: str) -> Node:
    labels = budget.at("spec", "selector", "matchLabels")
    found = labels.get(key) if labels is not None else None
    return found or budget.place("spec", "selector")
