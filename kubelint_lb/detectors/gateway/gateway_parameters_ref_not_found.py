"""The parameters that a Gateway or a class names have to be there."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, View, detector, local_reference, name_text


@detector
def check(view: View, ctx: Context) -> Issues:
    """GatewayInfrastructure, ParametersReference (gateway-api `apis/v1`); conformance `GatewayInvalidParametersRef`."""
    path = ("spec", "parametersRef") if view.kind == "GatewayClass" else ("spec", "infrastructure", "parametersRef")
    entry = view.at(*path)
    reference = local_reference(view, entry, "", "") if entry is not None else None
    if entry is None or reference is None or not ctx.complete:
        return
    if view.kind == "GatewayClass":
        reference = reference._replace(namespace=name_text(entry.get("namespace")))
    if ctx.resolve(reference).missing:
        words = {"kind": reference.target.kind or "object", "name": reference.name, "owner": view.title}
        yield Issue(reference.node, "not-found", **words)
