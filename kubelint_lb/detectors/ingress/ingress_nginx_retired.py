"""ingress-nginx is maintained no more."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, IngressClass, Issue, Issues, View, Workload, detector, name_text

_CONTROLLER = "k8s.io/ingress-nginx"
_IMAGES = ("registry.k8s.io/ingress-nginx/controller", "k8s.gcr.io/ingress-nginx/controller")


@detector
def check(view: View, ctx: Context) -> Issues:
    """kubernetes/ingress-nginx `README.md`. Said once a unit: of a workload that runs it, else of its class."""
    if ctx.flag("vendor-maintained"):
        return
    if isinstance(view, Workload) and view.template is not None:
        for container in view.template.containers:
            node = container.node.get("image")
            if node is not None and (name_text(node) or "").startswith(_IMAGES) and ctx.once("said", lambda: view) is view:
                yield Issue(node, "image", object=view.title, image=(name_text(node) or "").partition("@")[0])
                return
        return
    if isinstance(view, IngressClass) and view.controller == _CONTROLLER and not _runs_here(ctx):
        yield Issue(view.place("spec", "controller"), "class", object=view.title)


def _runs_here(ctx: Context) -> bool:
    def runs() -> bool:
        workloads = (view for view in ctx.all("Workload") if isinstance(view, Workload) and view.template is not None)
        containers = (one for view in workloads if view.template is not None for one in view.template.containers)
        return any((name_text(one.node.get("image")) or "").startswith(_IMAGES) for one in containers)

    return ctx.once("runs", runs)
