"""Two listeners that end TLS on one port for hostnames that overlap."""

from __future__ import annotations

from itertools import combinations

from kubelint_lb.detectors.api import Context, Issue, Issues, Listener, ListenerHolder, detector, intersects, is_open


@detector
def check(holder: ListenerHolder, _ctx: Context) -> Issues:
    """ListenerConditionOverlappingTLSConfig (gateway-api `apis/v1/gateway_types.go`, GEP-3567)."""
    reported: set[int] = set()
    for one, other in combinations([one for one in holder.listeners if _ends_tls(one)], 2):
        if one.port != other.port or one.hostname == other.hostname or id(other.node) in reported:
            continue
        if intersects(one.hostname, other.hostname):
            reported.add(id(other.node))
            words = {"one": one.name, "other": other.name, "holder": holder.title, "port": str(other.port)}
            words |= {"first": one.hostname or "any host", "second": other.hostname or "any host"}
            yield Issue(other.hostname_place, "overlap", **words).related(one.hostname_place, "overlaps with this one")


def _ends_tls(listener: Listener) -> bool:
    settled = listener.port is not None and not is_open(listener.hostname or "")
    return settled and listener.is_encrypted and listener.tls_mode == "Terminate"
