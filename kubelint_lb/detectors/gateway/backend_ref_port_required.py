"""A backend's port is known where its Service has one."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Route, View, Violation, next_lines, put_in, replace_node


def mend(issue: Issue, one: Violation, view: View, ctx: Context) -> Issue:
    """The Service's port, or that of the name that is written."""
    if not isinstance(view, Route):
        return issue
    for backend in (ref for rule in view.rules for ref in rule.all_refs):
        written = backend.node.get("port")
        if one.node not in (backend.node, backend.reference.node, written, next(backend.node.keys(), None)):
            continue
        ports = {(port.name, port.port) for service in ctx.services(backend.reference) for port in service.ports}
        if written is not None:
            ports = {(name, port) for name, port in ports if name == written.source} or ports
        if len(ports) != 1:
            return issue
        ((_, port),) = ports
        line = put_in(next_lines(backend.node, "name", (f"port: {port}",)))
        return issue.fix(f"write the Service's port {port}", line if written is None else replace_node(written, str(port)))
    return issue
