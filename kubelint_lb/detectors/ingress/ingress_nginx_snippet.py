"""Snippets are off unless the controller is told to take them."""

from __future__ import annotations

from kubelint_lb.detectors.api import NGINX, Context, Ingress, Issue, Issues, NginxAnnotations, NginxConfiguration, detector


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/controller/config/config.go`, AllowSnippetAnnotations; `internal/ingress/inspector`."""
    if ctx.controller(ingress) != NGINX or ctx.flag("allow-snippets"):
        return
    annotations = NginxAnnotations(ingress)
    for suffix in annotations.suffixes:
        node = annotations.node(suffix)
        if not suffix.endswith("-snippet") or node is None or not node.text.strip():
            continue
        configuration = ctx.of(NginxConfiguration)
        place = configuration.place("allow-snippet-annotations")
        words = {"ingress": ingress.title, "name": f"{annotations.prefix}/{suffix}"}
        if place is None:
            yield Issue(node, "by-default", **words)
        elif configuration.value("allow-snippet-annotations") != "true":
            yield Issue(node, "refused", **words).related(place, "the controller's configuration")
        return
