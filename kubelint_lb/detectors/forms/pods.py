"""What fixes say of pods: labels that select them, a spread over nodes, a pause before they end."""

from __future__ import annotations

from collections.abc import Mapping

from kubelint_lb.detectors.issue import TextEdit, put_in
from kubelint_lb.kube.labels import label_selector
from kubelint_lb.kube.pod import HOSTNAME_KEY, Container
from kubelint_lb.kube.versions import Version
from kubelint_lb.kube.workload import Workload
from kubelint_lb.source.scalars import written_text
from kubelint_lb.source.stretch import first_lines, next_lines

# The first release in which every cluster lets a pod sleep before its end (KEP-3960, beta).
_SLEEPS = Version(1, 30)
_PAUSE_SECONDS = 5


def labels_text(labels: Mapping[str, str]) -> str:
    """Labels as a flow map on one line."""
    pairs = (f"{written_text(name)}: {written_text(value)}" for name, value in labels.items())
    return "{" + ", ".join(pairs) + "}"


def own_labels(workload: Workload) -> str:
    """The labels by which a workload selects its pods, as a flow map; empty where it selects by anything else."""
    selector = label_selector(workload.at("spec", "selector"))
    if selector is None or not selector.pairs or workload.at("spec", "selector", "matchExpressions") is not None:
        return ""
    return labels_text(selector.pairs)


def spread_over_nodes(workload: Workload, *, required: bool) -> TextEdit | None:
    """A constraint that spreads a workload's pods over nodes; None where its template has constraints already."""
    return spread_over(workload, HOSTNAME_KEY, required=required)


def spread_over(workload: Workload, topology: str, *, required: bool) -> TextEdit | None:
    """A constraint that spreads a workload's pods over the values of a node label, as `spread_over_nodes` does."""
    template, labels = workload.template, own_labels(workload)
    if template is None or template.spec is None or not labels or template.spec.key("topologySpreadConstraints") is not None:
        return None
    lines = (
        "topologySpreadConstraints:",
        "  - maxSkew: 1",
        f"    topologyKey: {topology}",
        f"    whenUnsatisfiable: {'DoNotSchedule' if required else 'ScheduleAnyway'}",
        "    labelSelector:",
        f"      matchLabels: {labels}",
    )
    return put_in(first_lines(template.spec, lines))


def pause_before_end(container: Container, kubernetes: Version) -> TextEdit | None:
    """A container sleeps five seconds before it is told to end; None where it has a lifecycle, or the cluster knows no sleep."""
    if kubernetes < _SLEEPS or container.node.key("lifecycle") is not None:
        return None
    lines = ("lifecycle:", "  preStop:", f"    sleep: {{seconds: {_PAUSE_SECONDS}}}")
    return put_in(next_lines(container.node, "name", lines))
