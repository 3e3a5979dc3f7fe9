"""A Service whose selector matches no pod has no endpoints."""

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    Nearness,
    NearSelection,
    Node,
    Service,
    State,
    TextEdit,
    compatible,
    detector,
    may_label,
    renamed,
)

_RELATED = {
    "near-label": "the label of its pods",
    "no-label": "these pods lack the label",
    "orphan": "no Service selects these pods",
}


@detector
def check(service: Service, ctx: Context) -> Issues:
    """Clients are refused at once, and an ingress answers 503."""
    selection = ctx.select(service)
    near = selection.near
    if selection.state is not State.MISSING or (near is not None and near.why is Nearness.NAMESPACE):
        return
    if _is_served_otherwise(service, ctx) or _may_change(service, near, ctx):
        return
    place = _place(service, near)
    if ctx.complete or (near is None and selection.former is not None):
        issue = Issue(place, "no-pods", service=service.title, selector=_pairs(service.selector), near=_nearest(service, near))
    elif near is not None:
        issue = Issue(
            place,
            _key(near),
            service=service.title,
            workload=near.workload.title,
            pair=_pairs({near.key: service.selector[near.key]}),
            found=_pairs(_meant(service, near)),
        )
    else:
        return
    template = near.workload.template if near is not None else None
    if near is not None and template is not None:
        issue = issue.related(_labels_place(near, template.labels_node()), _RELATED[_key(near)])
    yield issue.fix("write the label that the pods have", _other_value(service, near)).since(selection.former)


def _other_value(service: Service, near: NearSelection | None) -> TextEdit | None:
    node = service.at("spec", "selector", near.key) if near is not None else None
    return renamed(node, service.selector[near.key], near.value) if near and near.value and node is not None else None


def _key(near: NearSelection) -> str:
    if near.why is Nearness.ORPHAN:
        return "orphan"
    return "near-label" if near.value is not None or near.why is Nearness.LABEL else "no-label"


def _is_served_otherwise(service: Service, ctx: Context) -> bool:
    """Somebody writes its endpoints, or progressive delivery switches it between pods."""
    if ctx.knows_service(service.name, service.namespace):
        return True
    label = "kubernetes.io/service-name"
    return any(
        service.name in {view.labels.get(label), view.name} and compatible(view.namespace, service.namespace)
        for view in ctx.all("EndpointSlice", "Endpoints")
    )


def _may_change(service: Service, near: NearSelection | None, ctx: Context) -> bool:
    """A kustomization that is not rendered may yet make the labels agree."""
    layout = ctx.unit.layout
    if near is None:
        return not service.settled
    return any(may_label(layout, manifest, near.key) for manifest in (service.manifest, near.workload.manifest))


def _place(service: Service, near: NearSelection | None) -> Node:
    if near is None:
        keys = list(service.selector)
        whole = service.key_at("spec", "selector") or service.place("spec", "selector")
        return service.place("spec", "selector", keys[0]) if len(keys) == 1 else whole
    if near.why is Nearness.LABEL and near.value is None:
        return service.key_at("spec", "selector", near.key) or service.place("spec", "selector")
    return service.place("spec", "selector", near.key)


def _meant(service: Service, near: NearSelection) -> dict[str, str]:
    """The label that was probably meant: the near value of the key, or the near key of the value."""
    if near.value is not None:
        return {near.key: near.value}
    wanted = service.selector[near.key]
    return {key: value for key, value in near.workload.pod_labels.items() if value == wanted}


def _nearest(service: Service, near: NearSelection | None) -> str:
    """What to add where no pod is selected for certain: the workload that was probably meant."""
    if near is None:
        return ""
    title = near.workload.title
    if near.why is Nearness.ORPHAN:
        return f"; no Service selects {title}, which has its target port"
    found = _pairs(_meant(service, near))
    return f"; {title} is labelled {found}" if found else f"; the pod template of {title} lacks {near.key}"


def _labels_place(near: NearSelection, labels: Node) -> Node:
    template = near.workload.template
    return (template.node.get("metadata", "labels", near.key) if template is not None else None) or labels


def _pairs(labels: dict[str, str]) -> str:
    return ", ".join(f"{key}: {value}" for key, value in labels.items())
