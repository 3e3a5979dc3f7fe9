"""A choice among one is none."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, NginxUpstreams, detector, go_bool, nginx, same_class


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx docs "Service Upstream", Known Issues; `internal/ingress/controller/controller.go` (createUpstreams)."""
    annotations = nginx(ingress, ctx)
    if annotations.flag("canary") is not False:
        return
    names = ("affinity", "upstream-hash-by")
    name = next((one for one in names if annotations.known(one)), "")
    wish = annotations.node(name) if name else None
    if wish is None:
        return
    own = annotations.node("service-upstream")
    if own is not None and annotations.flag("service-upstream") is True:
        yield Issue(own, "own", ingress=ingress.title, name=name).related(wish, "what is asked for")
        return
    for _, value, other in ctx.of(NginxUpstreams).other_values(ingress, "service-upstream"):
        theirs = nginx(other, ctx)
        place = theirs.node("service-upstream")
        if place is not None and go_bool(value) is True and same_class(ingress, other, ctx):
            yield Issue(wish, "shared", ingress=ingress.title, name=name, other=other.title).related(place, "service-upstream")
            return
