"""To Kong a regular expression begins with `~`."""

from __future__ import annotations

from kubelint_lb.detectors.api import KONG, Context, Ingress, Issue, Issues, TextEdit, detector, has_placeholder, looks_like_regex


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """kubernetes-ingress-controller docs "Upgrade to Kong 3.x", Regular expression paths."""
    if ctx.controller(ingress) != KONG:
        return
    for path in ingress.paths:
        if path.path_type != "ImplementationSpecific" or path.path.startswith("/~") or has_placeholder(path.path):
            continue
        if looks_like_regex(path.path):
            issue = Issue(path.place, "literal", ingress=ingress.title, path=path.path)
            yield issue.fix("begin it with /~", TextEdit(path.place, f"/~{path.path}"))
