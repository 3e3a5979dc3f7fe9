"""A range for everybody leaves the others without effect."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Scalar, Service, detector, items

_EVERYBODY = frozenset({"0.0.0.0/0", "::/0"})
_ANNOTATION = "service.beta.kubernetes.io/load-balancer-source-ranges"


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """ServiceSpec.LoadBalancerSourceRanges (kubernetes `core/v1`); AnnotationLoadBalancerSourceRangesKey."""
    field = service.at("spec", "loadBalancerSourceRanges")
    ranges = [one for one in items(field) if isinstance(one, Scalar)]
    narrow = [one for one in ranges if one.text.strip() not in _EVERYBODY]
    annotation = service.annotation(_ANNOTATION)
    if ranges and annotation is not None and field is not None:
        yield Issue(annotation, "shadowed", service=service.title).related(ranges[0], "read in its place")
    for one in ranges:
        same = [other for other in narrow if (":" in other.text) == (":" in one.text)]
        if one.text.strip() in _EVERYBODY and same:
            yield Issue(one, "among", service=service.title, open=one.text).related(same[0], "does nothing")
