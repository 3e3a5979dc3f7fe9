"""One host, path and path type can lead to one backend only; a second entry for it loses, or wins by accident."""

from collections.abc import Iterator
from typing import NamedTuple

from kubelint_lb.detectors.api import (
    MERGING,
    NGINX,
    USE_ANNOTATION,
    Canary,
    Context,
    Ingress,
    IngressPath,
    Issue,
    Issues,
    class_of,
    compatible,
    detector,
    routing_annotations,
    speaks_of,
    to_python,
)


class _Entry(NamedTuple):
    ingress: Ingress
    path: IngressPath


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """Looks at the paths of an Ingress: among themselves, and against those of Ingresses read before it."""
    controller = ctx.controller(ingress)
    seen: dict[tuple[str, str, str], _Entry] = {}
    for path in _entries(ingress):
        key = _key(path, controller)
        first = seen.setdefault(key, _Entry(ingress, path))
        if first.path is not path and not _told_apart(path, first.path, ctx):
            yield _issue("same-ingress", _Entry(ingress, path), first)
    if controller not in MERGING or not _stands_alone(ingress):
        return
    for key, entry in seen.items():
        rival = next(_rivals(entry, key, controller, ctx), None)
        if rival is not None:
            yield _issue("other-ingress", entry, rival)


def _entries(ingress: Ingress) -> Iterator[IngressPath]:
    """Paths that nothing but host and path tells apart: an annotation about the Service may hold the difference."""
    for path in ingress.paths:
        backend = path.backend
        if backend is not None and (backend.port_name == USE_ANNOTATION or speaks_of(ingress, backend.reference.name)):
            continue
        yield path


def _key(path: IngressPath, controller: str | None) -> tuple[str, str, str]:
    """What a controller tells paths apart by; ingress-nginx reads ImplementationSpecific as Prefix, others need not."""
    host, text, kind = path.location
    return host.lower(), text, kind if controller == NGINX else path.path_type


def _stands_alone(ingress: Ingress) -> bool:
    """Shares no location on purpose: no canary (nor one that is not switched on), no passing certificate challenge."""
    canary = Canary(ingress)
    return canary.enabled is False and canary.wish is None and not ingress.is_solver


def _told_apart(left: IngressPath, right: IngressPath, ctx: Context) -> bool:
    """HAProxy's controller also looks at conditions (`route-acl`) that stand on the Services."""
    services = [view for path in (left, right) if path.backend for view in ctx.resolve(path.backend.reference).targets]
    return any(name.endswith("/route-acl") for view in services for name in view.annotations)


def _rivals(entry: _Entry, key: tuple[str, str, str], controller: str | None, ctx: Context) -> Iterator[_Entry]:
    own = entry.ingress
    for other in ctx.ingresses_at(entry.path):
        if other is own:
            return  # each pair once, at the later one
        if not ctx.lands_with(own, other) or not compatible(own.namespace, other.namespace):
            continue
        if ctx.controller(other) != controller or not _stands_alone(other) or not _share_class(own, other, ctx):
            continue
        if controller != NGINX and routing_annotations(own) != routing_annotations(other):
            continue
        for path in _entries(other):
            if _key(path, controller) == key and not _told_apart(path, entry.path, ctx):
                yield _Entry(other, path)


def _share_class(left: Ingress, right: Ingress, ctx: Context) -> bool:
    return len({class_of(one, ctx.unit, ctx.default_ingress_class) for one in (left, right)}) == 1


def _issue(key: str, second: _Entry, first: _Entry) -> Issue:
    equal = _backend(second.path) == _backend(first.path)
    issue = Issue(
        second.path.place,
        f"{key}-equal" if equal else key,
        ingress=second.ingress.title,
        other=first.ingress.title,
        route=second.path.route,
        backend=_name(second.path),
        other_backend=_name(first.path),
    )
    return issue.related(first.path.place, "the same path")


def _backend(path: IngressPath) -> object:
    return to_python(path.node.get("backend"))


def _name(path: IngressPath) -> str:
    if path.backend is None:
        return "a resource"
    port = path.backend.port_text
    return f"{path.backend.reference.name}:{port}" if port else path.backend.reference.name
