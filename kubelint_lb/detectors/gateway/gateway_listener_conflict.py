"""Listeners of one Gateway that want one port in different ways: all of them stay closed."""

from __future__ import annotations

from collections import defaultdict
from itertools import combinations

from kubelint_lb.detectors.api import Context, Issue, Issues, Listener, ListenerHolder, detector, is_open

_TCP_FAMILY = frozenset({"HTTP", "HTTPS", "TLS", "TCP"})
_ENCRYPTED = frozenset({"HTTPS", "TLS"})


@detector
def check(holder: ListenerHolder, _ctx: Context) -> Issues:
    """Which listeners are distinct (gateway-api `apis/v1/gateway_types.go`, GEP-2644). What the CRD refuses itself (a name, or a
    port, protocol and hostname twice) is left to it."""
    by_port: dict[int, list[Listener]] = defaultdict(list)
    for listener in holder.listeners:
        if listener.port is not None and listener.protocol in _TCP_FAMILY:
            by_port[listener.port].append(listener)
    for listeners in by_port.values():
        if len({(one.protocol, one.tls_mode if one.protocol == "TLS" else "") for one in listeners}) == 1:
            continue
        reported: set[int] = set()
        for one, other in combinations(listeners, 2):
            key = _conflict(one, other)
            if key is not None and id(other.node) not in reported:
                reported.add(id(other.node))
                yield _issue(holder, key, one, other)


def _conflict(one: Listener, other: Listener) -> str | None:
    protocols = {one.protocol, other.protocol}
    if "TCP" in protocols and len(protocols) == 2:
        return "tcp"
    if "HTTP" in protocols and not protocols.isdisjoint(_ENCRYPTED):
        return "encrypted"
    if protocols == _ENCRYPTED and one.hostname == other.hostname and not is_open(one.hostname or ""):
        return "hostname"
    if protocols == {"TLS"} and {one.tls_mode, other.tls_mode} == {"Terminate", "Passthrough"} and one.hostname != other.hostname:
        return "mode"
    return None


def _issue(holder: ListenerHolder, key: str, one: Listener, other: Listener) -> Issue:
    words = {
        "holder": holder.title,
        "one": one.name,
        "other": other.name,
        "port": str(other.port),
        "first": one.protocol,
        "second": other.protocol,
        "hostname": one.hostname or "any host",
    }
    place = other.node.get("tls", "mode") if key == "mode" else other.node.get("protocol")
    issue = Issue(place or other.place, key, **words)
    return issue.related(one.node.get("protocol") or one.place, f"listener {one.name} has the port, too")
