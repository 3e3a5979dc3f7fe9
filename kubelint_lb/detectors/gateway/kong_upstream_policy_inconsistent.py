"""The Services of one rule are one upstream to Kong: they have one KongUpstreamPolicy, or none."""

from __future__ import annotations

from kubelint_lb.detectors.api import BackendRef, Context, Issue, Issues, Route, RouteRule, Service, detector, is_open

_POLICY = "konghq.com/upstream-policy"


@detector
def check(route: Route, ctx: Context) -> Issues:
    """Kong's ingress controller refuses what differs (kong/kubernetes-ingress-controller `kongstate/kongupstreampolicy.go`)."""
    for rule in route.rules:
        services = _services(rule, ctx)
        if len(services) < 2:
            continue
        (first, one), *others = services
        for backend, service in others:
            if _policy(service) != _policy(one):
                yield _issue(rule, (first, one), (backend, service))
                break


def _services(rule: RouteRule, ctx: Context) -> list[tuple[BackendRef, Service]]:
    """The Services behind a rule; none where some are not known for sure."""
    found = []
    for backend in rule.backend_refs:
        targets = ctx.resolve(backend.reference).targets if backend.is_service else ()
        service = targets[0] if len(targets) == 1 else None
        if not isinstance(service, Service) or not service.settled or is_open(_policy(service)):
            return []
        found.append((backend, service))
    return found


def _policy(service: Service) -> str:
    return service.annotations.get(_POLICY, "")


def _issue(rule: RouteRule, left: tuple[BackendRef, Service], right: tuple[BackendRef, Service]) -> Issue:
    (first, one), (second, other) = left, right
    policies = [_policy(service) or "none" for service in (one, other)]
    words = {"first": first.name, "second": second.name, "rule": rule.title, "one": policies[0], "other": policies[1]}
    issue = Issue(second.name_node, "differ", **words)
    for service in (one, other):
        node = service.annotation(_POLICY)
        said = f"the policy of {service.name}" if node is not None else f"{service.name} has none"
        issue = issue.related(node or service.manifest.name_node, said)
    return issue
