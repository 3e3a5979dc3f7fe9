"""A controller does not read the annotations of another."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, annotations_of, controller_by_prefix, detector


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """An Ingress that carries annotations of both is meant for both: one cluster has this controller, another that."""
    controller = ctx.controller(ingress)
    if controller is None:
        return
    keys = ingress.annotation_keys()
    if any(annotations_of(controller).owns(name.partition("/")[0]) for name, _ in keys):
        return
    others = {name: (other, key) for name, key in keys if (other := controller_by_prefix(name.partition("/")[0])) is not None}
    for name, (other, key) in others.items():
        more = f", and so are {len(others) - 1} more" if len(others) > 2 else ", and so is one more" if len(others) == 2 else ""
        issue = Issue(key, "ignored", ingress=ingress.title, controller=controller, name=name, other=other, more=more)
        yield issue.related(ingress.class_place, f"the class of {controller}")
        return
