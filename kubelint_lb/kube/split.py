"""How one route rule divides its traffic over its backends.

Source: gateway-api v1.6.1 `apis/v1/shared_types.go` BackendRef.Weight: an unset weight is 1, and an entry keeps its
share whether or not its backend exists.
"""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from kubelint_lb.kube.route import BackendRef, RouteRule
from kubelint_lb.kube.values import items, present
from kubelint_lb.kube.weights import percent, shares
from kubelint_lb.source.node import Node, Scalar, Sequence


class Split(NamedTuple):
    """The backends of a rule with the weights in force, all of them known."""

    backends: tuple[BackendRef, ...]
    weights: tuple[int, ...]

    @property
    def total(self) -> int:
        """The sum of the weights."""
        return sum(self.weights)

    @property
    def weight_nodes(self) -> tuple[Scalar, ...]:
        """Where weights are written, in order."""
        return tuple(backend.weight_node for backend in self.backends if backend.weight_node is not None)

    @property
    def all_explicit(self) -> bool:
        """Every backend says its weight."""
        return len(self.weight_nodes) == len(self.backends)

    @property
    def shares(self) -> tuple[str, ...]:
        """The share of each backend, for people: `88.9 %`."""
        return tuple(percent(share) for share in shares(self.weights))

    @property
    def labels(self) -> tuple[str, ...]:
        """A name for each backend; with its port or namespace where the bare name occurs twice."""
        names = Counter(backend.name for backend in self.backends)
        return tuple(
            backend.name if names[backend.name] == 1 else _long_label(backend, self.backends) for backend in self.backends
        )

    @property
    def words(self) -> str:
        """Every backend with its share: `web 88.9 %, web-canary 11.1 %`."""
        return ", ".join(f"{label} {share}" for label, share in zip(self.labels, self.shares, strict=True))

    def share_of(self, backend: BackendRef) -> str:
        """The share of one of its backends."""
        return self.shares[self.backends.index(backend)]


def split_of(rule: RouteRule) -> Split | None:
    """The rule's split; None where it has no backends, or some entry or weight is a placeholder or not valid."""
    entries = items(rule.node.get("backendRefs"))
    backends = rule.backend_refs
    if not entries or len(entries) != len(backends):
        return None
    weights = tuple(backend.weight for backend in backends if backend.weight is not None and backend.weight >= 0)
    return Split(backends, weights) if len(weights) == len(backends) else None


def empty_backends(rule: RouteRule) -> Node | None:
    """Where a rule shows that it has no backends: the empty list, else the rule's first key. None where it has some, or
    something stands there that is no list."""
    written = present(rule.node.get("backendRefs"))
    if written is None:
        key = rule.node.key("backendRefs")
        return key or next(rule.node.keys(), rule.node)
    return written if isinstance(written, Sequence) and not written.items else None


def _long_label(backend: BackendRef, others: tuple[BackendRef, ...]) -> str:
    namespaces = {other.reference.namespace for other in others if other.name == backend.name}
    name = backend.name
    if len(namespaces) > 1 and backend.reference.namespace:
        name = f"{backend.reference.namespace}/{name}"
    return f"{name}:{backend.port}" if backend.port is not None else name
