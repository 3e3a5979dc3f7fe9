"""An autoscaler needs the workload that it scales."""

from __future__ import annotations

from kubelint_lb.detectors.api import KINDS, Autoscaler, Context, Issues, Reference, detector, missing


@detector
def check(autoscaler: Autoscaler, ctx: Context) -> Issues:
    """HorizontalPodAutoscaler (kubernetes `autoscaling/v2`): condition AbleToScale is False, FailedGetScale."""
    node = autoscaler.at("spec", "scaleTargetRef", "name")
    target = KINDS.get(autoscaler.target_kind)
    if node is None or target is None or not autoscaler.target_name or not autoscaler.settled:
        return
    reference = Reference(autoscaler.manifest, node, target, autoscaler.namespace, autoscaler.target_name)
    yield from missing(ctx, reference, kind=target.kind, target=autoscaler.target_name, autoscaler=autoscaler.title)
