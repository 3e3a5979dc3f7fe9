"""A hostname that no listener of the parents serves is ignored; if none is served, the parent refuses the route."""

from __future__ import annotations

from itertools import islice

from kubelint_lb.detectors.api import Admission, Context, Issue, Issues, Route, Scalar, detector

# So many are shown: nobody reads on.
_MOST_LISTENERS = 20


@detector
def check(route: Route, ctx: Context) -> Issues:
    """Points at hostnames that nobody serves, else at the parent that serves none of them."""
    if not route.settled or not route.hostnames:
        return
    parents = [ctx.admission(route, parent) for parent in route.parents]
    known = [parent for parent in parents if parent.listeners is not None]
    if not known:
        return
    unserved = [name for name in route.hostnames if not any(one.may_serve(route, name.text) for one in parents)]
    if len(unserved) == len(route.hostnames):
        yield _none_served(route, known)
        return
    for hostname in unserved:
        yield _not_served(route, hostname, known)
    for parent in known:
        if not any(parent.may_serve(route, hostname.text) for hostname in route.hostnames):
            words = {"route": route.title, "parent": _titles([parent]), "hostnames": _names(route)}
            yield _with_listeners(Issue(parent.parent.reference.node, "idle-parent", **words), [parent], "")


def _none_served(route: Route, parents: list[Admission]) -> Issue:
    first, *others = route.hostnames
    issue = Issue(first, "none-served", route=route.title, hostnames=_names(route), parents=_titles(parents))
    for hostname in others:
        issue = issue.related(hostname, "not served either")
    return _with_listeners(issue, parents, first.text)


def _not_served(route: Route, hostname: Scalar, parents: list[Admission]) -> Issue:
    apex = any(listener.hostname == f"*.{hostname.text}" for parent in parents for listener in parent.listeners or ())
    key = "apex" if apex else "not-served"
    issue = Issue(hostname, key, hostname=hostname.text, route=route.title, parents=_titles(parents))
    return _with_listeners(issue, parents, hostname.text)


def _names(route: Route) -> str:
    return ", ".join(hostname.text for hostname in route.hostnames)


def _titles(parents: list[Admission]) -> str:
    return ", ".join(dict.fromkeys(holder.title for parent in parents for holder in parent.holders[:1]))


def _with_listeners(issue: Issue, parents: list[Admission], hostname: str) -> Issue:
    listeners = {id(one.node): one for parent in parents for one in parent.listeners or ()}
    for listener in islice(listeners.values(), _MOST_LISTENERS):
        words = f"listener {listener.name} serves {listener.hostname}"
        if hostname and listener.hostname == f"*.{hostname}":
            words = f"listener {listener.name} serves names below {hostname}, not {hostname} itself"
        issue = issue.related(listener.hostname_place, words)
    return issue
