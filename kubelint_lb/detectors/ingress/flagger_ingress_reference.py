"""Flagger needs an Ingress that leads to the Service of its Canary."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Ingress,
    Issue,
    Issues,
    View,
    canary_apex,
    custom_references,
    detector,
    is_open,
    mappings,
    missing,
    name_text,
    present,
)


@detector
def check(view: View, ctx: Context) -> Issues:
    """flagger `pkg/router/ingress.go` (Reconcile)."""
    provider = view.at("spec", "provider")
    if name_text(provider) != "nginx" or provider is None or not view.settled:
        return
    if view.lacks("spec", "ingressRef"):
        yield Issue(provider, "none", canary=view.title)
    service = canary_apex(view)
    for one in custom_references(view, "Ingress"):
        node = one.reference.node
        yield from missing(ctx, one.reference, canary=view.title, ingress=one.reference.name)
        for ingress in ctx.resolve(one.reference).targets[:1]:
            if not isinstance(ingress, Ingress) or not ingress.settled:
                continue
            names = [backend.reference.name for backend in ingress.backends]
            if service and service not in names and not any(map(is_open, [*names, service])):
                words = {"ingress": ingress.title, "service": service}
                issue = Issue(node, "service-not-routed", canary=view.title, **words)
                yield issue.related(ingress.place("spec", "rules"), "its rules")
            for rule in mappings(ingress.at("spec", "rules")):
                if present(rule.get("http")) is None:
                    issue = Issue(node, "no-http", canary=view.title, ingress=ingress.title)
                    yield issue.related(next(rule.keys(), rule), "the rule")
                    break
