"""Sessions should have an end."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, MappingNode, Route, detector


@detector
def check(route: Route, _ctx: Context) -> Issues:
    """SessionPersistence.AbsoluteTimeout (gateway-api GEP-1619). A permanent cookie without one the CRD refuses itself."""
    if not route.settled:
        return
    for rule in route.rules:
        persistence = rule.node.get("sessionPersistence")
        if isinstance(persistence, MappingNode) and persistence.get("absoluteTimeout") is None:
            place = rule.node.key("sessionPersistence") or persistence
            key = "split" if len(rule.backend_refs) > 1 else "single"
            words = {"traffic": route.traffic} if key == "split" else {}
            yield Issue(place, key, rule=rule.title, **words)
