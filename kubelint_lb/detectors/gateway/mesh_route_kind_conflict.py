"""Of the kinds of routes that are for one port of a Service, a mesh takes one."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, ParentRef, Route, detector

_SERVICE = ("", "Service")
# The kind that wins stands first.
_ORDER = ("GRPCRoute", "HTTPRoute", "TLSRoute", "TCPRoute")


@detector
def check(route: Route, ctx: Context) -> Issues:
    """GEP-1294 "Route types": the more specific kind is served, the others are not."""
    if route.kind not in _ORDER:
        return
    stronger = _ORDER[: _ORDER.index(route.kind)]
    peers = [peer for peer in ctx.peers(route, *stronger) if isinstance(peer, Route)] if stronger else []
    for parent in route.parents:
        if parent.reference.target != _SERVICE:
            continue
        for peer in peers:
            other = _same(peer, parent)
            if other is not None:
                issue = Issue(
                    parent.reference.node, "conflict", route=route.title, service=parent.reference.name, other=peer.title
                )
                yield issue.related(other.reference.node, "this one is served")
                break


def _same(peer: Route, parent: ParentRef) -> ParentRef | None:
    """A route's reference to the same Service, in the same namespace, and to the same port or to all of them."""
    mine = parent.reference
    for one in peer.parents:
        other = one.reference
        same = other.target == _SERVICE and (other.name, other.namespace) == (mine.name, mine.namespace)
        if same and (one.port, one.section_name) == (parent.port, parent.section_name):
            return one
    return None
