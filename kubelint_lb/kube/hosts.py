"""Hostnames of the Gateway API and how they intersect.

Source: gateway-api `site-src/concepts/hostnames.md`, `apis/v1/shared_types.go` Hostname.
"""

from __future__ import annotations

from kubelint_lb.source.placeholder import is_open


def intersects(left: str | None, right: str | None) -> bool | None:
    """Whether two hostnames share a name; None (unset) matches anything. The answer None: a placeholder decides.

    `*.example.com` covers any number of labels before the suffix, never `example.com` itself. A bare `*`, which the API
    refuses, is read as it is meant.
    """
    if not left or not right:
        return True
    if left == right or "*" in {left, right}:
        return True
    # Asked before lowering: `YOUR_HOST` is a word to be replaced, `your_host` is not.
    if is_open(left) or is_open(right) or "$" in left or "$" in right:
        return None
    left, right = left.lower(), right.lower()
    if left == right:
        return True
    left_wild, right_wild = left.startswith("*."), right.startswith("*.")
    if left_wild and right_wild:
        return left[1:].endswith(right[1:]) or right[1:].endswith(left[1:])
    if left_wild:
        return right.endswith(left[1:])
    if right_wild:
        return left.endswith(right[1:])
    return False
