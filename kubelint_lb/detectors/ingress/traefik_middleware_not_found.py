"""Traefik knows a Middleware by its namespace and name."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, View, detector, is_open

_ANNOTATION = "traefik.ingress.kubernetes.io/router.middlewares"
_PROVIDER = "@kubernetescrd"


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """traefik `pkg/provider/kubernetes/crd/kubernetes.go` (makeID). A name is missing on evidence only: a Middleware of that
    name without the namespace, or others of the Ingress's namespace among which it is not."""
    node = ingress.annotation(_ANNOTATION)
    if node is None or is_open(node.text) or not ingress.settled:
        return
    middlewares = ctx.once("middlewares", lambda: list(ctx.all("Middleware")))
    known = ctx.once("known", lambda: {f"{one.namespace or 'default'}-{one.name}" for one in middlewares})
    unsettled = ctx.once("unsettled", lambda: any(is_open(one.name) or one.namespace is None for one in middlewares))
    for name in filter(None, (one.strip() for one in node.text.split(","))):
        bare = name.removesuffix(_PROVIDER)
        if bare == name or bare in known or unsettled:
            continue
        meant = next((one for one in middlewares if one.name == bare), None)
        if meant is not None:
            full = f"{meant.namespace or 'default'}-{bare}{_PROVIDER}"
            issue = Issue(node, "no-namespace", ingress=ingress.title, name=name, meant=full)
            yield issue.related(meant.manifest.name_node, "the Middleware")
        elif _is_kept_here(ingress, bare, middlewares, ctx):
            yield Issue(node, "not-found", ingress=ingress.title, name=name)


def _is_kept_here(ingress: Ingress, bare: str, middlewares: list[View], ctx: Context) -> bool:
    """Middlewares of the namespace that the name says are in the Ingress's own folder, or all of the cluster is here."""
    if ctx.complete:
        return True
    if ctx.is_open(ingress, ingress.namespace):
        return False
    return any(
        one.manifest.path == ingress.manifest.path and bare.startswith(f"{one.namespace}-") and one.namespace == ingress.namespace
        for one in middlewares
    )
