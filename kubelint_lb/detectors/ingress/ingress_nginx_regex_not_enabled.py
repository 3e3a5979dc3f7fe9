"""A regular expression needs a host where paths are such."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Ingress,
    Issue,
    Issues,
    detector,
    has_placeholder,
    looks_like_regex,
    nginx,
    regex_cause,
)


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx docs "Ingress Path Matching". Another Ingress of the host that is not here may turn it on: one that may be
    patched or filled in later keeps the rule silent."""
    annotations = nginx(ingress, ctx)
    if not annotations.present or annotations.flag("canary") is not False or annotations.flag("use-regex") is None:
        return
    for path in ingress.paths:
        if path.path_type != "ImplementationSpecific" or not looks_like_regex(path.path) or has_placeholder(path.path):
            continue
        around = ctx.ingresses_on(path.host)
        if regex_cause(ingress, path.host, ctx) is None and all(one.settled for one in around):
            yield Issue(path.place, "literal", ingress=ingress.title, path=path.path, host=path.host or "every host")
