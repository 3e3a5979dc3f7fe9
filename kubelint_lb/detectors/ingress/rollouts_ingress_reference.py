"""Argo Rollouts checks the Ingresses that a Rollout steers before it does anything."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    USE_ANNOTATION,
    Context,
    Ingress,
    Issue,
    Issues,
    MappingNode,
    Reference,
    View,
    custom_references,
    detector,
    is_open,
    missing,
    name_text,
    present,
)

_FIELDS = {"nginx": ("stableIngress", "stableIngresses"), "alb": ("ingress", "ingresses")}


@detector
def check(view: View, ctx: Context) -> Issues:
    """argo-rollouts `pkg/apis/rollouts/validation/validation_references.go` (ValidateIngress)."""
    routing = view.at("spec", "strategy", "canary", "trafficRouting")
    if not isinstance(routing, MappingNode) or not view.settled:
        return
    for router, (one, several) in _FIELDS.items():
        found = routing.get(router)
        if isinstance(found, MappingNode):
            yield from _fields(view, router, found, one, several)
    service = _service(view, routing)
    for entry in custom_references(view, "Ingress"):
        yield from missing(ctx, entry.reference, rollout=view.title, ingress=entry.reference.name)
        ingresses = [one for one in ctx.resolve(entry.reference).targets if isinstance(one, Ingress)]
        if service and ingresses and all(one.settled for one in ingresses):
            yield from _routed(view, entry.reference, ingresses[0], service, alb=routing.get("alb") is not None)


def _fields(view: View, router: str, found: MappingNode, one: str, several: str) -> Issues:
    written = [key for field in (one, several) if present(found.get(field)) is not None and (key := found.key(field))]
    if len(written) > 1:
        yield Issue(written[1], "several", rollout=view.title, one=one, other=several).related(written[0], "the other")
    if not written:
        yield Issue(found, "none", rollout=view.title, router=router)


def _service(view: View, routing: MappingNode) -> str:
    """The Service that a rule has to lead to; empty where it is not known."""
    canary = view.at("spec", "strategy", "canary")
    root = name_text(routing.get("alb", "rootService"))
    stable = root or (name_text(canary.get("stableService")) if canary is not None else "") or ""
    return "" if is_open(stable) else stable


def _routed(view: View, reference: Reference, ingress: Ingress, service: str, *, alb: bool) -> Issues:
    backends = [one for one in ingress.backends if one.reference.name == service]
    if not backends and not any(is_open(one.reference.name) for one in ingress.backends):
        issue = Issue(reference.node, "service-not-routed", rollout=view.title, ingress=ingress.title, service=service)
        yield issue.related(
            ingress.backends[0].reference.node if ingress.backends else ingress.manifest.name_node, "where it leads"
        )
    elif alb and (wrong := [one for one in backends if one.port_text and one.port_name != USE_ANNOTATION]) == backends and wrong:
        words = {"ingress": ingress.title, "service": service, "port": wrong[0].port_text, "rollout": view.title}
        yield Issue(wrong[0].port_node, "port", **words).related(reference.node, "the Rollout").about(ingress.manifest)
