"""The forms of values that are numbers or texts, or that versions of the server read in different ways.

Each check gives what is allowed, in words, for a value of another form; else None.
Source: kubernetes `pkg/apis/core/validation`, `pkg/apis/apps/validation`, `staging/src/k8s.io/apimachinery/pkg/util/validation`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from kubelint_lb.kube.validation.addresses import ADDRESS, RANGE, address, has_host_bits, network
from kubelint_lb.kube.validation.findings import Servers
from kubelint_lb.kube.validation.formats import port_name, qualified_name

# The first version that takes canonical addresses and ranges only (KEP-4858).
STRICT_ADDRESSES = 36
_STANDARD = frozenset({"cpu", "memory", "ephemeral-storage"})
_SPECIAL = "an address that other machines can reach: neither 0.0.0.0, nor loopback, link-local or link-local multicast"


def _port_or_name(value: Any, servers: Servers) -> str | None:
    """A targetPort: 0 and an empty text stand for the port."""
    return None if value in (0, "") else _port_or_name_given(value, servers)


def _port_or_name_given(value: Any, _servers: Servers) -> str | None:
    """ValidatePortNumOrName."""
    if isinstance(value, str):
        return port_name(value) if value else "a port"
    return None if 1 <= value <= 65535 else "a port from 1 to 65535"


def _count_or_percent(value: Any, _servers: Servers) -> str | None:
    """ValidatePositiveIntOrPercent, IsNotMoreThan100Percent."""
    return _share(value) or ("100% at the most" if isinstance(value, str) and int(value[:-1]) > 100 else None)


def _count_or_percent_over(value: Any, _servers: Servers) -> str | None:
    """ValidatePositiveIntOrPercent."""
    return _share(value)


def _share(value: Any) -> str | None:
    if isinstance(value, str):
        fits = value.endswith("%") and value[:-1].isascii() and value[:-1].isdigit()
        return None if fits else "a whole number or a percentage such as 25%"
    return None if value >= 0 else "0 at the least"


def _positive(value: Any, _servers: Servers) -> str | None:
    from kubelint_lb.kube.validation.quantities import quantity

    found = quantity(value)
    return "a quantity above 0" if found is not None and found <= 0 else None


def _not_negative(value: Any, _servers: Servers) -> str | None:
    from kubelint_lb.kube.validation.quantities import quantity

    found = quantity(value)
    return "0 at the least" if found is not None and found < 0 else None


def _address(value: Any, servers: Servers) -> str | None:
    """IsValidIPForLegacyField."""
    found = address(value)
    if found is None:
        return ADDRESS
    return f"{ADDRESS}, without leading zeros" if servers.since(STRICT_ADDRESSES) and _is_odd(value) else None


def _is_odd(text: str) -> bool:
    """Written as strict servers do not take it: leading zeros, or an IPv4 address as IPv6."""
    found = address(text)
    return found is not None and found.family == 4 and not found.canonical


def _reachable(value: Any, servers: Servers) -> str | None:
    """ValidateEndpointIP."""
    return _address(value, servers) or (_SPECIAL if _is_special(value) else None)


def _is_special(text: str) -> bool:
    found = address(text)
    if found is None:
        return False
    if found.family == 4:
        return found.value in {0} or found.value >> 24 == 127 or found.value >> 16 == 0xA9FE or found.value >> 8 == 0xE00000
    return found.value in {0, 1} or found.value >> 118 == 0xFE80 >> 6 or found.value >> 112 == 0xFF02


def _cluster_ip(value: Any, servers: Servers) -> str | None:
    return None if value in {"", "None"} else _address(value, servers)


def _range(value: Any, servers: Servers) -> str | None:
    """IsValidCIDRForLegacyField."""
    found = network(value)
    if found is None:
        return RANGE
    odd = has_host_bits(found) or _is_odd(value.partition("/")[0])
    return (
        f"{RANGE}, without leading zeros and without bits beyond the prefix" if servers.since(STRICT_ADDRESSES) and odd else None
    )


def _padded_range(value: Any, servers: Servers) -> str | None:
    """White space around is cut off."""
    return _range(value.strip(), servers)


def _container_resource(value: Any, _servers: Servers) -> str | None:
    """ValidateContainerResourceName."""
    words = qualified_name(value)
    if words is not None:
        return words
    if "/" not in value:
        standard = value in _STANDARD or value.startswith("hugepages-")
        return None if standard else "cpu, memory, ephemeral-storage, hugepages-SIZE, or a name with a domain and `/` before it"
    if "kubernetes.io/" in value:
        return None
    return "a resource of an extension" if value.startswith("requests.") or qualified_name(f"requests.{value}") else None


VALUES: dict[str, Callable[[Any, Servers], str | None]] = {
    "port-or-name": _port_or_name,
    "port-or-name!": _port_or_name_given,
    "count-or-percent": _count_or_percent,
    "count-or-percent-over": _count_or_percent_over,
    "positive-quantity": _positive,
    "quantity-not-negative": _not_negative,
    "ip": _address,
    "service-ip": _reachable,
    "endpoint-ip": _reachable,
    "cluster-ip": _cluster_ip,
    "cidr": _range,
    "cidr-padded": _padded_range,
    "container-resource": _container_resource,
}
