"""A probe that names a port means one of its own container."""

from __future__ import annotations

from kubelint_lb.detectors.api import Container, Context, Issue, Issues, Scalar, Workload, detector, may_equal

_PROBES = {"readinessProbe": "readiness probe", "livenessProbe": "liveness probe", "startupProbe": "startup probe"}
_HANDLERS = ("httpGet", "tcpSocket")


@detector
def check(workload: Workload, ctx: Context) -> Issues:
    """HTTPGetAction.Port, TCPSocketAction.Port (kubernetes `core/v1`): looked up by kubelet `pkg/kubelet/prober`."""
    if workload.template is None or not workload.settled:
        return
    for container in workload.template.containers:
        for field, words in _PROBES.items():
            probe = container.probe(field)
            for handler in _HANDLERS if probe is not None else ():
                port = probe.get(handler, "port") if probe is not None else None
                if isinstance(port, Scalar) and isinstance(port.value, str) and not port.unknown and not port.text.isdigit():
                    yield from _issue(workload, container, port, words, ctx)


def _issue(workload: Workload, container: Container, port: Scalar, probe: str, ctx: Context) -> Issues:
    if any(may_equal(one.name, port.text, name=False) for one in container.ports):
        return
    if workload.template is None or ctx.may_be_injected(port.text, workload):
        return
    words = {"probe": probe, "container": container.name, "workload": workload.title, "port": port.text}
    for other in workload.template.containers:
        for one in other.ports:
            if one.name == port.text:
                issue = Issue(port, "other-container", other=other.name, **words)
                yield issue.related(one.node.get("name") or one.node, "a port of the other container")
                return
    declared = ", ".join(one.name for one in container.ports if one.name) or "none has a name"
    issue = Issue(port, "none", declared=declared, **words)
    place = container.node.key("ports") or container.node.get("name") or container.node
    yield issue.related(place, "the container's ports" if container.ports else "the container")
