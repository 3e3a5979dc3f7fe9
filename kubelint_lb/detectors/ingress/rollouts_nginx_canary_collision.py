"""A Rollout makes the canary Ingress of its stable Ingress itself."""

from __future__ import annotations

from collections import defaultdict

from kubelint_lb.detectors.api import (
    Canary,
    Context,
    Ingress,
    Issue,
    Issues,
    Reference,
    View,
    canary_ingress,
    custom_references,
    detector,
    surely_same,
)


@detector
def check(view: View, ctx: Context) -> Issues:
    """argo-rollouts `utils/ingress/ingress.go` (GetCanaryIngressName), `rollout/trafficrouting/nginx/nginx.go`."""
    if view.at("spec", "strategy", "canary", "trafficRouting", "nginx") is None or not view.settled:
        return
    for one in custom_references(view, "Ingress"):
        yield from _collisions(view, one.reference, ctx)


def _collisions(view: View, reference: Reference, ctx: Context) -> Issues:
    made = canary_ingress(view, reference.name)
    stables = [one for one in ctx.resolve(reference).targets if isinstance(one, Ingress)]
    for other in ctx.once("canaries", lambda: _by_namespace(ctx))[view.namespace]:
        if Canary(other).owned or not ctx.lands_with(view, other):
            continue
        if other.name == made:
            issue = Issue(reference.node, "name", rollout=view.title, ingress=other.name)
            yield issue.related(other.manifest.name_node, "the Ingress of this name")
        elif Canary(other).enabled is True:
            yield from _same_path(view, reference, stables, other)


def _by_namespace(ctx: Context) -> dict[str | None, list[Ingress]]:
    """The Ingresses that are canaries, or named as some."""
    found: dict[str | None, list[Ingress]] = defaultdict(list)
    for one in ctx.all("Ingress"):
        if isinstance(one, Ingress) and (one.name.endswith("-canary") or Canary(one).enabled is True):
            found[one.namespace].append(one)
    return found


def _same_path(view: View, reference: Reference, stables: list[Ingress], other: Ingress) -> Issues:
    stable_service = view.known("spec", "strategy", "canary", "stableService")
    for stable in stables:
        for path in stable.paths:
            rival = next((one for one in other.paths if surely_same(one, path)), None)
            if rival is not None and path.backend is not None and path.backend.reference.name == stable_service:
                words = {"stable": stable.title, "route": path.route, "ingress": other.title}
                yield Issue(reference.node, "same-path", rollout=view.title, **words).related(rival.place, "the other canary")
                return
