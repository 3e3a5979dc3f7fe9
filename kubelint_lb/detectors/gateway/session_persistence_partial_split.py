"""A split whose backends differ in keeping sessions."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    BackendRef,
    Context,
    Issue,
    Issues,
    Route,
    RouteRule,
    Service,
    View,
    compatible,
    detector,
    present,
    targets_of,
)

_POLICIES = ("GCPSessionAffinityPolicy", "XBackendTrafficPolicy")


@detector
def check(route: Route, ctx: Context) -> Issues:
    """Gateway API GEP-1619, "Traffic splitting with a policy for some backends"."""
    for rule in route.rules:
        weighted = [one for one in rule.backend_refs if one.weight != 0]
        if len(weighted) > 1 and present(rule.node.get("sessionPersistence")) is None:
            yield from _split(rule, weighted, ctx)


def _split(rule: RouteRule, backends: list[BackendRef], ctx: Context) -> Issues:
    found = [(one, _policy(one, ctx)) for one in backends]
    kept = [(backend, policy) for backend, policy in found if policy is not None]
    others = [backend for backend, policy in found if policy is None]
    if not kept or not others or not all(_is_here(one, ctx) for one in others):
        return
    backend, policy = kept[0]
    names = " and ".join(one.name for one in others)
    words = {"traffic": rule.route.traffic, "kept": backend.name, "policy": policy.title, "others": names}
    yield Issue(backend.name_node, "partial", rule=rule.title, **words).related(policy.manifest.name_node, "the policy")


def _is_here(backend: BackendRef, ctx: Context) -> bool:
    return any(isinstance(one, Service) for one in ctx.resolve(backend.reference).targets)


def _policy(backend: BackendRef, ctx: Context) -> View | None:
    """What keeps the sessions of a backend."""
    for policy in ctx.all(*_POLICIES):
        keeps = policy.kind != "XBackendTrafficPolicy" or policy.at("spec", "sessionPersistence") is not None
        references = (one.reference for one in targets_of(policy))
        mine = (one for one in references if one.target == backend.reference.target and one.name == backend.name)
        if keeps and compatible(policy.namespace, backend.reference.namespace) and any(mine):
            return policy
    return None
