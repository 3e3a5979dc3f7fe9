"""A budget is for pods, and says how many of them."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    View,
    detector,
    is_open,
    label_selector,
    selects_nothing,
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
    yield from selects_nothing(ctx, budget, ("spec", "selector"), pairs, budget=budget.title)
