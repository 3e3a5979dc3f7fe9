"""What every rule about actions of the AWS controller asks first."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from kubelint_lb.controllers.alb.actions import Action, read_action
from kubelint_lb.controllers.which import ALB
from kubelint_lb.source.node import Scalar
from kubelint_lb.source.placeholder import has_placeholder

if TYPE_CHECKING:
    from kubelint_lb.detectors.context import Context
    from kubelint_lb.kube.ingress import Ingress

_ACTIONS = "alb.ingress.kubernetes.io/actions."


def actions_of(ingress: Ingress, ctx: Context) -> Iterator[tuple[str, Scalar, Action]]:
    """The actions of an Ingress that the AWS controller serves: the name, where it stands, and what it says."""
    if ctx.controller(ingress) != ALB:
        return
    for annotation in ingress.annotations:
        node = ingress.annotation(annotation) if annotation.startswith(_ACTIONS) else None
        if node is not None and not has_placeholder(node.text):
            yield annotation.removeprefix(_ACTIONS), node, read_action(node.text)
