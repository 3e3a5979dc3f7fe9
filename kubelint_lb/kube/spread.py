"""Whether anything keeps the pods of one template on different nodes.

Sources: kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints, KEP-3022 (minDomains), KEP-3243
(matchLabelKeys), KEP-3633 (matchLabelKeys and mismatchLabelKeys of pod affinity).
"""

from __future__ import annotations

from enum import IntEnum
from typing import NamedTuple

from kubelint_lb.kube.pod import HOSTNAME_KEY, AntiAffinityTerm, PodTemplate, SpreadConstraint
from kubelint_lb.kube.values import integer, items, name_text, present, text
from kubelint_lb.source.node import Mapping, Node
from kubelint_lb.source.placeholder import has_placeholder

ZONE_KEY = "topology.kubernetes.io/zone"
_WIDE_KEYS = frozenset(
    {
        ZONE_KEY,
        "topology.kubernetes.io/region",
        "failure-domain.beta.kubernetes.io/zone",
        "failure-domain.beta.kubernetes.io/region",
    }
)
_SPREAD_FIELD = "topologySpreadConstraints"


class Spread(IntEnum):
    """What holds for a template's pods; of several constraints the greatest counts.

    `MISMATCH`: a constraint counts other pods. `LOOSE`: its maxSkew lets all pods share a node. `ZONES`: over zones or regions
    only, and softly where `_PREFERRED`. `PREFERRED`: over nodes, as far as it is convenient. `UNKNOWN`: not decided here.
    """

    NONE = 0
    MISMATCH = 1
    ZONES_PREFERRED = 2
    ZONES = 3
    LOOSE = 4
    PREFERRED = 5
    UNKNOWN = 6
    NODES = 7


class Spreading(NamedTuple):
    """What spreads the pods, and the constraint or term that does (None where none does)."""

    spread: Spread
    node: Node | None = None


def spreading(template: PodTemplate, pods: int) -> Spreading:
    """What spreads up to `pods` pods of a template over nodes."""
    if _is_unsettled(template):
        return Spreading(Spread.UNKNOWN)
    if template.cannot_share_node:
        return Spreading(Spread.NODES)
    found = [Spreading(_constraint(one, template.labels, pods), one.node) for one in template.spread_constraints]
    found += [Spreading(_term(one, template.labels), one.node) for one in template.anti_affinity]
    best = max(found, key=lambda one: one.spread, default=Spreading(Spread.NONE))
    return best if best.spread else Spreading(Spread.NONE)


def _is_unsettled(template: PodTemplate) -> bool:
    """Something else decides: a placeholder, another scheduler, or a pod tied to one node."""
    spec = template.spec
    if spec is None:
        return True
    constraints, affinity = present(spec.get(_SPREAD_FIELD)), present(spec.get("affinity"))
    if constraints is not None and not all(isinstance(one, Mapping) for one in items(constraints) or [constraints]):
        return True
    terms = present(spec.get("affinity", "podAntiAffinity"))
    if any(node is not None and not isinstance(node, Mapping) for node in (affinity, terms)):
        return True
    scheduler = name_text(spec.get("schedulerName")) or "default-scheduler"
    pinned = present(spec.get("nodeName")) or present(spec.get("nodeSelector", HOSTNAME_KEY))
    return scheduler != "default-scheduler" or pinned is not None


def _constraint(constraint: SpreadConstraint, labels: dict[str, str], pods: int) -> Spread:
    key = constraint.topology_key
    wide = key in _WIDE_KEYS
    if has_placeholder(key) or not (wide or key == HOSTNAME_KEY):
        return Spread.UNKNOWN
    counts = constraint.counts(labels)
    if not counts:
        return Spread.UNKNOWN if counts is None else Spread.MISMATCH
    skew = integer(constraint.node.get("maxSkew")) or 1
    if not wide:
        if not constraint.hard:
            return Spread.PREFERRED
        return Spread.LOOSE if skew >= pods else Spread.NODES
    if not constraint.hard:
        return Spread.ZONES_PREFERRED
    domains = present(constraint.node.get("minDomains"))
    least = integer(domains)
    if domains is not None and least is None:
        return Spread.UNKNOWN
    # With as many zones as pods no zone gets a second pod, so no node does.
    return Spread.NODES if skew == 1 and (least or 1) >= pods else Spread.ZONES


def _term(term: AntiAffinityTerm, labels: dict[str, str]) -> Spread:
    key = term.topology_key
    counts = term.counts(labels)
    if present(term.node.get("mismatchLabelKeys")) is not None:
        counts = None
    if not counts:
        return Spread.UNKNOWN if counts is None else Spread.NONE
    if has_placeholder(key):
        return Spread.UNKNOWN
    if term.hard:
        # Pods of one node share every topology domain it is in.
        return Spread.NODES
    if key == HOSTNAME_KEY:
        return Spread.PREFERRED
    return Spread.ZONES_PREFERRED if key in _WIDE_KEYS else Spread.UNKNOWN


def over_zones(template: PodTemplate) -> bool:
    """Something keeps a template's pods in several zones, or may: also where it is only preferred."""
    labels = template.labels
    constraints = (one.counts(labels) for one in template.spread_constraints if one.topology_key == ZONE_KEY)
    terms = (one.counts(labels) for one in template.anti_affinity if one.topology_key == ZONE_KEY)
    return any(answer is not False for answer in (*constraints, *terms))


def softness(node: Node | None) -> str:
    """The word in a manifest that makes a constraint or term soft or hard: `DoNotSchedule`, `ScheduleAnyway`,
    `preferredDuringSchedulingIgnoredDuringExecution`."""
    if isinstance(node, Mapping) and "whenUnsatisfiable" in node.entries:
        return text(node.get("whenUnsatisfiable")) or ""
    return "preferredDuringSchedulingIgnoredDuringExecution"
