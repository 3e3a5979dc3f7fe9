"""A controller has one table of hosts and paths for all namespaces."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    MERGING,
    Canary,
    Context,
    Ingress,
    Issue,
    Issues,
    class_of,
    detector,
    is_open,
    routing_annotations,
    stands_for,
    surely_differ,
    surely_same,
)


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/controller/store/store.go` (sortIngressSlice); docs "Basic usage", host collisions."""
    controller = ctx.controller(ingress)
    if controller not in MERGING or ingress.is_solver or Canary(ingress).meant:
        return
    for path in ingress.paths:
        if is_open(path.host) or not path.host or any(stands_for(one, path.host) for one in ctx.words("allowed-host-owners")):
            continue
        for other in ctx.ingresses_at(path):
            if other is ingress:
                break  # each pair once, at the later one
            if not surely_differ(ingress.namespace, other.namespace) or not ctx.lands_with(ingress, other):
                continue
            if ctx.controller(other) != controller or not _alike(ingress, other, ctx) or Canary(other).meant:
                continue
            rival = next((one for one in other.paths if surely_same(one, path) and one.path_type == path.path_type), None)
            if rival is not None:
                words = {"ingress": ingress.title, "route": path.route, "other": other.title, "controller": controller}
                yield Issue(path.place, "taken", **words).related(rival.place, "the same path")
                return


def _alike(left: Ingress, right: Ingress, ctx: Context) -> bool:
    """Of one class, and told apart by no annotation."""
    classes = {class_of(one, ctx.unit, ctx.default_ingress_class) for one in (left, right)}
    return len(classes) == 1 and routing_annotations(left) == routing_annotations(right)
