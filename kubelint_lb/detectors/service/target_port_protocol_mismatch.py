"""The port on the pods has to be of the protocol that the Service's port has."""

from __future__ import annotations

from functools import partial

from kubelint_lb.detectors.api import (
    ContainerPort,
    Context,
    Issue,
    Issues,
    Service,
    ServicePort,
    TextEdit,
    Workload,
    detector,
    is_filled_in,
    next_lines,
    put_in,
    replace_node,
    serving,
)


@detector
def check(service: Service, ctx: Context) -> Issues:
    """kubernetes staging endpointslice `findPort`: a name is looked up with its protocol."""
    groups = serving(ctx.select(service))
    for port in service.ports:
        mismatch = ctx.once((id(groups), port.target, port.protocol), partial(_of_all, groups, port))
        if mismatch is not None:
            yield _issue(service, port, groups[0][0], mismatch)


def _of_all(groups: tuple[tuple[Workload, ...], ...], port: ServicePort) -> ContainerPort | None:
    """The port of the first workload, where that of every one is of another protocol."""
    found = [_mismatch(one, port) for group in groups for one in group]
    return found[0] if found and all(found) else None


def _mismatch(workload: Workload, port: ServicePort) -> ContainerPort | None:
    """The declared port of this name or number, where all of them have other protocols."""
    template = workload.template
    if template is None or not workload.settled or is_filled_in(str(port.target)) or template.host_network:
        return None
    same = [one for one in template.ports if port.target in (one.name, one.number)]
    return same[0] if same and all(one.protocol != port.protocol and not is_filled_in(one.protocol) for one in same) else None


def _issue(service: Service, port: ServicePort, workload: Workload, declared: ContainerPort) -> Issue:
    key = "named" if isinstance(port.target, str) else "numbered"
    words = {"service": service.title, "port": str(port.port), "protocol": port.protocol, "target": str(port.target)}
    issue = Issue(port.at("targetPort"), key, workload=workload.title, declared=declared.protocol, **words)
    issue = issue.related(declared.node.get("protocol") or declared.node, "the port on the pods")
    return issue.fix(f"write the protocol {declared.protocol}", _of_protocol(port, declared.protocol))


def _of_protocol(port: ServicePort, protocol: str) -> TextEdit | None:
    written = port.node.get("protocol")
    if written is not None:
        return replace_node(written, protocol)
    return put_in(next_lines(port.node, "port", (f"protocol: {protocol}",)))
