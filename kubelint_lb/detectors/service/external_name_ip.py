"""An ExternalName is a DNS name: an address in its place is never resolved."""

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, name_text


@detector
def check(service: Service, ctx: Context) -> Issues:
    """The API server takes four numbers for a host name and publishes them as a CNAME record."""
    del ctx
    node = service.at("spec", "externalName")
    if node is None or not service.external_name:
        return
    name = (name_text(node) or "").removesuffix(".")
    labels = name.split(".")
    if len(labels) > 1 and all(label.isascii() and label.isdigit() for label in labels):
        key = "address" if len(labels) == 4 else "numbers"
        yield Issue(node, key, service=service.title, address=name)
