"""Traffic weights of the Gateway API: an unset weight is 1, a share is a weight over the sum of the rule's."""

from __future__ import annotations

from collections.abc import Sequence


def shares(weights: Sequence[int]) -> list[float]:
    """Percent of the requests that each weight gets; all zero where the sum is zero."""
    total = sum(weights)
    return [100 * weight / total if total else 0.0 for weight in weights]


def percent(share: float) -> str:
    """A share for people: `90 %`, `88.9 %`, `0.99 %`; never `100 %` or `0 %` for what is nearly so."""
    if 0 < share < 0.01:
        return "<0.01 %"
    if 99.95 <= share < 100:
        digits = f"{min(share, 99.99):.2f}"
    elif share >= 1 or share == 0:
        digits = f"{share:.1f}"
    else:
        digits = f"{share:.2g}"
    return f"{digits.rstrip('0').rstrip('.') if '.' in digits else digits} %"
