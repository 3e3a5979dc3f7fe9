"""Session persistence is experimental, and its fields change."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, MappingNode, Route, Version, cut, detector, lines_of_entry, text

_WITHOUT_IDLE_TIMEOUT = Version(1, 6)


@detector
def check(route: Route, ctx: Context) -> Issues:
    """SessionPersistence (gateway-api GEP-1619; `config/crd/experimental` of 1.5 and 1.6)."""
    for rule in route.rules:
        persistence = rule.node.get("sessionPersistence")
        if not isinstance(persistence, MappingNode):
            continue
        idle = persistence.key("idleTimeout")
        if idle is not None and ctx.gateway_api >= _WITHOUT_IDLE_TIMEOUT:
            yield Issue(idle, "idle-timeout", rule=rule.title).fix(
                "remove the field", cut(lines_of_entry(persistence, "idleTimeout"))
            )
        cookie = persistence.key("cookieConfig")
        if cookie is not None and text(persistence.get("type")) == "Header":
            issue = Issue(cookie, "cookie-of-header", rule=rule.title).related(persistence.get("type") or cookie, "by a header")
            yield issue.fix("remove the field", cut(lines_of_entry(persistence, "cookieConfig")))
