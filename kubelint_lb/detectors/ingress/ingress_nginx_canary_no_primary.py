"""A canary's host, path and pathType must be those of a primary Ingress of its class.

ingress-nginx drops the canary's whole upstream for one path that no primary of the host has; it ignores hosts it does not know.
"""

from collections.abc import Iterable
from typing import NamedTuple

from kubelint_lb.detectors.api import (
    KINDS,
    Canary,
    CanaryLocation,
    Context,
    Ingress,
    IngressPath,
    Issue,
    Issues,
    class_of,
    detector,
    find_primary_path,
    may_be_nginx,
    may_be_primary,
)


class _Near(NamedTuple):
    """How far one primary has a location."""

    primary: Ingress
    location: CanaryLocation
    path: IngressPath | None
    same_class: bool


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """Looks at the paths of an Ingress with `canary: "true"`."""
    prefix = ctx.word("nginx-annotation-prefix")
    canary = Canary(ingress, prefix)
    if canary.enabled is not True or not ingress.settled or not may_be_nginx(ctx.controller(ingress), canary):
        return
    if not ctx.complete and ctx.is_open(ingress, ingress.namespace):
        return
    hosts = set()
    for path in ingress.paths:
        found = [_near(path, one, ingress, ctx) for one in _primaries(ctx.ingresses_on(path.host), prefix, ctx)]
        issue = _issue(ingress, path, found, ctx)
        if issue is not None:
            yield issue
        elif path.host not in hosts and not found and _expected_here(ingress, prefix, ctx):
            hosts.add(path.host)
            yield Issue(path.host_node or path.place, "no-host", ingress=ingress.title, host=path.host or "*")


def _primaries(ingresses: Iterable[Ingress], prefix: str, ctx: Context) -> list[Ingress]:
    return [one for one in ingresses if may_be_primary(ctx.controller(one), Canary(one, prefix))]


def _near(path: IngressPath, primary: Ingress, canary: Ingress, ctx: Context) -> _Near:
    location, nearest = find_primary_path(path, primary)
    return _Near(primary, location, nearest, _may_share_class(primary, canary, ctx))


def _may_share_class(left: Ingress, right: Ingress, ctx: Context) -> bool:
    classes = {class_of(one, ctx.unit, ctx.default_ingress_class) for one in (left, right)}
    return len(classes) == 1 or None in classes


def _issue(ingress: Ingress, path: IngressPath, found: list[_Near], ctx: Context) -> Issue | None:
    """What is wrong with a path whose host some primary has; of several reasons, the nearest to being right."""
    same = [one for one in found if one.same_class]
    if any(one.location is CanaryLocation.SAME or not one.primary.settled for one in same):
        return None
    words = {"ingress": ingress.title, "route": path.route, "service": path.backend.reference.name if path.backend else "it"}
    if (near := _nearest(ingress, same, CanaryLocation.TYPE, ctx)) is not None and near.path is not None:
        issue = Issue(path.type_node or path.place, "path-type", type=path.type_text, other=near.path.type_text, **words)
        return issue.related(near.path.type_node or near.path.place, f"{near.path.type_text} in the primary")
    other = [one for one in found if not one.same_class]
    if (near := _nearest(ingress, other, CanaryLocation.SAME, ctx)) is not None:
        issue = Issue(ingress.class_place, "other-class", other=near.primary.title, **words)
        return issue.related(near.primary.class_place, "the primary's class")
    if (near := _nearest(ingress, same, CanaryLocation.PATH, ctx)) is not None:
        issue = Issue(path.place, "no-path", **words)
        place = near.path.host_node or near.path.place if near.path else near.primary.manifest.name_node
        return issue.related(place, "the primary of this host has other paths")
    return None


def _nearest(ingress: Ingress, found: list[_Near], location: CanaryLocation, ctx: Context) -> _Near | None:
    here = {id(one.primary): one for one in found if one.location is location}
    primaries = ctx.nearest(ingress, [one.primary for one in here.values()])
    return here[id(primaries[0])] if primaries else None


def _expected_here(ingress: Ingress, prefix: str, ctx: Context) -> bool:
    """The unit is the whole truth, or the canary's folder holds primaries: then this one would be here too."""
    if ctx.complete:
        return True
    if ctx.whole:
        around = (view for view in ctx.all("Ingress") if isinstance(view, Ingress))
    else:
        folder = ctx.unit.in_folder(KINDS["Ingress"], ingress.manifest.folder)
        around = (view for view in map(ctx.unit.view, folder) if isinstance(view, Ingress))
    primaries = [one for one in _primaries(around, prefix, ctx) if _may_share_class(one, ingress, ctx)]
    # A patch of an overlay may give it another host.
    return bool(primaries) and not any(not one.settled for one in primaries)
