"""HTTPProxies make a tree: one root has the virtual host, and nothing below it has another."""

from __future__ import annotations

from collections import defaultdict

from kubelint_lb.detectors.api import (
    Context,
    CustomReference,
    Issue,
    Issues,
    View,
    custom_references,
    detector,
    is_open,
    name_text,
)


@detector
def check(view: View, ctx: Context) -> Issues:
    """projectcontour/contour `internal/dag/httpproxy_processor.go` (computeRoutes, validHTTPProxies)."""
    if not view.settled:
        return
    for one in custom_references(view, "HTTPProxy"):
        yield from _include(view, one, ctx)
    host = view.at("spec", "virtualhost")
    fqdn = name_text(view.at("spec", "virtualhost", "fqdn"))
    if host is None or fqdn is None or is_open(fqdn):
        return
    if all(view.lacks("spec", field) is True for field in ("routes", "includes", "tcpproxy")):
        yield Issue(host, "empty", object=view.title, fqdn=fqdn)
    for other in ctx.once("hosts", lambda: _by_host(ctx))[fqdn.lower()]:
        if other.settled and other.is_before(view) and ctx.lands_with(view, other):
            node = view.place("spec", "virtualhost", "fqdn")
            issue = Issue(node, "duplicate-fqdn", object=view.title, other=other.title, fqdn=fqdn)
            yield issue.related(other.place("spec", "virtualhost", "fqdn"), "the same host")
            return


def _by_host(ctx: Context) -> dict[str, list[View]]:
    found: dict[str, list[View]] = defaultdict(list)
    for one in ctx.all("HTTPProxy"):
        found[(name_text(one.at("spec", "virtualhost", "fqdn")) or "").lower()].append(one)
    return found


def _include(view: View, one: CustomReference, ctx: Context) -> Issues:
    node = one.reference.node
    for included in ctx.resolve(one.reference).targets[:1]:
        host = included.at("spec", "virtualhost")
        if host is not None:
            yield Issue(node, "root", object=view.title, included=included.title).related(host, "its virtual host")
        elif _leads_to(included, view, ctx, set()):
            yield Issue(node, "cycle", object=view.title, included=included.title)


def _leads_to(view: View, goal: View, ctx: Context, seen: set[View]) -> bool:
    if view is goal:
        return True
    if view in seen:
        return False
    seen.add(view)
    return any(
        _leads_to(target, goal, ctx, seen)
        for one in custom_references(view, "HTTPProxy")
        for target in ctx.resolve(one.reference).targets[:1]
    )
