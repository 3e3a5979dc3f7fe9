"""An annotation that its controller does not read does nothing, or stops the controller."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    TRAEFIK,
    Context,
    Ingress,
    Issue,
    Issues,
    TextEdit,
    annotations_of,
    detector,
    edits,
    stands_for,
)

_LONG = 12


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """The names that each controller reads: `controllers/*/annotations.json`."""
    controller = ctx.controller(ingress)
    if controller is None:
        return
    known = annotations_of(controller)
    extra = ctx.words("extra-annotations")
    for name, key in ingress.annotation_keys():
        prefix, _, suffix = name.partition("/")
        if not known.owns(prefix) or known.find(name) is not None or any(stands_for(one, name) for one in extra):
            continue
        near = next((one for one in known.suffixes() if _is_slip(suffix, one)), None)
        words = {"ingress": ingress.title, "name": name, "controller": controller}
        if near is None:
            yield Issue(key, "unknown", **words)
            continue
        meant = f"{prefix}/{near}"
        if controller == TRAEFIK and suffix.partition(".")[0] == "router":
            issue = Issue(key, "skipped", what="the whole Ingress", near=meant, **words)
        else:
            issue = Issue(key, "near", near=meant, **words)
        yield issue.fix("write the name that is read", TextEdit(key, meant))


def _is_slip(written: str, read: str) -> bool:
    """One letter, of long names two. A name with a part more may be of a release to come."""
    allowed = 2 if len(written) >= _LONG else 1
    return edits(written, read, allowed) <= allowed
