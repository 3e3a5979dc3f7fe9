"""One port number for two protocols is lost by client-side apply."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, ServicePort, detector


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """Service.Spec.Ports (kubernetes `core/v1`): patchMergeKey is `port`."""
    first: dict[int, ServicePort] = {}
    for port in service.ports:
        other = first.setdefault(port.port, port) if port.port is not None else port
        if other is not port and other.protocol != port.protocol:
            words = {"port": str(port.port), "first": other.protocol, "second": port.protocol}
            yield Issue(port.at("port"), "twice", service=service.title, **words).related(other.at("port"), "the same number")
