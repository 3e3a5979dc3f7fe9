"""A backend without a weight counts as 1, next to nothing beside one that says 90."""

from __future__ import annotations

from kubelint_lb.detectors.api import BackendRef, Context, Issue, Issues, Route, TextEdit, detector, next_lines, put_in, split_of

_WHOLE = 100


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
        rest = _WHOLE - sum(explicit)
        if len(explicit) == len(entries) - 1 and rest > 0:
            issue = issue.fix(f"give it {rest}, the rest up to {_WHOLE}", _weight(silent[0], rest))
        yield issue


def _weight(backend: BackendRef, weight: int) -> TextEdit | None:
    last = next(reversed(backend.node.entries), "")
    return put_in(next_lines(backend.node, last, (f"weight: {weight}",)))
