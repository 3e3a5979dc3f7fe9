"""NetworkPolicies: peers, ports and blocks of addresses.

Source: kubernetes `pkg/apis/networking/validation/validation.go`.
"""

from __future__ import annotations

from kubelint_lb.kube.validation.addresses import holds, network
from kubelint_lb.kube.validation.findings import Findings
from kubelint_lb.kube.validation.plain import Path, Plain, listed, number


def spec(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """Two types of policies at the most."""
    if len(listed(plain.get("policyTypes"))) > 2:
        found.conflict((*path, "policyTypes"), "two policy types at the most")


def peer(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """Selectors or a block, and one of them."""
    named = [name for name in ("podSelector", "namespaceSelector", "ipBlock") if plain.get(name) is not None]
    if not named:
        found.required(path, "a podSelector, a namespaceSelector or an ipBlock")
    elif "ipBlock" in named and len(named) > 1:
        found.conflict(path, "either selectors or an ipBlock")


def port(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """A range of ports starts with a number."""
    end, start = number(plain.get("endPort")), plain.get("port")
    if end is None:
        return
    at = (*path, "endPort")
    if start is None:
        found.conflict(at, "a port beside it, at which the range starts")
    elif isinstance(start, str):
        found.conflict(at, "a port with a number, at which the range starts")
    elif isinstance(start, int) and end < start:
        found.conflict(at, "an end that is not before the port")


def block(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """Exceptions lie within the block."""
    cidr = plain.get("cidr")
    outer = network(cidr) if isinstance(cidr, str) else None
    for index, one in enumerate(listed(plain.get("except"))):
        inner = network(one) if isinstance(one, str) else None
        if outer is not None and inner is not None and not holds(outer, inner):
            found.conflict((*path, "except", index), f"a range within {cidr} that is smaller")
