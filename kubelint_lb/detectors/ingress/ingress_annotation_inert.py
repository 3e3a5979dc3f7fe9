"""An annotation of ingress-nginx that belongs to another one does nothing alone."""

from __future__ import annotations

from collections import defaultdict

from kubelint_lb.detectors.api import (
    NGINX,
    Annotation,
    Context,
    Ingress,
    Issue,
    Issues,
    NginxAnnotations,
    Node,
    annotations_of,
    detector,
)

# Rules of their own say more about these.
_SAID = frozenset({"auth-secret", "canary-by-header-value", "canary-by-header-pattern", "upstream-hash-by-subset-size"})


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """`inert_without` in `controllers/nginx/annotations.json`."""
    if ctx.controller(ingress) != NGINX or not ingress.settled:
        return
    annotations = NginxAnnotations(ingress)
    if annotations.flag("canary") is not False:
        return
    alone: dict[tuple[str, ...], list[tuple[str, Node]]] = defaultdict(list)
    known = annotations_of(NGINX)
    for name, key in ingress.annotation_keys():
        row = known.find(name)
        if row is None or not row.needs or "canary" in row.needs or row.suffix in _SAID:
            continue
        if _is_alone(row, annotations):
            alone[row.needs].append((name, key))
    for needs, names in alone.items():
        if "affinity" in needs and _shares(ingress, ctx):
            continue
        name, key = names[0]
        more = f", nor do {len(names) - 1} more" if len(names) > 2 else ", nor does one more" if len(names) == 2 else ""
        issue = Issue(key, "alone", ingress=ingress.title, name=name, needs=" or ".join(needs), more=more)
        for other, place in names[1:]:
            issue = issue.related(place, f"{other.partition('/')[2]}, too")
        yield issue


def _is_alone(row: Annotation, annotations: NginxAnnotations) -> bool:
    """None of what it needs is there. What is there and turned off is meant to be."""
    for need in row.needs:
        suffix, _, value = need.partition("=")
        word = annotations.word(suffix)
        if word is not None and (not value or annotations.unknown(suffix) or word.strip().upper() == value.upper()):
            return False
    return True


def _shares(ingress: Ingress, ctx: Context) -> bool:
    """Another Ingress of the namespace sends to one of its Services and asks for affinity: upstreams are shared."""
    services = {backend.reference.name for backend in ingress.backends}
    return any(
        isinstance(other, Ingress)
        and other is not ingress
        and other.namespace == ingress.namespace
        and NginxAnnotations(other).node("affinity") is not None
        and not services.isdisjoint(backend.reference.name for backend in other.backends)
        for other in ctx.all("Ingress")
    )
