"""An ExternalName is a DNS name that somebody can resolve: no address, and no label that DNS cannot carry."""

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, is_open, name_text

# RFC 1035, section 2.3.4; the API server looks at the length of the whole name only.
_LONGEST_LABEL = 63


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
    longest = max(labels, key=len)
    if len(longest) > _LONGEST_LABEL and not is_open(name):
        yield Issue(node, "label-too-long", service=service.title, label=longest, length=len(longest))
