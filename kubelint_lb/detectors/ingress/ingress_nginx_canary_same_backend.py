"""A canary must send its share to other pods than the primary: one upstream cannot be both."""

from kubelint_lb.detectors.api import (
    Canary,
    CanaryLocation,
    Context,
    Ingress,
    IngressBackend,
    IngressPath,
    Issue,
    Issues,
    Service,
    detector,
    find_primary_path,
    has_placeholder,
    may_be_nginx,
    may_be_primary,
    surely_same,
    upstream,
)


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """Looks at the paths of an Ingress with `canary: "true"`."""
    prefix = ctx.word("nginx-annotation-prefix")
    canary = Canary(ingress, prefix)
    if canary.enabled is not True or not may_be_nginx(ctx.controller(ingress), canary):
        return
    for path in ingress.paths:
        if path.backend is None:
            continue
        primaries = _primaries(ingress, path, prefix, ctx)
        if not primaries:
            continue
        if all(upstream(path.backend) == upstream(one) for one in primaries):
            issue = Issue(path.backend.reference.node, "same-backend", **_words(ingress, path, path.backend))
            yield issue.related(primaries[0].reference.node, "the primary sends it here too")
        elif all(_same_pods(path.backend, one, ctx) for one in primaries):
            issue = Issue(
                path.backend.reference.node,
                "same-pods",
                primary=primaries[0].reference.name,
                **_words(ingress, path, path.backend),
            )
            yield issue.related(primaries[0].reference.node, "the primary's Service")


def _words(ingress: Ingress, path: IngressPath, backend: IngressBackend) -> dict[str, str]:
    return {"ingress": ingress.title, "route": path.route, "service": backend.reference.name}


def _primaries(ingress: Ingress, path: IngressPath, prefix: str, ctx: Context) -> list[IngressBackend]:
    """The backends that primaries have for a path's location: those of the nearest ones, in the same namespace."""
    found: list[tuple[Ingress, IngressBackend]] = []
    for one in ctx.ingresses_on(path.host):
        if one.namespace != ingress.namespace or not may_be_primary(ctx.controller(one), Canary(one, prefix)):
            continue
        location, nearest = find_primary_path(path, one)
        if location is not CanaryLocation.SAME:
            continue
        backend = nearest.backend if nearest is not None and surely_same(nearest, path) else None
        if nearest is None:
            backend = one.default_backend
        if backend is None:
            return []
        found.append((one, backend))
    nearest_ones = {id(one) for one in ctx.nearest(ingress, [one for one, _ in found])}
    return [backend for one, backend in found if id(one) in nearest_ones]


def _same_pods(left: IngressBackend, right: IngressBackend, ctx: Context) -> bool:
    """Both Services have one selector and the same target port, and nobody changes that at run time."""
    ends = []
    for backend in (left, right):
        reference = backend.reference
        if ctx.knows_service(reference.name, reference.namespace):
            return False
        targets = [view for view in ctx.resolve(reference).targets if isinstance(view, Service)]
        if len(targets) != 1 or not targets[0].selector or not targets[0].settled:
            return False
        ends.append((targets[0].selector, _target(targets[0], backend)))
    selector, target = ends[0]
    settled = not any(has_placeholder(text) for pair in selector.items() for text in pair)
    return settled and target is not None and ends[0] == ends[1]


def _target(service: Service, backend: IngressBackend) -> int | str | None:
    for port in service.ports:
        if backend.port_number is not None and port.port == backend.port_number and not port.open:
            return port.target
        if backend.port_name is not None and port.name == backend.port_name and not port.open:
            return port.target
    return None
