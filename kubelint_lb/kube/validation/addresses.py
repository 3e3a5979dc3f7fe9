"""IP addresses and ranges as the API server reads them.

Source: kubernetes `staging/src/k8s.io/apimachinery/pkg/util/validation/ip.go`, `k8s.io/utils/net`. Older servers take leading
zeros
(`010.0.0.1`) and host bits in ranges; 1.36 and later do not.
"""

from __future__ import annotations

from typing import NamedTuple, TypeAlias

ADDRESS = "an IP address such as 10.9.8.7 or 2001:db8::ffff"
RANGE = "a range of addresses such as 10.9.8.0/24 or 2001:db8::/64"


class Address(NamedTuple):
    """An address: 4 or 6, its number, and whether it is written as everybody would."""

    family: int
    value: int
    canonical: bool


Network: TypeAlias = tuple[Address, int]


def address(text: str) -> Address | None:
    """An address; None for anything else."""
    if ":" in text:
        return _six(text)
    parts = text.split(".")
    if len(parts) != 4 or not all(part.isascii() and part.isdigit() for part in parts) or any(int(part) > 255 for part in parts):
        return None
    value = 0
    for part in parts:
        value = value * 256 + int(part)
    return Address(4, value, all(part == str(int(part)) for part in parts))


def _six(text: str) -> Address | None:
    from ipaddress import IPv6Address

    if "%" in text:
        return None
    try:
        found = IPv6Address(text)
    except ValueError:
        return None
    if found.ipv4_mapped is not None:
        return Address(4, int(found.ipv4_mapped), canonical=False)
    return Address(6, int(found), text == str(found))


def network(text: str) -> Network | None:
    """A range of addresses, with the length of its prefix."""
    start, slash, length = text.partition("/")
    found = address(start)
    if found is None or not slash or not (length.isascii() and length.isdigit()):
        return None
    bits = int(length)
    return (found, bits) if bits <= (32 if ":" not in start else 128) and len(length) <= 3 else None


def has_host_bits(found: Network) -> bool:
    """Bits are set beyond the prefix."""
    start, bits = found
    width = 32 if start.family == 4 else 128
    return bool(start.value & ((1 << (width - min(bits, width))) - 1))


def holds(outer: Network, inner: Network) -> bool:
    """A range lies within another and is smaller."""
    if outer[0].family != inner[0].family or inner[1] <= outer[1]:
        return False
    shift = (32 if outer[0].family == 4 else 128) - outer[1]
    return outer[0].value >> shift == inner[0].value >> shift
