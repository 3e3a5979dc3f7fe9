"""A field took the place of the annotations for topology."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector

_ANNOTATIONS = ("service.kubernetes.io/topology-aware-hints", "service.kubernetes.io/topology-mode")
_OFF = frozenset({"Disabled", "disabled", ""})


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """KEP-2433, "Scope Reduction"; kubernetes staging endpointslice `hintsEnabled`. Values with a domain are implementations'."""
    for name in _ANNOTATIONS:
        node = service.annotation(name)
        if node is None or node.unknown or "/" in node.text or node.text in _OFF:
            continue
        if node.text in {"Auto", "auto"}:
            yield Issue(node, "legacy", service=service.title)
        else:
            yield Issue(node, "value", service=service.title, value=node.text, annotation=name)
