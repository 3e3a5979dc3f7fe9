"""EndpointSlices took the place of Endpoints."""

from __future__ import annotations

from collections.abc import Iterator

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    MappingNode,
    TextEdit,
    Version,
    View,
    address,
    detector,
    first_line,
    in_place_of,
    mappings,
    name_text,
    next_lines,
    put_in,
    quoted,
    replace_node,
)

_DEPRECATED = Version(1, 33)
_READY = "addresses"
_FIELDS = (_READY, "notReadyAddresses")
_PORT_FIELDS = ("name", "port", "protocol", "appProtocol")
_SERVICE = "kubernetes.io/service-name"


@detector
def check(endpoints: View, ctx: Context) -> Issues:
    """KEP-4974. An object that elects a leader by annotation is no Endpoints but in name."""
    if ctx.kubernetes >= _DEPRECATED and endpoints.at("subsets") is not None:
        issue = Issue(endpoints.at("kind") or endpoints.manifest.name_node, "deprecated", endpoints=endpoints.title)
        yield issue.fix("write it as an EndpointSlice", *_as_slice(endpoints))


def _as_slice(endpoints: View) -> tuple[TextEdit | None, ...]:
    """The same addresses in a slice; nothing where one slice is not enough, or something would be lost."""
    subsets = mappings(endpoints.at("subsets"))
    version, kind, metadata = endpoints.at("apiVersion"), endpoints.at("kind"), endpoints.at("metadata")
    name = endpoints.at("metadata", "name")
    lines = list(_lines(subsets[0])) if len(subsets) == 1 else []
    if not lines or version is None or kind is None or name is None or not isinstance(metadata, MappingNode):
        return ()
    return (
        replace_node(version, "discovery.k8s.io/v1"),
        replace_node(kind, "EndpointSlice"),
        _label(metadata, f"{_SERVICE}: {endpoints.name}"),
        replace_node(name, f"{endpoints.name}-1"),
        put_in(in_place_of(endpoints.node, "subsets", lines)),
    )


def _label(metadata: MappingNode, label: str) -> TextEdit | None:
    labels = metadata.get("labels")
    if isinstance(labels, MappingNode):
        return put_in(first_line(labels, label))
    return put_in(next_lines(metadata, "name", (f"labels: {{{label}}}",))) if labels is None else None


def _lines(subset: MappingNode) -> Iterator[str]:
    found = [(one, field) for field in _FIELDS for one in mappings(subset.get(field))]
    families = {address(name_text(one.get("ip")) or "") for one, _ in found}
    versions = {one.family for one in families if one is not None}
    if None in families or len(versions) != 1 or any(set(one.entries) - {"ip"} for one, _ in found):
        return
    yield f"addressType: IPv{versions.pop()}"
    yield "endpoints:"
    for one, field in found:
        yield f"  - addresses: [{quoted(name_text(one.get('ip')) or '')}]"
        yield f"    conditions: {{ready: {str(field == _READY).lower()}}}"
    yield "ports:" if mappings(subset.get("ports")) else "ports: []"
    for port in mappings(subset.get("ports")):
        said = {field: name_text(port.get(field)) for field in _PORT_FIELDS}
        # It has to be the name of the Service's port, which has none where it is the only one.
        said["name"] = quoted(said["name"] or "")
        yield "  - {" + ", ".join(f"{field}: {value}" for field, value in said.items() if value is not None) + "}"
