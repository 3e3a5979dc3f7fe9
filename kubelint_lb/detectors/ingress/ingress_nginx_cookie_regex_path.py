"""A cookie needs a path that is asked for."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Ingress,
    Issue,
    Issues,
    MappingNode,
    TextEdit,
    detector,
    first_line,
    has_placeholder,
    looks_like_regex,
    nginx,
    put_in,
    regex_cause,
)


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `rootfs/etc/nginx/lua/balancer/sticky.lua` (set_cookie); RFC 6265 5.1.4."""
    annotations = nginx(ingress, ctx)
    affinity = annotations.node("affinity")
    if affinity is None or annotations.known("affinity") != "cookie":
        return
    said = annotations.node("session-cookie-path")
    paths = [path for path in ingress.paths if not has_placeholder(path.path)]
    if said is None:
        for path in paths:
            cause = regex_cause(ingress, path.host, ctx) if looks_like_regex(path.path) else None
            if cause is not None:
                issue = Issue(affinity, "regex", ingress=ingress.title, path=path.path, annotation=cause.suffix)
                yield issue.related(path.place, "the path").fix(
                    "set the cookie for all paths", _path(ingress, annotations.prefix)
                )
                return
        return
    value = annotations.known("session-cookie-path").rstrip("/")
    plain = [path.path for path in paths if not looks_like_regex(path.path)]
    if value and plain and len(plain) == len(ingress.paths) and not any(_meets(path or "/", value) for path in plain):
        yield Issue(said, "elsewhere", ingress=ingress.title, value=value).related(ingress.paths[0].place, "a path of it")


def _path(ingress: Ingress, prefix: str) -> TextEdit | None:
    found = ingress.at("metadata", "annotations")
    return put_in(first_line(found, f"{prefix}/session-cookie-path: /")) if isinstance(found, MappingNode) else None


def _meets(path: str, cookie: str) -> bool:
    """Some request for the path is below the cookie's."""
    return f"{path.rstrip('/')}/".startswith(f"{cookie}/") or f"{cookie}/".startswith(f"{path.rstrip('/')}/")
