"""A rewrite without a group sends every path to one."""

from __future__ import annotations

import re

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector, nginx


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/controller/template/template.go` (buildProxyPass: `rewrite "(?i)PATH" TARGET break`)."""
    annotations = nginx(ingress, ctx)
    target = annotations.known("rewrite-target")
    node = annotations.node("rewrite-target")
    if node is None or not target or re.search(r"\$\d", target) or annotations.flag("canary") is not False:
        return
    for path in ingress.paths:
        text = path.path or "/"
        if path.path_type != "Exact" and text != target and not text.endswith("$"):
            issue = Issue(node, "all-to-one", ingress=ingress.title, route=path.route, path=text, target=target)
            yield issue.related(path.place, "the path that is rewritten")
            return
