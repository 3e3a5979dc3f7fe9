"""An annotation of former releases does nothing."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, TextEdit, annotations_of, detector

# Takes other words than what it replaces.
_OTHER_VALUES = frozenset({"backend-protocol", "proxy-ssl-secret", "enable-modsecurity", "mirror-target"})


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """`removed` in `controllers/*/annotations.json`: each with the commit that dropped it."""
    controller = ctx.controller(ingress)
    if controller is None:
        return
    known = annotations_of(controller)
    for name, key in ingress.annotation_keys():
        row = known.find(name)
        if row is None or not row.removed:
            continue
        words = {"ingress": ingress.title, "name": name, "controller": controller, "since": row.removed_in or "any more"}
        if not row.replaced_by:
            yield Issue(key, "gone", **words)
        elif row.replaced_by not in ingress.annotations:  # beside the new name the old one does no harm
            issue = Issue(key, "replaced", instead=row.replaced_by, **words)
            if row.replaced_by.partition("/")[2] in _OTHER_VALUES:
                yield issue
            else:
                yield issue.fix(f"rename it to {row.replaced_by}", TextEdit(key, row.replaced_by))
