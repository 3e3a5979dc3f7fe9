"""Paths that others match first, in the order in which controllers try them."""

from __future__ import annotations

import re

from kubelint_lb.detectors.api import (
    ALB,
    NGINX,
    USE_ANNOTATION,
    Context,
    Ingress,
    IngressPath,
    Issue,
    Issues,
    bounded_regex,
    detector,
    is_open,
    looks_like_regex,
    regex_cause,
    same_class,
    speaks_of,
    to_python,
)

# What may make an expression match less of a longer text.
_NARROWING = ("$", "(?", "\\b", "\\B")


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/controller/controller.go` (locations by length), aws-load-balancer-controller
    `pkg/ingress/model_build_listener_rules.go` (sortIngressPaths)."""
    if not ingress.settled:
        return
    controller = ctx.controller(ingress)
    for path in ingress.paths:
        if is_open(path.path) or is_open(path.host) or not path.path:
            continue
        if controller == NGINX and regex_cause(ingress, path.host, ctx) is not None:
            yield from _by_expression(ingress, path, ctx)
        elif controller == ALB and path.path_type == "ImplementationSpecific":
            yield from _by_pattern(ingress, path)


def _by_expression(ingress: Ingress, path: IngressPath, ctx: Context) -> Issues:
    if looks_like_regex(path.path):
        return
    for other, rival in ctx.once(path.host, lambda: _expressions(path.host, ctx)):
        if not _elsewhere(rival, path) or len(rival.path) <= len(path.path) or not _matches(rival.path, path.path):
            continue
        if other.settled and same_class(ingress, other, ctx):
            words = {"route": path.route, "host": path.host or "*", "other": rival.path}
            yield Issue(path.place, "nginx", **words).related(rival.place, "tried first")
            return


def _expressions(host: str, ctx: Context) -> list[tuple[Ingress, IngressPath]]:
    """The paths of a host that are more than text, with their Ingresses."""
    return [(one, path) for one in ctx.ingresses_on(host) for path in one.paths if looks_like_regex(path.path)]


def _matches(expression: str, path: str) -> bool:
    """Whatever begins with a literal path matches an expression that is longer."""
    if any(sign in expression for sign in _NARROWING) or is_open(expression):
        return False
    found = bounded_regex(expression, len(path), re.IGNORECASE)
    return found is not None and found.match(path) is not None


def _by_pattern(ingress: Ingress, path: IngressPath) -> Issues:
    index = ingress.paths.index(path)
    for place, rival in enumerate(ingress.paths):
        if not _elsewhere(rival, path) or rival.path_type == "Exact" or not _plain(ingress, rival) or not _plain(ingress, path):
            continue
        prefix = rival.path_type == "Prefix"
        if (prefix or place < index) and _covers(rival.path or "/", path.path, prefix=prefix):
            yield Issue(path.place, "alb", route=path.route, other=rival.path).related(rival.place, "asked first")
            return


def _elsewhere(rival: IngressPath, path: IngressPath) -> bool:
    """Of the same host, and it leads to another backend: to the same one, nobody sees which path took the request."""
    return rival.host == path.host and to_python(rival.node.get("backend")) != to_python(path.node.get("backend"))


def _plain(ingress: Ingress, path: IngressPath) -> bool:
    """No condition of an annotation narrows the rule."""
    backend = path.backend
    return backend is not None and backend.port_name != USE_ANNOTATION and not speaks_of(ingress, backend.reference.name)


def _covers(pattern: str, path: str, *, prefix: bool) -> bool:
    """All that a path's pattern matches, another pattern matches: `*` for any text, `?` for a character."""
    if is_open(pattern):
        return False
    if prefix:
        stem = pattern.rstrip("/")
        return path == stem or path.startswith(f"{stem}/")
    made = "".join(".*" if sign == "*" else "." if sign == "?" else re.escape(sign) for sign in pattern)
    found = bounded_regex(made, len(path))
    return found is not None and found.fullmatch(path) is not None
