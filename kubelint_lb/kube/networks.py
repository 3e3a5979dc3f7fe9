"""Addresses and networks as people write them."""

from __future__ import annotations

from collections.abc import Iterable
from ipaddress import ip_address, ip_network


def is_in(client: str, ranges: Iterable[str]) -> bool:
    """An address, or a network's first one, lies in one of some networks; what cannot be read holds nothing."""
    try:
        address = ip_address(client.partition("/")[0])
        return any(address in ip_network(one.strip(), strict=False) for one in ranges if one.strip())
    except ValueError:
        return False
