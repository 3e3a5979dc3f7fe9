"""A route that names a listener its parent does not have attaches to nothing."""

from __future__ import annotations

from functools import partial

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    ListenerHolder,
    ListenerSet,
    MappingNode,
    ParentRef,
    Route,
    detector,
    items,
    nearest,
    renamed,
)


@detector
def check(route: Route, ctx: Context) -> Issues:
    """Points at the sectionName, else the port, that leaves no listener of the parent."""
    for parent in route.parents:
        if not parent.is_listener_holder or (parent.section_name is None and parent.port is None):
            continue
        targets = ctx.resolve(parent.reference).targets
        holders = [target for target in targets if isinstance(target, ListenerHolder)]
        if not holders or not all(ctx.once(id(holder), partial(_is_readable, holder)) for holder in holders):
            continue
        if any(ctx.attach(route, parent, holder).addressed for holder in holders):
            continue
        yield _issue(route, parent, holders[0], ctx)


def _is_readable(holder: ListenerHolder) -> bool:
    """All of its listeners are seen, with their names."""
    entries = items(holder.at("spec", "listeners"))
    whole = bool(entries) and all(isinstance(entry, MappingNode) for entry in entries)
    return whole and holder.settled and all(listener.name for listener in holder.listeners)


def _issue(route: Route, parent: ParentRef, holder: ListenerHolder, ctx: Context) -> Issue:
    section, port = parent.section_name, parent.port
    node = parent.node.get("sectionName") if section else parent.node.get("port")
    words = {"route": route.title, "parent": holder.title, "section": section or "", "port": str(port or "")}
    place = node or parent.node
    names = ", ".join(listener.name for listener in holder.listeners)
    ports = ", ".join(sorted({str(listener.port) for listener in holder.listeners}))
    if section is None:
        return Issue(place, "port", **words, ports=ports).related(holder.manifest.name_node, "this is the parent")
    named = next((listener for listener in holder.listeners if listener.name == section), None)
    if named is not None:
        issue = Issue(parent.node.get("port") or place, "name-and-port", **words, listening=named.port or 0)
        return issue.related(named.node.get("port") or named.place, f"listener {section} has this port")
    elsewhere = _on_listener_set(parent, holder, ctx)
    if elsewhere is not None:
        issue = Issue(place, "on-listener-set", **words, set=elsewhere[0].title)
        return issue.related(elsewhere[1], "this listener is not the Gateway's own")
    issue = Issue(place, "name", **words, names=names)
    near = nearest(section, (listener.name for listener in holder.listeners))
    meant = next((listener for listener in holder.listeners if listener.name == near), None)
    if meant is not None:
        issue = issue.related(meant.place, "a listener with a similar name")
        return issue.fix(f"name listener {meant.name}", renamed(place, section, meant.name))
    return issue.related(holder.manifest.name_node, "this is the parent")


def _on_listener_set(parent: ParentRef, holder: ListenerHolder, ctx: Context) -> tuple[ListenerSet, MappingNode] | None:
    """A listener of the wanted name in a ListenerSet that adds to this Gateway."""
    for view in ctx.all("ListenerSet"):
        if not isinstance(view, ListenerSet) or view.parent is None or isinstance(holder, ListenerSet):
            continue
        if any(target is holder for target in ctx.resolve(view.parent).targets):
            for listener in view.listeners:
                if listener.name == parent.section_name:
                    return view, listener.node
    return None
