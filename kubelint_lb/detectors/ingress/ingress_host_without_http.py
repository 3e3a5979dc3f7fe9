"""A rule without paths leads nowhere."""

from __future__ import annotations

from kubelint_lb.detectors.api import NGINX, NGINX_INC, Context, Ingress, Issue, Issues, detector, mappings, name_text, present


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/controller/controller.go` (createServers). A master of nginx/kubernetes-ingress has no
    paths, and the default backend of ingress-nginx answers for a host without."""
    controller = ctx.controller(ingress)
    if controller == NGINX_INC or not ingress.settled or (controller in {NGINX, None} and ingress.default_backend):
        return
    served = {path.host for path in ingress.paths}
    for rule in mappings(ingress.at("spec", "rules")):
        node = present(rule.get("host"))
        host = name_text(node) or ""
        if node is not None and present(rule.get("http")) is None and host not in served and _is_alone(host, ingress, ctx):
            yield Issue(node, "empty", ingress=ingress.title, host=host)


def _is_alone(host: str, ingress: Ingress, ctx: Context) -> bool:
    """No other Ingress has paths for the host."""
    return not any(other is not ingress for other in ctx.ingresses_on(host))
