"""A hostname that no listener of the parents serves is ignored; if none is served, the parent refuses the route."""

from __future__ import annotations

from typing import NamedTuple

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    Listener,
    ListenerHolder,
    ParentRef,
    Route,
    Scalar,
    detector,
    serves,
)


class _Parent(NamedTuple):
    """A parent with the listeners that admit the route, or may; None where that is not known."""

    ref: ParentRef
    holders: tuple[ListenerHolder, ...]
    listeners: tuple[Listener, ...] | None

    def may_serve(self, route: Route, hostname: Scalar) -> bool:
        """Some listener serves the hostname, or may."""
        return self.listeners is None or any(serves(listener, route, hostname.text) is not False for listener in self.listeners)


@detector
def check(route: Route, ctx: Context) -> Issues:
    """Points at hostnames that nobody serves, else at the parent that serves none of them."""
    if route.manifest.patched or not route.hostnames:
        return
    parents = [_read(route, parent, ctx) for parent in route.parents]
    served = [hostname for hostname in route.hostnames if any(parent.may_serve(route, hostname) for parent in parents)]
    unserved = [hostname for hostname in route.hostnames if hostname not in served]
    known = [parent for parent in parents if parent.listeners is not None]
    if not known:
        return
    if not served:
        yield _none_served(route, known)
        return
    for hostname in unserved:
        yield _not_served(route, hostname, known)
    for parent in known:
        if not any(parent.may_serve(route, hostname) for hostname in route.hostnames):
            yield _idle(route, parent)


def _read(route: Route, parent: ParentRef, ctx: Context) -> _Parent:
    """A parent whose every definition admits the route on some listener; anything else is another rule's business."""
    if not parent.is_listener_holder:
        return _Parent(parent, (), None)
    targets = ctx.resolve(parent.reference).targets
    holders = tuple(target for target in targets if isinstance(target, ListenerHolder))
    found: list[Listener] = []
    for holder in holders:
        allowing = ctx.attach(route, parent, holder).allowing
        if holder.manifest.patched or not allowing:
            return _Parent(parent, holders, None)
        found += allowing
    return _Parent(parent, holders, tuple(found) if found else None)


def _none_served(route: Route, parents: list[_Parent]) -> Issue:
    first, *others = route.hostnames
    names = ", ".join(hostname.text for hostname in route.hostnames)
    issue = Issue(first, "none-served", route=route.title, hostnames=names, parents=_titles(parents))
    for hostname in others:
        issue = issue.related(hostname, "not served either")
    return _with_listeners(issue, parents, first.text)


def _not_served(route: Route, hostname: Scalar, parents: list[_Parent]) -> Issue:
    apex = any(listener.hostname == f"*.{hostname.text}" for parent in parents for listener in parent.listeners or ())
    key = "apex" if apex else "not-served"
    issue = Issue(hostname, key, hostname=hostname.text, route=route.title, parents=_titles(parents))
    return _with_listeners(issue, parents, hostname.text)


def _idle(route: Route, parent: _Parent) -> Issue:
    names = ", ".join(hostname.text for hostname in route.hostnames)
    words = {"route": route.title, "parent": _titles([parent]), "hostnames": names}
    return _with_listeners(Issue(parent.ref.reference.node, "idle-parent", **words), [parent], "")


def _titles(parents: list[_Parent]) -> str:
    return ", ".join(dict.fromkeys(holder.title for parent in parents for holder in parent.holders[:1]))


def _with_listeners(issue: Issue, parents: list[_Parent], hostname: str) -> Issue:
    seen = set()
    for parent in parents:
        for listener in parent.listeners or ():
            if id(listener.node) in seen:
                continue
            seen.add(id(listener.node))
            words = f"listener {listener.name} serves {listener.hostname}"
            if listener.hostname == f"*.{hostname}":
                words = f"listener {listener.name} serves names below {hostname}, not {hostname} itself"
            issue = issue.related(listener.hostname_place, words)
    return issue
