"""A traffic policy needs an address that traffic goes to."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, taken_out, text


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """KEP-2086: not for headless Services, nor for those of type ExternalName. Cluster is the default, and says nothing."""
    node = service.at("spec", "internalTrafficPolicy")
    if node is not None and text(node) == "Local" and (service.headless or service.external_name):
        issue = Issue(node, "internal", service=service.title, policy="Local")
        yield issue.fix("take it out", taken_out(service, "spec", "internalTrafficPolicy"))
