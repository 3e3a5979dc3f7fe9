"""An address of a Gateway has to be of the form that its type says."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Gateway,
    Issue,
    Issues,
    MappingNode,
    Refusal,
    Scalar,
    address,
    detector,
    is_open,
    mappings,
    present,
    refused,
    text,
)

_REFUSED = Refusal(("rule",), r"spec\.addresses.*")


@detector
def check(gateway: Gateway, ctx: Context) -> Issues:
    """GatewaySpecAddress (gateway-api `apis/v1/gateway_types.go`); the pattern of the type is not anchored in the CRD."""
    for one in refused(gateway, ctx, _REFUSED):
        yield Issue(one.node, "rule", gateway=gateway.title, field=one.path, wanted=one.words)
    for entry in mappings(gateway.at("spec", "addresses")):
        yield from _entry(gateway, entry)


def _entry(gateway: Gateway, entry: MappingNode) -> Issues:
    kind, value = text(entry.get("type")) or "IPAddress", present(entry.get("value"))
    place = entry.get("type") or entry
    if kind == "NamedAddress":
        yield Issue(place, "named", gateway=gateway.title)
    elif kind == "IPAddress":
        if isinstance(value, Scalar) and not value.unknown and address(value.text) is None:
            yield Issue(value, "address", gateway=gateway.title, value=value.text)
    elif kind != "Hostname" and "/" not in kind and not is_open(kind):
        yield Issue(place, "type", gateway=gateway.title, value=kind)
