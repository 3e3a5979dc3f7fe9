"""An API version that the cluster no longer serves."""

from kubelint_lb.detectors.api import Context, Issue, Issues, Scalar, View, detector, removal, replace_node


@detector
def check(view: View, ctx: Context) -> Issues:
    """By the releases that the cluster is said to be of, or the oldest in support (Kubernetes' deprecation guide)."""
    version = view.at("apiVersion")
    if not isinstance(version, Scalar) or version.unknown:
        return
    found = removal(version.text, view.kind)
    if found is None:
        return
    gateway = version.text.startswith("gateway.networking.k8s.io/")
    if found.release <= (ctx.gateway_api if gateway else ctx.kubernetes):
        product = "Gateway API" if gateway else "Kubernetes"
        words = {"kind": view.kind, "version": version.text, "product": product}
        issue = Issue(version, "removed", release=found.release, successor=found.successor, **words)
        yield issue.fix(f"write {found.successor}", replace_node(version, found.successor)) if found.alike else issue
