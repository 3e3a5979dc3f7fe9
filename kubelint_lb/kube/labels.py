"""Labels and selectors, in three values: yes, no, or it depends on a placeholder."""

from __future__ import annotations

from collections.abc import Mapping as Dict
from typing import NamedTuple

from kubelint_lb.kube.values import items, mappings, name_text, present, string_map, text
from kubelint_lb.source.node import Mapping, Node
from kubelint_lb.source.placeholder import has_placeholder, may_equal

# Labels that controllers put on pods and that no template holds. A selector is not called unmatched because of them.
RUNTIME_LABELS = frozenset(
    {
        "apps.kubernetes.io/pod-index",
        "batch.kubernetes.io/controller-uid",
        "batch.kubernetes.io/job-completion-index",
        "batch.kubernetes.io/job-name",
        "cnpg.io/instanceRole",
        "controller-revision-hash",
        "controller-uid",
        "job-name",
        "pod-template-hash",
        "role",
        "rollouts-pod-template-hash",
        "spilo-role",
        "statefulset.kubernetes.io/pod-name",
        "topology.kubernetes.io/region",
        "topology.kubernetes.io/zone",
    }
)
_RUNTIME_ENDINGS = ("/role", "/master", "/primary")


def is_runtime_label(name: str) -> bool:
    """A label that appears on running pods only."""
    return name in RUNTIME_LABELS or name.endswith(_RUNTIME_ENDINGS)


def pair_matches(value: str, labels: Dict[str, str], name: str) -> bool | None:
    """Whether labels hold name=value; None where a placeholder decides."""
    found = labels.get(name)
    if found is None:
        return None if any(has_placeholder(key) for key in labels) else False
    if found == value:
        return True
    return None if may_equal(found, value, name=False) else False


def selector_matches(selector: Dict[str, str], labels: Dict[str, str]) -> bool | None:
    """Whether every pair of a selector is in the labels; None where a placeholder decides."""
    answer: bool | None = True
    for name, value in selector.items():
        found = pair_matches(value, labels, name)
        if found is False:
            return False
        if found is None:
            answer = None
    return answer


class Requirement(NamedTuple):
    """One `matchExpressions` entry."""

    key: str
    operator: str
    values: tuple[str, ...]


class LabelSelector(NamedTuple):
    """A LabelSelector (meta/v1): pairs and expressions, all of which must hold. An empty one matches everything."""

    pairs: Dict[str, str]
    requirements: tuple[Requirement, ...]

    def matches(self, labels: Dict[str, str]) -> bool | None:
        """Whether it selects these labels; None where a placeholder decides."""
        answers = [selector_matches(self.pairs, labels)]
        answers += [_holds(requirement, labels) for requirement in self.requirements]
        if False in answers:
            return False
        return None if None in answers else True


def label_selector(node: Node | None) -> LabelSelector | None:
    """A LabelSelector from its node; None where it is absent or null (which matches nothing)."""
    if not isinstance(present(node), Mapping) or node is None:
        return None
    requirements = tuple(
        Requirement(
            name_text(entry.get("key")) or "",
            text(entry.get("operator")) or "",
            tuple(value for value in map(name_text, items(entry.get("values"))) if value is not None),
        )
        for entry in mappings(node.get("matchExpressions"))
    )
    return LabelSelector(string_map(node.get("matchLabels")), requirements)


def _holds(requirement: Requirement, labels: Dict[str, str]) -> bool | None:
    found = labels.get(requirement.key)
    match requirement.operator:
        case "In":
            answers = [pair_matches(value, labels, requirement.key) for value in requirement.values]
            return True if True in answers else None if None in answers else False
        case "NotIn":
            answers = [pair_matches(value, labels, requirement.key) for value in requirement.values]
            return False if True in answers else None if None in answers else True
        case "Exists":
            return found is not None
        case "DoesNotExist":
            return found is None
        case _:
            return None
