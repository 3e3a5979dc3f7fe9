"""A hostname is a name of DNS."""

from __future__ import annotations

from collections.abc import Iterator

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    ListenerHolder,
    Refusal,
    Route,
    Scalar,
    View,
    address,
    detector,
    is_dns_subdomain,
    refused,
    replace_node,
)

_REFUSED = Refusal(("value", "rule"), r".*\.hostname|spec\.hostnames(\[\d+\])?|spec\.hostnames: .*")


@detector
def check(view: View, ctx: Context) -> Issues:
    """Hostname and PreciseHostname (gateway-api `apis/v1/shared_types.go`, "Hostnames" in the concepts)."""
    for one in refused(view, ctx, _REFUSED):
        words = {"object": view.title, "field": one.path, "wanted": one.words}
        if not isinstance(one.node, Scalar) or one.path == "spec.hostnames":
            yield Issue(one.node, "rule", **words)
            continue
        issue = Issue(one.node, "value", value=one.node.text, **words)
        lower = one.node.text.lower()
        if lower != one.node.text and is_dns_subdomain(lower.removeprefix("*.")):
            issue = issue.fix("write it in small letters", replace_node(one.node, lower))
        yield issue
    if view.kind != "TLSRoute":
        for field, node in _hostnames(view):
            if not node.unknown and address(node.text) is not None and ":" not in node.text:
                yield Issue(node, "address", object=view.title, field=field, value=node.text)


def _hostnames(view: View) -> Iterator[tuple[str, Scalar]]:
    """The hostnames that requests are compared with, by their fields."""
    if isinstance(view, Route):
        yield from ((f"spec.hostnames[{index}]", node) for index, node in enumerate(view.hostnames))
    if isinstance(view, ListenerHolder):
        for index, listener in enumerate(view.listeners):
            node = listener.node.get("hostname")
            if isinstance(node, Scalar):
                yield f"spec.listeners[{index}].hostname", node
