"""Ports of an EndpointSlice are numbers that a port can have."""

from kubelint_lb.detectors.api import Context, Issue, Issues, View, detector, integer, mappings

_PORTS = 65535


@detector
def check(view: View, _ctx: Context) -> Issues:
    """The API server does not look (kubernetes `pkg/apis/discovery/validation`); port null stands for all ports."""
    for port in mappings(view.at("ports")):
        number = integer(port.get("port"))
        if number is not None and not 1 <= number <= _PORTS:
            yield Issue(port.get("port") or port, "outside", slice=view.title, port=number)
