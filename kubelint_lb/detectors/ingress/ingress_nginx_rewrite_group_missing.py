"""A rewrite uses groups that the path has."""

from __future__ import annotations

import re

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector, groups, has_placeholder, nginx


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx docs "Rewrite"; nginx `rewrite`."""
    annotations = nginx(ingress, ctx)
    target = annotations.known("rewrite-target")
    node = annotations.node("rewrite-target")
    used = [int(digit) for digit in re.findall(r"\$(\d)", target)]
    if node is None or not used or annotations.flag("canary") is not False:
        return
    for path in ingress.paths:
        text = path.path or "/"
        found = groups(text)
        if found is None or has_placeholder(text) or text == target or max(used) <= found:
            continue
        captured = "no group" if not found else "one group" if found == 1 else f"{found} groups"
        words = {"route": path.route, "target": target, "groups": captured, "result": _filled(target, found)}
        yield Issue(path.place, "no-group", ingress=ingress.title, number=max(used), **words).related(node, "the rewrite")


def _filled(target: str, groups: int) -> str:
    """What becomes of a target where only so many groups are there."""
    return re.sub(r"\$(\d)", lambda found: "…" if 0 < int(found[1]) <= groups else "", target)
