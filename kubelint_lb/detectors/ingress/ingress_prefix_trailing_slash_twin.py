"""A slash at the end makes no other prefix."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, IngressPath, Issue, Issues, detector, routing_annotations


@detector
def check(ingress: Ingress, _ctx: Context) -> Issues:
    """networking/v1 `types.go` (PathTypePrefix). Looks at one Ingress; annotations may route by more than the path."""
    seen: dict[tuple[str, str], IngressPath] = {}
    for path in ingress.paths:
        if path.path_type != "Prefix" or len(path.path) < 2 or path.backend is None:
            continue
        twin = seen.setdefault((path.host.lower(), path.path.rstrip("/")), path)
        if twin.backend is None or twin.path == path.path or twin.backend.reference.name == path.backend.reference.name:
            continue
        if any("rewrite" in name or "regex" in name for name in routing_annotations(ingress)):
            continue
        words = {"route": twin.route, "service": twin.backend.reference.name, "ingress": ingress.title}
        issue = Issue(path.place, "twin", other=path.route, other_service=path.backend.reference.name, **words)
        yield issue.related(twin.place, "the same prefix")
