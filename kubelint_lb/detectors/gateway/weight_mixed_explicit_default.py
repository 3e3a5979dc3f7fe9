"""A backend without a weight counts as 1, next to nothing beside one that says 90."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Route, detector, split_of


@detector
def check(route: Route, ctx: Context) -> Issues:
    """Points at the name of the first backend that says no weight."""
    if not route.settled:
        return
    for rule in route.rules:
        split = split_of(rule)
        if split is None or split.all_explicit or not split.weight_nodes:
            continue
        explicit = [weight for backend, weight in zip(split.backends, split.weights, strict=True) if backend.weight_node]
        if max(explicit) < ctx.number("min-explicit") or ctx.manages_rule(rule):
            continue
        entries = list(zip(split.backends, split.labels, split.shares, strict=True))
        silent = next(entry for entry in entries if entry[0].weight_node is None)
        issue = Issue(silent[0].name_node, "default-of-one", backend=silent[1], rule=rule.title, shares=split.words)
        for backend, label, share in entries:
            if backend is not silent[0]:
                issue = issue.related(backend.weight_node or backend.name_node, f"{label} gets {share}")
        yield issue
