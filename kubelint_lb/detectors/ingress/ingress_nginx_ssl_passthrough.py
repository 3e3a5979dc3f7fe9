"""What is passed on unread is not looked into."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector, nginx

# No more than ways to say that the pods speak TLS, that plain requests shall be sent there, or a switch that is not of requests.
_HARMLESS = frozenset(
    {"ssl-passthrough", "backend-protocol", "ssl-redirect", "force-ssl-redirect", "secure-backends", "service-upstream"}
)


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/controller/controller.go` (getConfiguration, PassthroughBackends); docs "TLS/HTTPS", SSL
    Passthrough. Of each kind the first is said."""
    annotations = nginx(ingress, ctx)
    place = annotations.node("ssl-passthrough")
    if place is None or annotations.flag("ssl-passthrough") is not True:
        return
    host = next(iter(ingress.host_nodes), "the host")
    if "" in ingress.hosts:
        yield Issue(place, "no-host", ingress=ingress.title)
        return
    for path in ingress.paths:
        if path.path not in {"", "/"}:
            issue = Issue(path.place, "path", ingress=ingress.title, host=path.host, path=path.path)
            yield issue.related(place, "passed on unread")
            break
    for suffix in annotations.suffixes:
        node = annotations.node(suffix)
        if suffix not in _HARMLESS and node is not None:
            issue = Issue(node, "void", ingress=ingress.title, host=host, name=suffix)
            yield issue.related(place, "passed on unread")
            break
    for entry in ingress.tls:
        if entry.secret is not None:
            issue = Issue(entry.secret.node, "termination", ingress=ingress.title, host=host)
            yield issue.related(place, "passed on unread")
            break
