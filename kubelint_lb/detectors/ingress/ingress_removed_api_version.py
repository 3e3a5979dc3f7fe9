"""What networking.k8s.io/v1beta1 called otherwise, as v1 calls it."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, MappingNode, View, Violation, name_text, quoted, replace_node

_FORMER = {"serviceName", "servicePort"}


def mend(issue: Issue, one: Violation, view: View, _ctx: Context) -> Issue:
    """The default backend under its new name; the Service of a backend with its name and port below it."""
    if one.path == "spec.backend":
        taken = view.at("spec", "defaultBackend") is not None
        return issue if taken else issue.fix("write defaultBackend", replace_node(one.node, "defaultBackend"))
    for backend in _backends(view.node):
        if backend.key("serviceName") is one.node or backend.key("servicePort") is one.node:
            name, port = name_text(backend.get("serviceName")), name_text(backend.get("servicePort"))
            if not name or not port or set(backend.entries) != _FORMER or backend.document is not view.node.document:
                return issue
            by = f"number: {port}" if port.isdigit() else f"name: {quoted(port) if not port.isidentifier() else port}"
            return issue.fix("write the Service as v1 does", replace_node(backend, _text(backend, name, by)))
    return issue


def _text(backend: MappingNode, name: str, by: str) -> str:
    """The Service, in the style in which the backend is written."""
    first = next(backend.keys(), None)
    if backend.flow or first is None:
        return f"{{service: {{name: {name}, port: {{{by}}}}}}}"
    line = "\r\n" if "\r\n" in backend.source else "\n"
    line += " " * (first.span.column - 1)
    return line.join(("service:", f"  name: {name}", "  port:", f"    {by}"))


def _backends(root: MappingNode) -> list[MappingNode]:
    """All maps of an object that name a Service in the former way."""
    found: list[MappingNode] = []
    waiting: list[object] = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, MappingNode):
            if _FORMER & node.entries.keys():
                found.append(node)
            waiting += node.entries.values()
        else:
            inside = getattr(node, "items", ())
            waiting += inside if isinstance(inside, list) else ()
    return found
