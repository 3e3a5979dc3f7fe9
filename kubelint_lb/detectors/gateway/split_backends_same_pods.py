"""Two Services with one selector reach the same pods: a split between them moves no traffic."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    BackendRef,
    Context,
    Issue,
    Issues,
    Route,
    RouteRule,
    Service,
    ServicePort,
    detector,
    split_of,
    to_python,
)

_Target = tuple[BackendRef, tuple[Service, ...]]
_FAMILIES = ("ipFamilies", "ipFamilyPolicy")


@detector
def check(route: Route, ctx: Context) -> Issues:
    """Points at the later of two backends that reach the same pods."""
    for rule in route.rules:
        if len(rule.backend_refs) < 2 or split_of(rule) is None:
            continue
        targets = _targets(rule, ctx)
        for index, (backend, services) in enumerate(targets):
            first = next((other for other in targets[:index] if _same_pods(other, (backend, services))), None)
            if first is None or _is_switched(rule, (first[0], backend), ctx):
                continue
            issue = Issue(backend.name_node, "same-pods", first=first[0].name, second=backend.name, rule=rule.title)
            issue = issue.related(first[0].name_node, "the other backend of the split")
            for service in (first[1][0], services[0]):
                issue = issue.related(service.place("spec", "selector"), f"the selector of {service.name}")
            yield issue


def _targets(rule: RouteRule, ctx: Context) -> list[_Target]:
    """The weighted Service backends without filters of their own, with the Services they are, where those are known."""
    found = []
    for backend in rule.backend_refs:
        if not backend.is_service or not backend.weight or backend.node.get("filters") is not None:
            continue
        targets = ctx.resolve(backend.reference).targets
        services = tuple(target for target in targets if isinstance(target, Service))
        if services and not any(not service.settled or not service.selector for service in services):
            found.append((backend, services))
    return found


def _is_switched(rule: RouteRule, backends: tuple[BackendRef, BackendRef], ctx: Context) -> bool:
    """Argo Rollouts or Flagger tells the pods apart at run time."""
    return ctx.manages_rule(rule) or any(ctx.knows_service(one.name, one.reference.namespace) for one in backends)


def _same_pods(left: _Target, right: _Target) -> bool:
    """Whether they do whichever definitions count."""
    if left[0].name == right[0].name or left[0].reference.namespace != right[0].reference.namespace:
        return False
    return all(
        one.namespace == other.namespace
        and one.selector == other.selector
        and all(to_python(one.at("spec", field)) == to_python(other.at("spec", field)) for field in _FAMILIES)
        and _same_port(_port(left[0], one), _port(right[0], other))
        for one in left[1]
        for other in right[1]
    )


def _port(backend: BackendRef, service: Service) -> ServicePort | None:
    return next(iter(service.ports_numbered(backend.port)), None) if backend.port is not None else None


def _same_port(left: ServicePort | None, right: ServicePort | None) -> bool:
    if left is None or right is None:
        return False
    return left.target == right.target and to_python(left.node.get("appProtocol")) == to_python(right.node.get("appProtocol"))
