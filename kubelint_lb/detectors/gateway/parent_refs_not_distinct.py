"""Every reference to a parent means another part of it."""

from __future__ import annotations

from itertools import combinations

from kubelint_lb.detectors.api import Context, Issue, Issues, ParentRef, Refusal, Route, detector, is_open, refused

_REFUSED = Refusal(("rule",), r"spec\.parentRefs: sectionName.*")


@detector
def check(route: Route, ctx: Context) -> Issues:
    """CommonRouteSpec.ParentRefs (gateway-api `apis/v1/shared_types.go`, CEL): it compares what is written."""
    is_refused = any(refused(route, ctx, _REFUSED))
    reported: set[int] = set()
    for one, other in combinations(route.parents, 2):
        key = _key(one, other, is_refused=is_refused)
        if key and id(other.node) not in reported:
            reported.add(id(other.node))
            parent = f"{other.reference.target.kind} {other.reference.name}"
            issue = Issue(other.reference.node, key, route=route.title, parent=parent)
            yield issue.related(one.reference.node, "the same parent")


def _key(one: ParentRef, other: ParentRef, *, is_refused: bool) -> str:
    left, right = one.reference, other.reference
    if left[2:5] != right[2:5] or is_open(left.name) or is_open(left.namespace or ""):
        return ""
    sections = (one.section_name, other.section_name)
    alike = sections[0] == sections[1] or None in sections
    if left.namespace_written == right.namespace_written:
        return "section" if is_refused and alike else ""
    return "same" if sections[0] == sections[1] and one.port == other.port else ""
