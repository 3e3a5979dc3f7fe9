"""Nobody reads an annotation whose name has a slip."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, MappingNode, Service, TextEdit, detector, misread, nearest


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """The names that controllers read (`controllers/load_balancers/annotations.py`). One that is like none may be of a release to
    come."""
    annotations = service.at("metadata", "annotations")
    if not isinstance(annotations, MappingNode):
        return
    for name in service.annotations:
        found = misread(name)
        near = nearest(name.removeprefix(found[0]), found[1]) if found is not None else None
        key = annotations.key(name)
        if found is not None and near is not None and key is not None and not near.endswith("."):
            meant = f"{found[0]}{near}"
            issue = Issue(key, "near", service=service.title, name=name, near=meant)
            yield issue.fix("write the name that is read", TextEdit(key, meant))
