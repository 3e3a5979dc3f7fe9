"""Labels that change with a release empty a Service for a while."""

from __future__ import annotations

import re

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, Workload, detector, label_selector, serving, taken_out

_KEYS = re.compile(r"(?i)helm\.sh/chart|.*(?:hash|checksum|timestamp|commit|revision|buildid|release-?date)")
_VERSIONS = frozenset({"app.kubernetes.io/version", "version", "chart"})
# 1.2.3, with or without a name before it and a suffix behind it; a commit; seconds since 1970. `v2` is chosen by people.
_CHANGING = re.compile(r"(?:[a-z0-9-]+-)?v?\d+\.\d+\.\d+(?:[-+.].*)?|[0-9a-f]{40}|1[5-9]\d{8}")


@detector
def check(service: Service, ctx: Context) -> Issues:
    """stakater/application#408: a label that the workload itself does not select by."""
    groups = serving(ctx.select(service))
    for key, value in service.selector.items():
        changing = _KEYS.fullmatch(key) is not None or (key in _VERSIONS and _CHANGING.fullmatch(value) is not None)
        if changing and groups and all(_is_no_part(one, key) for group in groups for one in group):
            node = service.at("spec", "selector", key)
            if node is not None:
                workload = groups[0][0]
                issue = Issue(node, "volatile", service=service.title, label=key, value=value)
                issue = issue.related(workload.place("spec", "selector"), "the workload's own selector is without it")
                yield issue.fix(
                    "take the label out", taken_out(service, "spec", "selector", key) if len(service.selector) > 1 else None
                )


def _is_no_part(workload: Workload, key: str) -> bool:
    """The workload's own selector, which cannot be changed, is without the label."""
    selector = label_selector(workload.at("spec", "selector"))
    return selector is not None and key not in selector.pairs
