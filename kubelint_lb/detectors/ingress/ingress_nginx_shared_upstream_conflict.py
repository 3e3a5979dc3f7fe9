"""A port of a Service has one upstream."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    FIRST_WINS,
    LAST_WINS,
    Context,
    Ingress,
    Issue,
    Issues,
    NginxUpstreams,
    detector,
    nginx,
    same_class,
)


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/controller/controller.go` (createUpstreams, getBackendServers). Only where both say
    something: one Ingress may well speak for all. Said once an Ingress, at the one that is read later."""
    annotations = nginx(ingress, ctx)
    if annotations.flag("canary") is not False:
        return
    for suffix in (*FIRST_WINS, *LAST_WINS):
        node, own = annotations.node(suffix), annotations.known(suffix)
        for service, value, other in ctx.of(NginxUpstreams).other_values(ingress, suffix) if node is not None and own else ():
            theirs = nginx(other, ctx)
            place = theirs.node(suffix)
            if node is None or place is None or value == own or not other.is_before(ingress):
                continue
            if not same_class(ingress, other, ctx):
                continue
            words = {"name": suffix, "value": own, "theirs": value, "other": other.title, "service": service}
            yield Issue(node, "differ", ingress=ingress.title, **words).related(place, "the other says this")
            return
