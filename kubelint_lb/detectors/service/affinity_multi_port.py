"""Every port has a table of clients of its own."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, sticks

# Not for the clients that are kept.
_ASIDE = ("metrics", "health", "admin", "prometheus", "probe", "status")


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """kubernetes#103000: session affinity is per Service port."""
    ports = [one for one in service.ports if not any(word in one.name for word in _ASIDE)]
    if sticks(service) and len(ports) > 1 and not service.headless:
        words = {"first": ports[0].name or str(ports[0].port), "second": ports[1].name or str(ports[1].port)}
        issue = Issue(service.place("spec", "sessionAffinity"), "ports", service=service.title, **words)
        yield issue.related(ports[1].at("port"), "another port")
