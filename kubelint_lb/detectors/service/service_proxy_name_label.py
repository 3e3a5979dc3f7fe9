"""A label takes a Service away from kube-proxy."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, name_text, taken_out

_LABEL = "service.kubernetes.io/service-proxy-name"


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """KEP-2447; kube-proxy `cmd/kube-proxy/app/server.go` watches Services without the label."""
    node = service.at("metadata", "labels", _LABEL)
    if node is not None and not service.headless:
        issue = Issue(node, "other-proxy", service=service.title, proxy=name_text(node) or "of no name")
        yield issue.fix("take the label out", taken_out(service, "metadata", "labels", _LABEL))
