"""A pod has one port of a name and of a number."""

from __future__ import annotations

from kubelint_lb.detectors.api import Container, ContainerPort, Context, Issue, Issues, Workload, detector


@detector
def check(workload: Workload, ctx: Context) -> Issues:
    """ContainerPort.Name (kubernetes `core/v1`, "unique within the pod"); `pkg/api/pod/warnings.go` for numbers. Within
    one container the API server itself looks at them."""
    services = ctx.services_of(workload)
    if workload.template is None or not services:
        return
    asked_for = ctx.once(id(services), lambda: {port.target for service in services for port in service.ports})
    names: dict[str, tuple[Container, ContainerPort]] = {}
    numbers: dict[tuple[int, str], tuple[Container, ContainerPort]] = {}
    for container in workload.template.containers:
        for port in container.ports if container.serving else ():
            named = names.setdefault(port.name, (container, port)) if port.name in asked_for else None
            if named is not None and named[0] is not container:
                yield _issue(workload, "name", named, container, port)
                continue
            key = (port.number, port.protocol)
            numbered = numbers.setdefault((key[0], key[1]), (container, port)) if key[0] else None
            if numbered is not None and numbered[0] is not container:
                yield _issue(workload, "number", numbered, container, port)


def _issue(workload: Workload, key: str, first: tuple[Container, ContainerPort], second: Container, port: ContainerPort) -> Issue:
    field = "name" if key == "name" else "containerPort"
    name = port.name if key == "name" else f"{port.number}/{port.protocol}"
    words = {"workload": workload.title, "first": first[0].name, "second": second.name, "name": name}
    # A number is pointed at where the API server warns of it: at the whole entry.
    issue = Issue(port.node if key == "number" else port.node.get(field) or port.node, key, **words)
    return issue.related(first[1].node.get(field) or first[1].node, "the first one")
