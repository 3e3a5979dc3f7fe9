"""Namespaces as git shows them: one that is not written is unset, which is not `default`."""

from __future__ import annotations

from kubelint_lb.source.placeholder import may_equal

# The control plane's own: what is missing there was never meant to be in git.
SYSTEM = frozenset({"kube-system", "kube-public", "kube-node-lease"})


def compatible(left: str | None, right: str | None) -> bool:
    """Whether two objects may land in one namespace: unset fits anything, two different names do not."""
    return left is None or right is None or may_equal(left, right)


def surely_differ(left: str | None, right: str | None) -> bool:
    """Both are named, and whatever their placeholders become, the names differ."""
    return not compatible(left, right)
