"""A controller reads an annotation on some kinds of objects only."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, View, annotations_of, controller_by_prefix, detector


@detector
def check(view: View, _ctx: Context) -> Issues:
    """`objects` in `controllers/*/annotations.json`."""
    for name, key in view.annotation_keys():
        controller = controller_by_prefix(name.partition("/")[0])
        row = annotations_of(controller).find(name) if controller is not None else None
        if controller is not None and row is not None and not row.removed and view.kind not in row.objects:
            right = " or a ".join(kind for kind in row.objects if kind != "ConfigMap")
            if right:
                yield Issue(key, "ignored", object=view.title, name=name, controller=controller, right=right)
