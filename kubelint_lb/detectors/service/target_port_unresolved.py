"""A Service port that goes to a container port by name needs a container port of that name."""

from functools import partial

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    Node,
    Service,
    ServicePort,
    Workload,
    detector,
    is_filled_in,
    is_near,
    mappings,
    may_equal,
    renamed,
    serving,
)


@detector
def check(service: Service, ctx: Context) -> Issues:
    """The endpoints get no port for it (kubernetes staging endpointslice `findPort`): connections are refused."""
    names = [port for port in service.ports if isinstance(port.target, str) and not _is_settled_elsewhere(port.target)]
    if not names:
        return
    groups = serving(ctx.select(service))
    for port in names:
        failing = ctx.once((id(groups), port.target), partial(_failing, groups, port, ctx))
        # Which of several workloads a Service will meet is certain only where they are known to be applied together.
        if failing and (len(failing) == len(groups) or ctx.whole or _one_file(groups)):
            yield _issue(service, port, failing[0], some=len(failing) < len(groups))


def _failing(groups: tuple[tuple[Workload, ...], ...], port: ServicePort, ctx: Context) -> list[Workload]:
    """One of each group in which nobody has the port."""
    return [group[0] for group in groups if all(_lacks(workload, port, ctx) for workload in group)]


def _is_settled_elsewhere(name: str) -> bool:
    """A placeholder, or a number in quotes (which is no name)."""
    return is_filled_in(name) or name.isdigit()


def _one_file(groups: tuple[tuple[Workload, ...], ...]) -> bool:
    return len({workload.manifest.path for group in groups for workload in group}) == 1


def _lacks(workload: Workload, port: ServicePort, ctx: Context) -> bool:
    """Whatever becomes of placeholders and patches, no container declares the name, with any protocol, and nobody adds one."""
    template = workload.template
    if template is None or template.spec is None or not workload.settled:
        return False
    containers = mappings(template.spec.get("containers"))
    if not containers or workload.manifest.view_name == "ExtraWorkload":
        return False
    if any(may_equal(declared.name, str(port.target), name=False) for declared in template.ports if declared.name):
        return False
    return not ctx.may_be_injected(str(port.target), workload)


def _issue(service: Service, port: ServicePort, workload: Workload, *, some: bool) -> Issue:
    template = workload.template
    declared = [one for one in template.ports if one.name] if template is not None else []
    near = next((one for one in declared if is_near(str(port.target), one.name)), None)
    key = "some" if some else "none" if declared else "no-names"
    place: Node | None = near.node.get("name") if near is not None else _ports_place(workload)
    issue = Issue(
        port.at("targetPort"),
        key,
        service=service.title,
        target=str(port.target),
        workload=workload.title,
        declared=", ".join(dict.fromkeys(one.name for one in declared)) or "none",
    ).related(place or workload.manifest.name_node, "the nearest name" if near is not None else "no port of that name")
    edit = renamed(port.at("targetPort"), str(port.target), near.name) if near is not None else None
    return issue.fix("write the nearest name", edit)


def _ports_place(workload: Workload) -> Node | None:
    """Where ports are declared, else where the containers are listed."""
    spec = workload.template.spec if workload.template is not None else None
    if spec is None:
        return None
    keys = (container.key("ports") for container in mappings(spec.get("containers")))
    return next((key for key in keys if key is not None), spec.key("containers"))
