"""Of a field and an annotation for the same, the annotation wins."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, name_text, taken_out

_ANNOTATIONS = ("service.kubernetes.io/topology-aware-hints", "service.kubernetes.io/topology-mode")


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """KEP-4444, Risks: the annotation takes precedence."""
    node = service.at("spec", "trafficDistribution")
    for name in _ANNOTATIONS if node is not None else ():
        annotation = service.annotation(name)
        if annotation is not None and node is not None and annotation.text in {"Auto", "auto"}:
            words = {"value": name_text(node) or "", "annotation": name}
            issue = Issue(node, "annotation", service=service.title, **words).related(annotation, "wins")
            yield issue.fix("take the annotation out", taken_out(service, "metadata", "annotations", name))
            return
