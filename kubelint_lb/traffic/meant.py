"""Which workload a Service without pods was probably meant for: what relates the two, and what does not."""

from __future__ import annotations

import re
from enum import Enum
from typing import NamedTuple

from kubelint_lb.kube.labels import pair_matches
from kubelint_lb.kube.near import is_near, is_part
from kubelint_lb.kube.service import Service
from kubelint_lb.kube.workload import Workload


class Nearness(Enum):
    """Why a workload was probably meant."""

    LABEL = "all pairs of the selector hold but one"
    NAME = "it is named like the Service, or like a value of its selector"
    ORPHAN = "nobody selects it, and it declares the target port"
    NAMESPACE = "the labels match in another named namespace"


class NearSelection(NamedTuple):
    """The workload that was probably meant, and why; `key` is the pair of the selector that fails, `value` what the pods have
    there, None where they have nothing."""

    workload: Workload
    why: Nearness
    key: str = ""
    value: str | None = None


def is_sibling(service: Service, selector: dict[str, str], near: NearSelection) -> bool:
    """`web-1` beside `web-2`, `web` beside `web-worker`, a `cart` that calls itself so beside a `card`: where a Service
    selects the one already, the other is no slip but somewhere else."""
    written, other = selector[near.key], near.value
    if other is None:
        return False
    if re.sub(r"[0-9]+", "0", written) == re.sub(r"[0-9]+", "0", other):
        return True
    return is_part(written, other) or service.name == written or service.name.startswith(written + "-")


def stand_alone(service: Service, selector: dict[str, str], workload: Workload) -> bool:
    """Service and workload are each labelled by their own name: two parts, whose other halves are kept elsewhere."""
    labels = workload.pod_labels
    return service.name in selector.values() and workload.name in {labels.get(key) for key in selector}


def are_related(service: Service, selector: dict[str, str], workload: Workload) -> bool:
    """A name or a label says that they belong together. A shared port says nothing: half of all containers listen on 8080."""
    labels = workload.pod_labels
    if any(labels.get(key) == value for key, value in (*selector.items(), *service.labels.items())):
        return True
    ours = {service.name, *selector.values()}
    theirs = {workload.name, *labels.values()}
    return any(
        one == other or is_near(one, other) or one.partition("-")[0] == other.partition("-")[0]
        for one in ours
        for other in theirs
        if len(one.partition("-")[0]) > 2
    )


def one_label_off(selector: dict[str, str], workload: Workload) -> NearSelection | None:
    """All pairs of the selector but one hold on the pods, and that one is close: a near value, or a near key of the value."""
    labels = workload.pod_labels
    failing = [key for key, value in selector.items() if pair_matches(value, labels, key) is False]
    if len(failing) != 1:
        return None
    key = failing[0]
    value = labels.get(key)
    if value is not None:
        return NearSelection(workload, Nearness.LABEL, key, value) if is_near(selector[key], value) else None
    if len(selector) == 1:
        for other, found in labels.items():
            if found == selector[key] and is_near(key, other):
                return NearSelection(workload, Nearness.LABEL, key)
    return None


def named_alike(selector: dict[str, str], workload: Workload, why: Nearness = Nearness.NAME) -> NearSelection:
    """The workload with the first pair of the selector that its pods lack."""
    labels = workload.pod_labels
    key = next((key for key, value in selector.items() if labels.get(key) != value), "")
    return NearSelection(workload, why, key, labels.get(key))


def declares(workload: Workload, targets: set[int | str]) -> bool:
    """Some container declares one of the ports, by number or name."""
    template = workload.template
    return template is not None and any(port.number in targets or (port.name and port.name in targets) for port in template.ports)
