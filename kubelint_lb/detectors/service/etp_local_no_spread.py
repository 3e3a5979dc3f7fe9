"""A Local external policy needs its pods on every node that receives traffic."""

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    Node,
    Service,
    Spread,
    Spreading,
    Workload,
    detector,
    integer,
    reaches_pods,
    serving,
    softness,
    spread_over_nodes,
    spreading,
    takes_all_pods,
    weighs_nodes,
)

_KEYS = {
    Spread.NONE: "no-spread",
    Spread.MISMATCH: "counts-other-pods",
    Spread.ZONES: "zones-only",
    Spread.ZONES_PREFERRED: "zones-only-preferred",
    Spread.LOOSE: "wide-skew",
    Spread.PREFERRED: "only-preferred",
}
_CONSTRAINT = {
    Spread.MISMATCH: "its labelSelector matches none of these pods",
    Spread.LOOSE: "all pods may share a node",
}


@detector
def check(service: Service, ctx: Context) -> Issues:
    """Load balancers share traffic out by node, so a node with two pods gives each of them half of its share."""
    if not service.is_exposed or service.external_policy != "Local":
        return
    if reaches_pods(service) or weighs_nodes(service):
        return
    groups = serving(ctx.select(service))
    key = (id(groups), frozenset(service.selector.items()))
    crowded = ctx.once(key, lambda: _crowded(service, groups, ctx))
    # Which of several workloads a Service will meet is certain only where they are known to be applied together.
    if not crowded or (len(crowded) < len(groups) and not ctx.whole):
        return
    workload, spreads = ctx.once((*key, "worst"), lambda: min(crowded, key=lambda one: one[1].spread))
    if spreads.spread is Spread.PREFERRED and ctx.flag("accept-preferred"):
        return
    yield _issue(service, workload, spreads)


def _crowded(service: Service, groups: tuple[tuple[Workload, ...], ...], ctx: Context) -> list[tuple[Workload, Spreading]]:
    found = (_best(service, group, ctx) for group in groups)
    return [(workload, spreads) for workload, spreads in found if spreads.spread in _KEYS]


def _best(service: Service, group: tuple[Workload, ...], ctx: Context) -> tuple[Workload, Spreading]:
    """The alternative of a workload that is spread best: what is wrong with it is wrong with all."""
    return max(((workload, _spreading(service, workload, ctx)) for workload in group), key=lambda one: one[1].spread)


def _spreading(service: Service, workload: Workload, ctx: Context) -> Spreading:
    replicas = ctx.replicas(workload)
    if workload.template is None or workload.per_node or not workload.settled or not takes_all_pods(service, workload):
        return Spreading(Spread.UNKNOWN)
    if not replicas.known or replicas.high < 2:
        return Spreading(Spread.UNKNOWN)
    return spreading(workload.template, replicas.high)


def _issue(service: Service, workload: Workload, spreads: Spreading) -> Issue:
    issue = Issue(
        service.place("spec", "externalTrafficPolicy"),
        _KEYS[spreads.spread],
        service=service.title,
        workload=workload.title,
        how=softness(spreads.node),
        skew=integer(spreads.node.get("maxSkew")) or 1 if spreads.node else 1,
    ).related(_template(workload), "these pods may share a node")
    if spreads.node is None:
        return issue.fix("spread the pods over nodes", spread_over_nodes(workload, required=True))
    place = spreads.node.get("topologyKey") or spreads.node
    if spreads.spread is Spread.MISMATCH:
        place = spreads.node.get("labelSelector") or place
    return issue.related(place, _CONSTRAINT.get(spreads.spread, "the only spread they have"))


def _template(workload: Workload) -> Node:
    return workload.key_at("spec", "template") or workload.manifest.name_node
