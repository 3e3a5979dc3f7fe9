"""Numbers that may be percentages of another (apimachinery `pkg/util/intstr`, GetScaledValueFromIntOrPercent)."""

from __future__ import annotations

from kubelint_lb.source.node import Node, Scalar


def scaled(node: Node | None, total: int, *, up: bool) -> int | None:
    """The number, or that percentage of `total`, rounded up or down; None where it is not written, not known, or neither."""
    if not isinstance(node, Scalar) or node.unknown:
        return None
    if isinstance(node.value, int) and not isinstance(node.value, bool):
        return node.value
    number = node.text.removesuffix("%")
    if number == node.text or not number.isdigit():
        return None
    return -(-int(number) * total // 100) if up else int(number) * total // 100
