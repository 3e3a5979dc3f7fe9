"""An EndpointSlice belongs to a Service, holds addresses, and is somebody's own."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, View, detector, text

_SERVICE = "kubernetes.io/service-name"
_MANAGER = "endpointslice.kubernetes.io/managed-by"
_RESERVED = frozenset({"endpointslice-controller.k8s.io", "endpointslicemirroring-controller.k8s.io"})


@detector
def check(view: View, _ctx: Context) -> Issues:
    """EndpointSlice (kubernetes `discovery/v1`). What is exported from a cluster names its owner, and is no one's work."""
    if not view.settled or view.at("metadata", "ownerReferences") is not None or view.at("metadata", "uid") is not None:
        return
    if _SERVICE not in view.labels and view.lacks("metadata", "labels", _SERVICE):
        yield Issue(view.manifest.name_node, "no-service", slice=view.title)
    kind = view.at("addressType")
    if kind is not None and text(kind) == "FQDN":
        yield Issue(kind, "fqdn", slice=view.title)
    manager = view.at("metadata", "labels", _MANAGER)
    if manager is not None and (text(manager) or "") in _RESERVED:
        yield Issue(manager, "reserved", slice=view.title, manager=text(manager) or "")
