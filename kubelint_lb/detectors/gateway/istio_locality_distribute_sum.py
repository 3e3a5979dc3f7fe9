"""The shares of a locality's traffic are percents: they are exactly 100 together, or Istio refuses the DestinationRule."""

from __future__ import annotations

from collections.abc import Iterator

from kubelint_lb.detectors.api import Context, Issue, Issues, MappingNode, Node, View, detector, integer, mappings

_WHOLE = 100


@detector
def check(view: View, _ctx: Context) -> Issues:
    """validateLocalityLbSetting (istio `pkg/config/validation/agent/validation.go`)."""
    for setting in _settings(view):
        for entry in mappings(setting.get("distribute")):
            shares = entry.get("to")
            if isinstance(shares, MappingNode) and shares.entries:
                yield from _issues(view, entry, shares)
        if setting.get("distribute") is not None and setting.get("failover") is not None:
            yield Issue(setting.key("failover") or setting, "both", object=view.title)


def _settings(view: View) -> Iterator[MappingNode]:
    """Of the whole host, of its ports and of its subsets."""
    policies: list[Node | None] = [view.at("spec", "trafficPolicy")]
    policies += [one.get("trafficPolicy") for one in mappings(view.at("spec", "subsets"))]
    for policy in policies:
        if isinstance(policy, MappingNode):
            for one in (policy, *mappings(policy.get("portLevelSettings"))):
                setting = one.get("loadBalancer", "localityLbSetting")
                if isinstance(setting, MappingNode):
                    yield setting


def _issues(view: View, entry: MappingNode, shares: MappingNode) -> Issues:
    numbers = [integer(node) for _, node in shares.items()]
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers):
        return
    place = entry.key("to") or shares
    for (locality, node), number in zip(shares.items(), known, strict=True):
        if not 0 < number <= _WHOLE:
            yield Issue(node, "share", object=view.title, locality=locality, share=number)
            return
    if sum(known) != _WHOLE:
        yield Issue(place, "sum", object=view.title, total=sum(known))
