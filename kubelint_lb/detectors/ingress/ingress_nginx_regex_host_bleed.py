"""A rewrite makes regular expressions of all paths of its host."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector, has_placeholder, looks_like_regex, regex_cause


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/controller/template/template.go` (enforceRegexModifier); ingress-nginx#8208. Said once an
    Ingress and kind of path."""
    said: set[str] = set()
    for path in ingress.paths:
        key = path.path_type.lower()
        if key not in {"exact", "prefix"} or key in said or path.path in {"", "/"}:
            continue
        if looks_like_regex(path.path) or has_placeholder(path.path) or has_placeholder(path.host):
            continue
        cause = regex_cause(ingress, path.host, ctx)
        own = cause is not None and cause.ingress is ingress
        # Whoever rewrites a prefix means all that begins with it.
        if cause is not None and not (own and (key == "prefix" or ctx.flag("ignore-same-ingress"))):
            said.add(key)
            words = {"route": path.route, "cause": cause.ingress.title, "annotation": cause.suffix, "path": path.path}
            issue = Issue(path.place, key, ingress=ingress.title, **words)
            yield issue.related(cause.node, "makes the paths of the host regular expressions")
