"""Every backend of an Ingress is a Service of the Ingress's own namespace."""

from kubelint_lb.detectors.api import USE_ANNOTATION, Context, Ingress, Issue, Issues, detector


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """Looks at each Service that the Ingress names."""
    for route, backend in ingress.routes:
        # An action of the AWS controller, kept in an annotation of the backend's name.
        if backend.port_name == USE_ANNOTATION:
            continue
        resolution = ctx.resolve(backend.reference)
        if not resolution.missing:
            continue
        words = {"ingress": ingress.title, "route": route, "service": backend.reference.name}
        node, near, elsewhere = backend.reference.node, resolution.near, resolution.elsewhere
        if elsewhere is not None:
            issue = Issue(node, "other-namespace", namespace=elsewhere.namespace, **words)
            issue = issue.related(elsewhere.place("metadata", "namespace"), "the Service of this name is in another namespace")
        elif near is not None:
            issue = Issue(node, "near-miss", near=near.name, **words)
            issue = issue.related(near.manifest.name_node, "a Service with a similar name")
        else:
            issue = Issue(node, "not-found", **words)
        yield issue.since(resolution.former)
