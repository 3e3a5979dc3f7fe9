"""A host that is served by an Ingress and by a route."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Route, detector, is_open, mappings, text


@detector
def check(route: Route, ctx: Context) -> Issues:
    """The guide "Migrating from Ingress": for as long as both are there, traffic goes where DNS leads it."""
    for hostname in route.hostnames:
        if is_open(hostname.text) or "*" in hostname.text:
            continue
        for ingress in ctx.ingresses_on(hostname.text):
            if not ctx.lands_with(route, ingress):
                continue
            rules = mappings(ingress.at("spec", "rules"))
            place = next((one.get("host") for one in rules if text(one.get("host")) == hostname.text), None)
            if place is not None:
                issue = Issue(hostname, "both", route=route.title, hostname=hostname.text, ingress=ingress.title)
                yield issue.related(place, "the Ingress serves it, too")
                break
