"""A field took the place of the annotations for topology."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, TextEdit, Version, detector, first_line, put_in, taken_out

_ANNOTATIONS = ("service.kubernetes.io/topology-aware-hints", "service.kubernetes.io/topology-mode")
# The release that gave PreferClose its other name (KEP-3015).
_SAME_ZONE = Version(1, 34)
_OFF = frozenset({"Disabled", "disabled", ""})


@detector
def check(service: Service, ctx: Context) -> Issues:
    """KEP-2433, "Scope Reduction"; kubernetes staging endpointslice `hintsEnabled`. Values with a domain are implementations'."""
    for name in _ANNOTATIONS:
        node = service.annotation(name)
        if node is None or node.unknown or "/" in node.text or node.text in _OFF:
            continue
        if node.text in {"Auto", "auto"}:
            issue = Issue(node, "legacy", service=service.title)
            yield issue.fix("say it in the field", *_field(service, name, ctx.kubernetes))
        else:
            yield Issue(node, "value", service=service.title, value=node.text, annotation=name)


def _field(service: Service, annotation: str, kubernetes: Version) -> tuple[TextEdit | None, ...]:
    """The annotation gone, and `trafficDistribution` in its place, by the name that the cluster knows."""
    if service.spec is None or service.spec.key("trafficDistribution") is not None:
        return (None,)
    value = "PreferSameZone" if kubernetes >= _SAME_ZONE else "PreferClose"
    line = put_in(first_line(service.spec, f"trafficDistribution: {value}"))
    return (taken_out(service, "metadata", "annotations", annotation), line)
