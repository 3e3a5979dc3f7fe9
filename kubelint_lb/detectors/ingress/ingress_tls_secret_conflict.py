"""One host has one certificate."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    HAPROXY_INGRESS,
    NGINX,
    Context,
    Ingress,
    IngressTLS,
    Issue,
    Issues,
    class_of,
    compatible,
    detector,
    is_open,
)


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/controller/controller.go` (createServers, "only add a certificate if the server
    does not have one"); haproxy-ingress `converters/ingress`. Each pair once, at the one that is read later."""
    controller = ctx.controller(ingress)
    if controller not in {NGINX, HAPROXY_INGRESS}:
        return
    for entry in ingress.tls:
        for host, _ in entry.hosts:
            secret = entry.secret
            if secret is None or is_open(host) or is_open(secret.name):
                continue
            for other, rival in _others(ingress, host, controller, ctx):
                theirs = rival.secret
                if theirs is not None and not is_open(theirs.name) and theirs.name != secret.name:
                    words = {"host": host, "secret": secret.name, "other": other.title, "other_secret": theirs.name}
                    issue = Issue(secret.node, "differ", ingress=ingress.title, **words)
                    yield issue.related(theirs.node, "the other certificate")
                    return


def _others(ingress: Ingress, host: str, controller: str, ctx: Context) -> list[tuple[Ingress, IngressTLS]]:
    """Ingresses read before, of the same class and surely in the same cluster, with a certificate for the host itself."""
    own_class = class_of(ingress, ctx.unit, ctx.default_ingress_class)
    return [
        (other, entry)
        for other in ctx.ingresses_on(host)
        if other is not ingress and other.is_before(ingress) and ctx.lands_with(ingress, other)
        if compatible(other.namespace, ingress.namespace)
        if ctx.controller(other) == controller and class_of(other, ctx.unit, ctx.default_ingress_class) == own_class
        for entry in other.tls
        if any(name.lower() == host.lower() for name, _ in entry.hosts)
    ]
