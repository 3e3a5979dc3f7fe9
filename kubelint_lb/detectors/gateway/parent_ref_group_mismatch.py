"""A parent of a group that it is not of is no parent: nothing says so, in no status."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    MappingNode,
    Route,
    detector,
    is_open,
    mappings,
    name_text,
    next_lines,
    present,
    put_in,
    replace_node,
)

_GATEWAY = "gateway.networking.k8s.io"
_OLD = "gateway.networking.x-k8s.io"
_GROUPS = {"Service": "", "Gateway": _GATEWAY, "ListenerSet": _GATEWAY, "XListenerSet": _OLD}


@detector
def check(route: Route, _ctx: Context) -> Issues:
    """ParentReference.group (gateway-api `apis/v1/shared_types.go`): it defaults to the Gateway API's own; for a Service, `""`
    has to be written."""
    if not route.settled:
        return
    for parent in mappings(route.at("spec", "parentRefs")):
        issue = _issue(route, parent)
        if issue is not None:
            yield issue


def _issue(route: Route, parent: MappingNode) -> Issue | None:
    kind, written = name_text(parent.get("kind")) or "Gateway", present(parent.get("group"))
    group = _GATEWAY if written is None else name_text(written) or ""
    wanted = _GROUPS.get(kind)
    if wanted is None or group == wanted or is_open(group) or (kind == "Gateway" and group not in {"", "core", _OLD}):
        return None
    place = written or parent.get("kind") or parent
    words = {"route": route.title, "kind": kind, "group": group}
    if kind == "Service":
        issue = Issue(place, "core" if group in {"core", "v1"} else "service", **words)
    else:
        issue = Issue(place, "group", **words, wanted=wanted)
    text = wanted or '""'
    added = put_in(next_lines(parent, "kind", (f"group: {text}",)))
    return issue.fix(f"write group: {text}", replace_node(written, text) if written is not None else added)
