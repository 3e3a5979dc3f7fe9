"""A selector of pods that no pods have: said with the workload that was meant, where one is near."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kubelint_lb.detectors.issue import Issue
from kubelint_lb.kube.labels import selector_matches
from kubelint_lb.kube.namespaces import surely_differ
from kubelint_lb.kube.near import is_near
from kubelint_lb.kube.workload import Workload

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kubelint_lb.detectors.context import Context
    from kubelint_lb.detectors.issue import Issues
    from kubelint_lb.kube.view import View
    from kubelint_lb.source.node import Node


def selects_nothing(ctx: Context, view: View, path: tuple[str, ...], pairs: Mapping[str, str], **words: str) -> Issues:
    """The issue for the selector at a path, whose pairs surely no pods have.

    The messages are `near` (with `workload` and `label`, where one of the same file or folder differs by a slip in one value)
    and `nothing`, in a complete world; both with `selector` and the words given.
    """
    shown = ", ".join(f"{key}={value}" for key, value in pairs.items())
    near = _near(ctx, view, pairs)
    if near is not None:
        workload, key = near
        issue = Issue(_place(view, path, key), "near", selector=shown, workload=workload.title, label=key, **words)
        template = workload.template
        yield issue.related(template.labels_node() if template is not None else workload.manifest.name_node, "the pods' labels")
    elif ctx.complete:
        yield Issue(_place(view, path, next(iter(pairs))), "nothing", selector=shown, **words)


def _near(ctx: Context, view: View, pairs: Mapping[str, str]) -> tuple[Workload, str] | None:
    for peer in ctx.peers(view, "Workload"):
        if not isinstance(peer, Workload) or surely_differ(peer.namespace, view.namespace):
            continue
        off = [key for key, value in pairs.items() if selector_matches({key: value}, peer.pod_labels) is False]
        if len(off) == 1 and off[0] in peer.pod_labels and is_near(pairs[off[0]], peer.pod_labels[off[0]]):
            return peer, off[0]
    return None


def _place(view: View, path: tuple[str, ...], key: str) -> Node:
    return view.at(*path, "matchLabels", key) or view.place(*path)
