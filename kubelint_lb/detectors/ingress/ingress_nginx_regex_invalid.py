"""A path on a host of regular expressions has to be one."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector, has_placeholder, nginx, regex_cause, unbalanced


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """nginx `location`, PCRE. Says what every dialect refuses; nginx knows more than the language of this program."""
    if not nginx(ingress, ctx).present:
        return
    for path in ingress.paths:
        why = unbalanced(path.path) if not has_placeholder(path.path) else ""
        cause = regex_cause(ingress, path.host, ctx) if why else None
        if cause is not None:
            issue = Issue(path.place, "broken", ingress=ingress.title, path=path.path, why=why)
            yield issue.related(cause.node, "makes the paths of the host regular expressions")
