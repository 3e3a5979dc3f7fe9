"""A TrafficSplit's weights, and the ports that its backends share with its Service."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    View,
    custom_references,
    detector,
    integer,
    is_open,
    mappings,
    name_text,
    present,
)


@detector
def check(view: View, ctx: Context) -> Issues:
    """servicemeshinterface/smi-spec `apis/traffic-split/v1alpha4`."""
    yield Issue(view.place("kind"), "archived", object=view.title)
    nodes = [present(one.get("weight")) for one in mappings(view.at("spec", "backends"))]
    weights = [integer(node) for node in nodes]
    for node, weight in zip(nodes, weights, strict=True):
        written = name_text(node) or str(weight)
        if node is not None and not is_open(written) and (weight is None or weight < 0):
            yield Issue(node, "weight", object=view.title, weight=written)
    if nodes and nodes[0] is not None and all(weight == 0 for weight in weights):
        yield Issue(nodes[0], "all-zero", object=view.title)
    yield from _ports(view, ctx)


def _ports(view: View, ctx: Context) -> Issues:
    found_by = [(one.reference, ctx.services(one.reference)) for one in custom_references(view, "Service")]
    if not found_by or len(found_by[0][1]) != 1 or not found_by[0][1][0].settled:
        return
    service = found_by[0][1][0]
    for reference, found in found_by[1:]:
        for port in service.ports if len(found) == 1 and found[0].settled and not found[0].external_name else ():
            if port.port is not None and not found[0].ports_numbered(port.port):
                words = {"service": found[0].name, "root": service.title}
                issue = Issue(reference.node, "port-missing", object=view.title, port=port.port, **words)
                yield issue.related(port.at("port"), "the port").related(found[0].place("spec", "ports"), "the ports it has")
                break
