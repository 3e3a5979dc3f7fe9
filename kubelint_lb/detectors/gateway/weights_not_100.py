"""Weights that look like percentages add up to a hundred; the API itself takes any numbers."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Route, Split, detector, split_of

# Weights this small read as a ratio (1:9), whatever they add up to.
_LARGEST_RATIO = 10


@detector
def check(route: Route, ctx: Context) -> Issues:
    """Points at the first weight of each list that adds up to something else."""
    mode, total = ctx.word("mode"), ctx.number("total")
    if mode == "off":
        return
    for rule in route.rules:
        split = split_of(rule)
        if split is None or len(split.backends) < 2 or not split.all_explicit or split.total in {0, total}:
            continue
        if (mode == "percent" and _is_ratio(split, total)) or ctx.manages_rule(rule):
            continue
        first, *others = zip(split.weight_nodes, split.labels, split.shares, strict=True)
        issue = Issue(first[0], "sum", rule=rule.title, sum=split.total, total=total, shares=split.words)
        for node, label, share in others:
            issue = issue.related(node, f"{label} gets {share}")
        yield issue


def _is_ratio(split: Split, total: int) -> bool:
    weights = split.weights
    return (
        max(weights) <= _LARGEST_RATIO
        or len(set(weights)) == 1
        # One side takes everything, the others are drained: how people switch over.
        or sum(weight > 0 for weight in weights) == 1
        or all(weight % total == 0 for weight in weights)
        or (split.total > total and _is_power_of_ten(split.total))
    )


def _is_power_of_ten(number: int) -> bool:
    return str(number).rstrip("0") == "1"
