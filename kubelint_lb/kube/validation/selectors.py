"""Requirements of selectors: which operators take values.

Source: kubernetes `staging/src/k8s.io/apimachinery/pkg/apis/meta/v1/validation`, `pkg/apis/core/validation/validation.go`
ValidateNodeSelectorRequirement.
"""

from __future__ import annotations

from kubelint_lb.kube.validation.findings import Findings
from kubelint_lb.kube.validation.plain import OPEN, Path, Plain, fields, listed, maps

_SETS = frozenset({"In", "NotIn"})
_PRESENCE = frozenset({"Exists", "DoesNotExist"})


def requirement(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """In and NotIn need values, Exists and DoesNotExist take none."""
    operator, values = plain.get("operator"), plain.get("values")
    if operator in _SETS and values in (None, []):
        found.required((*path, "values"))
    elif operator in _PRESENCE and listed(values):
        found.conflict((*path, "values"), f"no values for {operator}")


def node_requirement(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """The same for nodes; Gt and Lt compare with one number."""
    requirement(plain, path, found)
    values = plain.get("values")
    if plain.get("operator") in {"Gt", "Lt"} and values is not OPEN and len(listed(values)) != 1:
        found.required((*path, "values"), "one number")


def is_empty(selector: Plain) -> bool:
    """A selector that selects all."""
    return isinstance(selector, dict) and not selector.get("matchLabels") and not selector.get("matchExpressions")


def matches(selector: Plain, labels: Plain) -> bool:
    """Whether labels match; what is not known does."""
    if not isinstance(selector, dict) or labels is OPEN:
        return True
    own = fields(labels)
    if OPEN in own.values():
        return True
    for name, value in fields(selector.get("matchLabels")).items():
        if value is not OPEN and own.get(name) != value:
            return False
    return all(_holds(one, own) for _, one in maps(selector.get("matchExpressions")))


def _holds(one: dict[str, Plain], labels: dict[str, Plain]) -> bool:
    key, operator, values = one.get("key"), one.get("operator"), listed(one.get("values"))
    if not isinstance(key, str) or not isinstance(operator, str) or OPEN in values or one.get("values") is OPEN:
        return True
    if operator in _PRESENCE:
        return (key in labels) == (operator == "Exists")
    return (key in labels and labels[key] in values) == (operator == "In")
