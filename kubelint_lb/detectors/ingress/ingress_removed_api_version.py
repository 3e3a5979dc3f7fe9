"""What networking.k8s.io/v1beta1 called otherwise, as v1 calls it."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, MappingNode, View, Violation, name_text, quoted, replace_node, way_to

_FORMER = {"serviceName", "servicePort"}


def mend(issue: Issue, one: Violation, view: View, _ctx: Context) -> Issue:
    """The default backend under its new name; the Service of a backend with its name and port below it."""
    if one.path == "spec.backend":
        taken = view.at("spec", "defaultBackend") is not None
        return issue if taken else issue.fix("write defaultBackend", replace_node(one.node, "defaultBackend"))
    way = way_to(view.node, one.node)
    backend = view.at(*way.steps[:-1]) if way is not None else None
    if not isinstance(backend, MappingNode) or set(backend.entries) != _FORMER or backend.document is not view.node.document:
        return issue
    name, port = name_text(backend.get("serviceName")), name_text(backend.get("servicePort"))
    if not name or not port:
        return issue
    by = f"number: {port}" if port.isdigit() else f"name: {quoted(port) if not port.isidentifier() else port}"
    return issue.fix("write the Service as v1 does", replace_node(backend, _text(backend, name, by)))


def _text(backend: MappingNode, name: str, by: str) -> str:
    """The Service, in the style in which the backend is written."""
    first = next(backend.keys(), None)
    if backend.flow or first is None:
        return f"{{service: {{name: {name}, port: {{{by}}}}}}}"
    line = "\r\n" if "\r\n" in backend.source else "\n"
    line += " " * (first.span.column - 1)
    return line.join(("service:", f"  name: {name}", "  port:", f"    {by}"))
