"""Endpoints and EndpointSlices: addresses of the kind that is named, ports named apart.

Source: kubernetes `pkg/apis/discovery/validation/validation.go`, `pkg/apis/core/validation/validation.go`
validateEndpointSubsets.
"""

from __future__ import annotations

from kubelint_lb.kube.validation.addresses import ADDRESS, address
from kubelint_lb.kube.validation.findings import Findings
from kubelint_lb.kube.validation.formats import subdomain
from kubelint_lb.kube.validation.plain import OPEN, Path, Plain, listed, maps
from kubelint_lb.kube.validation.scalars import formatted


def endpoint_slice(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """The addresses and ports of an EndpointSlice."""
    kind = plain.get("addressType")
    for index, endpoint in maps(plain.get("endpoints")):
        for place, one in enumerate(listed(endpoint.get("addresses"))):
            if isinstance(one, str) and isinstance(kind, str):
                words = _address(kind, one, found)
                if words is not None:
                    found.value((*path, "endpoints", index, "addresses", place), words)
    _names(plain.get("ports"), (*path, "ports"), found)


def _address(kind: str, text: str, found: Findings) -> str | None:
    if kind == "FQDN":
        words = subdomain(text.removesuffix("."))
        return words if words is not None or "." in text.removesuffix(".") else "a DNS name of two labels or more"
    if kind not in {"IPv4", "IPv6"}:
        return None
    read = address(text)
    if read is None:
        return ADDRESS
    if read.family != int(kind[-1]) or (":" in text) != (kind == "IPv6"):
        return f"an {kind} address"
    return formatted("endpoint-ip", text, found.servers)


def _names(ports: Plain, path: Path, found: Findings) -> None:
    """The names of ports are apart, an empty one counted; of one port none is asked."""
    seen: set[str] = set()
    for index, port in maps(ports):
        name = port.get("name") or ""
        if name is OPEN:
            continue
        if name in seen:
            found.duplicate((*path, index, "name"), name or "without a name")
        seen.add(name)


def subset(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """A group of Endpoints' addresses and ports."""
    if plain.get("addresses") in (None, []) and plain.get("notReadyAddresses") in (None, []):
        found.required(path, "addresses or notReadyAddresses")
    ports = listed(plain.get("ports"))
    for index, port in maps(ports):
        if len(ports) > 1 and port.get("name") in (None, ""):
            found.required((*path, "ports", index, "name"))
