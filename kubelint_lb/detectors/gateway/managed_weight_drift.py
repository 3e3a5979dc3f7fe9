"""Weights that a delivery controller owns are no business of the manifest."""

from __future__ import annotations

from collections import defaultdict

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    Node,
    Route,
    View,
    custom_references,
    detector,
    integer,
    mappings,
    name_text,
    percent,
    present,
    split_of,
)


@detector
def check(view: View, ctx: Context) -> Issues:
    """argo-rollouts `rollout/trafficrouting/istio`, its Gateway API plugin; flagger `pkg/router`.

    At the start one Service has all of the traffic."""
    if not view.settled:
        return
    if isinstance(view, Route):
        for rule in view.rules:
            split = split_of(rule)
            if split is not None and split.all_explicit and len(split.backends) > 1 and ctx.manages_rule(rule):
                names = [one.name for one in split.backends]
                yield from _drift(view, names, list(split.weights), list(split.weight_nodes), "a delivery controller")
        return
    for rollout in ctx.once("rollouts", lambda: _rollouts(ctx))[view]:
        for route in mappings(view.at("spec", "http")):
            entries = list(mappings(route.get("route")))
            nodes = [node for one in entries if (node := present(one.get("weight"))) is not None]
            weights = [number for node in nodes if (number := integer(node)) is not None]
            names = [
                name_text(one.get("destination", "subset")) or name_text(one.get("destination", "host")) or "" for one in entries
            ]
            if len(weights) == len(entries) > 1:
                yield from _drift(view, names, weights, nodes, rollout.title)


def _rollouts(ctx: Context) -> dict[View, list[View]]:
    """The Rollouts that steer each VirtualService."""
    found: dict[View, list[View]] = defaultdict(list)
    for rollout in ctx.all("Rollout"):
        for one in custom_references(rollout, "VirtualService"):
            for target in ctx.resolve(one.reference).targets:
                found[target].append(rollout)
    return found


def _drift(view: View, names: list[str], weights: list[int], nodes: list[Node], owner: str) -> Issues:
    total = sum(weights)
    used = [index for index, weight in enumerate(weights) if weight > 0]
    if len(used) > 1:
        last = used[-1]
        words = {"backend": names[last], "share": percent(100 * weights[last] / total), "owner": owner}
        yield Issue(nodes[last], "route", object=view.title, **words).related(nodes[used[0]], "the other share")
