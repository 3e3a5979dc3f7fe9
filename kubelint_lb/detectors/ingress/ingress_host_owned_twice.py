"""NGINX Ingress Controller gives each host to one object."""

from __future__ import annotations

from collections import defaultdict

from kubelint_lb.detectors.api import (
    NGINX_INC,
    Context,
    Ingress,
    Issue,
    Issues,
    Node,
    View,
    detector,
    is_open,
    mappings,
    name_text,
    present,
    same_class,
)

_TYPE = "nginx.org/mergeable-ingress-type"


@detector
def check(view: View, ctx: Context) -> Issues:
    """nginx/kubernetes-ingress `internal/k8s/configuration.go` (buildHostsAndResources), `validation.go`.

    Said at the one that is read later."""
    if not view.settled:
        return
    if isinstance(view, Ingress):
        if ctx.controller(view) != NGINX_INC:
            return
        yield from _shape(view)
    for host, node in _hosts(view).items():
        others = [one for one in ctx.once("owners", lambda: _by_host(ctx))[host] if one is not view and _meets(view, one, ctx)]
        yield from _taken(view, host, node, others)
        if _type(view) == "minion" and ctx.complete and not any(_type(one) == "master" for one in others):
            yield Issue(node, "minion-alone", object=view.title, host=host)


def _taken(view: View, host: str, node: Node, others: list[View]) -> Issues:
    for other in others:
        types = {_type(view), _type(other)}
        if "minion" in types or not other.is_before(view):
            continue
        key = "second-master" if types == {"master"} else "second"
        yield Issue(node, key, object=view.title, other=other.title, host=host).related(_hosts(other)[host], "the other")
        return


def _meets(view: View, other: View, ctx: Context) -> bool:
    if not other.settled or not ctx.lands_with(view, other):
        return False
    if isinstance(other, Ingress) and ctx.controller(other) != NGINX_INC:
        return False
    # Files of one folder are often examples, each with the same host.
    if not ctx.whole and view.manifest.path != other.manifest.path:
        return False
    return not (isinstance(view, Ingress) and isinstance(other, Ingress)) or same_class(view, other, ctx)


def _by_host(ctx: Context) -> dict[str, list[View]]:
    found: dict[str, list[View]] = defaultdict(list)
    for one in ctx.all("Ingress", "VirtualServer"):
        for host in _hosts(one):
            found[host].append(one)
    return found


def _hosts(view: View) -> dict[str, Node]:
    if isinstance(view, Ingress):
        return {} if view.is_solver else {host.lower(): node for host, node in view.host_nodes.items() if not is_open(host)}
    node = view.at("spec", "host")
    host = name_text(node) or ""
    return {host.lower(): node} if node is not None and host and not is_open(host) else {}


def _type(view: View) -> str:
    return view.annotations.get(_TYPE, "")


def _shape(ingress: Ingress) -> Issues:
    """validateMasterSpec, validateMinionSpec."""
    kind = _type(ingress)
    if kind not in {"master", "minion"}:
        return
    rules = list(mappings(ingress.at("spec", "rules")))
    place = rules[1] if len(rules) > 1 else None
    if place is not None:
        yield Issue(present(place.get("host")) or place, "rules", object=ingress.title, type=kind, count=len(rules))
    tls = ingress.key_at("spec", "tls")
    if kind == "minion" and tls is not None:
        yield Issue(tls, "minion-tls", object=ingress.title)
    if kind == "master" and ingress.paths:
        yield Issue(ingress.paths[0].host_node or ingress.paths[0].place, "master-paths", object=ingress.title)
