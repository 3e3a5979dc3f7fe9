"""The KongPlugins that an annotation names are in the object's namespace."""

from __future__ import annotations

from kubelint_lb.detectors.api import KINDS, Context, Issues, Reference, View, detector, is_open, missing

_ANNOTATION = "konghq.com/plugins"


@detector
def check(view: View, ctx: Context) -> Issues:
    """Kong/kubernetes-ingress-controller `internal/dataplane/kongstate/util.go` (getKongPluginOrKongClusterPlugin)."""
    node = view.annotation(_ANNOTATION)
    if node is None or is_open(node.text) or not view.settled:
        return
    cluster = ctx.once("cluster", lambda: {one.name for one in ctx.all("KongClusterPlugin")})
    unsettled = ctx.once("unsettled", lambda: any(map(is_open, cluster)))
    for name in filter(None, (one.strip() for one in node.text.split(","))):
        if name in cluster or ":" in name or unsettled:
            continue
        reference = Reference(view.manifest, node, KINDS["KongPlugin"], view.namespace, name)
        yield from missing(ctx, reference, object=view.title, name=name)
