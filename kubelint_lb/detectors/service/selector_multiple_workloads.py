"""A Service should select the pods that serve, and no others."""

from __future__ import annotations

from functools import partial

from kubelint_lb.detectors.api import Context, Issue, Issues, Selection, Service, Workload, detector, serving


@detector
def check(service: Service, ctx: Context) -> Issues:
    """ServiceSpec.Selector (kubernetes `core/v1`). Which workloads meet is certain where they are applied together."""
    selection = ctx.select(service)
    groups, jobs = ctx.once(id(selection.groups), partial(_parted, selection))
    if not groups or not service.settled or ctx.knows_service(service.name, service.namespace):
        return
    place = service.place("spec", "selector")
    first = groups[0]
    job = next((one for one in jobs if _meet(one, first, ctx) and not _is_a_hook(one)), None)
    if job is not None:
        issue = Issue(place, "job", service=service.title, workload=first.title, other=job.title)
        yield issue.related(job.template.labels_node() if job.template is not None else job.manifest.name_node, "the same labels")
    split = frozenset(ctx.words("split-labels"))
    for other in groups[1:]:
        if _meet(first, other, ctx) and not _are_parts(first, other, split):
            yield _issue(service, first, other)
            return


def _parted(selection: Selection) -> tuple[list[Workload], list[Workload]]:
    """The workloads that serve, each where it has one definition, and those that run to their end."""
    jobs = [one for one in selection.workloads if one.runs_to_end]
    return [group[0] for group in serving(selection) if len(group) == 1], jobs


def _meet(one: Workload, other: Workload, ctx: Context) -> bool:
    return ctx.whole or ctx.lands_with(one, other)


def _is_a_hook(job: Workload) -> bool:
    """It is over before the pods start, as Helm and Argo CD run it: their own labels say so."""
    return any(name in job.annotations for name in ("helm.sh/hook", "argocd.argoproj.io/hook"))


def _are_parts(one: Workload, other: Workload, split: frozenset[str]) -> bool:
    """Parts of one whole, by a label in which they differ, or by the word in which their names do."""
    left, right = one.pod_labels, other.pod_labels
    if any(left.get(key) != right.get(key) for key in split):
        return True
    words = ("canary", "blue", "green", "stable", "preview", "primary", "replica", "v1", "v2", "v3")
    return any(word in name.split("-") for name in (one.name, other.name) for word in words)


def _issue(service: Service, first: Workload, other: Workload) -> Issue:
    place = service.place("spec", "selector")
    words = {"service": service.title, "workload": first.title, "other": other.title}
    for port in service.ports:
        declares = [_declares(one, port.target) for one in (first, other)]
        if sorted(declares, key=str) == [False, True]:
            lacking, having = (first, other) if declares[0] is False else (other, first)
            words |= {"workload": having.title, "other": lacking.title, "target": str(port.target)}
            issue = Issue(place, "other-port", **words)
            return issue.related(lacking.manifest.name_node, "the same labels, and no such port")
    return Issue(place, "several", **words).related(other.manifest.name_node, "the same labels")


def _declares(workload: Workload, target: int | str | None) -> bool | None:
    """Whether the pods have a port; None where they declare none."""
    ports = workload.template.ports if workload.template is not None else ()
    return any(target in (one.name, one.number) for one in ports) if ports and workload.settled else None
