"""Weights of NGINX Ingress Controller's splits are percent."""

from __future__ import annotations

from collections.abc import Iterator

from kubelint_lb.detectors.api import Context, Issue, Issues, MappingNode, View, detector, integer, mappings, present

_WHOLE = 100


@detector
def check(view: View, _ctx: Context) -> Issues:
    """nginx/kubernetes-ingress `pkg/apis/configuration/validation/virtualserver.go` (validateSplits)."""
    if not view.settled:
        return
    for splits in _splits(view):
        first = present(splits[0].get("weight")) or splits[0]
        weights = [(node, integer(node)) for one in splits if (node := present(one.get("weight"))) is not None]
        if len(splits) == 1:
            yield Issue(first, "single", object=view.title)
        for one in splits:
            if present(one.get("action")) is None:
                yield Issue(present(one.get("weight")) or one, "no-action", object=view.title)
        numbers = [number for _, number in weights if number is not None]
        wrong = [(node, number) for node, number in weights if number is not None and not 0 <= number <= _WHOLE]
        for node, number in wrong:
            yield Issue(node, "range", object=view.title, weight=number)
        if len(numbers) == len(splits) > 1 and not wrong:
            if sum(numbers) != _WHOLE:
                yield Issue(first, "sum", object=view.title, count=len(splits), total=sum(numbers))
            for node, weight in weights:
                if weight == 0:
                    yield Issue(node, "zero", object=view.title)


def _splits(view: View) -> Iterator[list[MappingNode]]:
    """The splits of all routes and of their matches, those that are no empty list."""
    for route in (*mappings(view.at("spec", "routes")), *mappings(view.at("spec", "subroutes"))):
        for holder in (route, *mappings(route.get("matches"))):
            if found := list(mappings(holder.get("splits"))):
                yield found
