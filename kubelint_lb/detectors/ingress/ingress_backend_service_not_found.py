"""Every backend of an Ingress is a Service of the Ingress's own namespace."""

from kubelint_lb.detectors.api import USE_ANNOTATION, Context, Ingress, Issues, detector, missing


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """Looks at each Service that the Ingress names."""
    for route, backend in ingress.routes:
        # An action of the AWS controller is kept in an annotation of the backend's name.
        if backend.port_name != USE_ANNOTATION:
            yield from missing(ctx, backend.reference, ingress=ingress.title, route=route, service=backend.reference.name)
