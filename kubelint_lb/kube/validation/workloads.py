"""Workloads: selectors that match what they make, and how it is replaced.

Source: kubernetes `pkg/apis/apps/validation/validation.go`, `pkg/apis/batch/validation/validation.go`,
`pkg/apis/core/validation/validation.go` ValidateReplicationControllerSpec.
"""

from __future__ import annotations

from kubelint_lb.kube.validation.findings import Findings
from kubelint_lb.kube.validation.plain import OPEN, Path, Plain, fields, number, word
from kubelint_lb.kube.validation.selectors import is_empty, matches

_PROGRESS_SECONDS = 600


def _selects(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """The selector selects some pods, and the template's are among them."""
    selector, template = plain.get("selector"), plain.get("template")
    if is_empty(selector):
        found.conflict((*path, "selector"), "a selector that is not empty")
    elif selector is not None and template is not OPEN and fields(template).get("metadata") is not OPEN:
        labels = fields(fields(template).get("metadata")).get("labels")
        if not matches(selector, labels):
            found.conflict((*path, "template", "metadata", "labels"), "labels that the selector matches")


def _stays(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """Pods that are replaced for ever."""
    spec = fields(fields(plain.get("template")).get("spec"))
    if word(spec.get("restartPolicy"), "Always") not in {"Always", None}:
        found.conflict((*path, "template", "spec", "restartPolicy"), "Always: the pods are replaced for ever")
    if spec.get("activeDeadlineSeconds") is not None:
        found.conflict((*path, "template", "spec", "activeDeadlineSeconds"), "no deadline: the pods are replaced for ever")


def _there(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """A template says what its pods run."""
    template = plain.get("template")
    if isinstance(template, dict) and template.get("spec") is None:
        found.required((*path, "template", "spec", "containers"))


def deployment(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """A Deployment's spec."""
    _selects(plain, path, found)
    _stays(plain, path, found)
    _there(plain, path, found)
    strategy = fields(plain.get("strategy"))
    rolling = strategy.get("rollingUpdate")
    if strategy.get("type") == "Recreate" and rolling is not None:
        found.conflict((*path, "strategy", "rollingUpdate"), "no rollingUpdate where the type is Recreate")
    elif _is_none(fields(rolling).get("maxUnavailable")) and _is_none(fields(rolling).get("maxSurge")):
        found.conflict((*path, "strategy", "rollingUpdate", "maxUnavailable"), "more than 0 where maxSurge is 0")
    deadline = plain.get("progressDeadlineSeconds")
    seconds, ready = number(_PROGRESS_SECONDS if deadline is None else deadline), number(plain.get("minReadySeconds") or 0)
    if seconds is not None and ready is not None and seconds <= ready:
        shown = (*path, "progressDeadlineSeconds" if deadline is not None else "minReadySeconds")
        found.conflict((*path, "progressDeadlineSeconds"), f"more than minReadySeconds, which is {ready}", shown=shown)


def _is_none(value: Plain) -> bool:
    return value in (0, "0%") and value is not False


def replica_set(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """A ReplicaSet's spec."""
    _selects(plain, path, found)
    _stays(plain, path, found)
    _there(plain, path, found)


def stateful_set(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """A StatefulSet's spec."""
    _selects(plain, path, found)
    _stays(plain, path, found)
    _there(plain, path, found)
    strategy = fields(plain.get("updateStrategy"))
    if strategy.get("type") == "OnDelete" and strategy.get("rollingUpdate") is not None:
        found.conflict((*path, "updateStrategy", "rollingUpdate"), "no rollingUpdate where the type is OnDelete")


def daemon_set(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """A DaemonSet's spec."""
    _selects(plain, path, found)
    _stays(plain, path, found)
    _there(plain, path, found)
    strategy = fields(plain.get("updateStrategy"))
    rolling = strategy.get("rollingUpdate")
    if word(strategy.get("type"), "RollingUpdate") != "RollingUpdate" or not isinstance(rolling, dict):
        return
    at = (*path, "updateStrategy", "rollingUpdate")
    gone, more = rolling.get("maxUnavailable", 1), rolling.get("maxSurge", 0)
    if OPEN in (gone, more):
        return
    if _is_none(gone) and _is_none(more):
        found.conflict((*at, "maxUnavailable"), "more than 0 where maxSurge is 0")
    elif not _is_none(gone) and not _is_none(more):
        found.conflict((*at, "maxSurge"), "0 where maxUnavailable is not")


def replication_controller(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """A ReplicationController's spec: the labels of its template are its selector, where it has none."""
    template = plain.get("template")
    if template is None:
        found.required((*path, "template"))
        return
    labels = fields(fields(template).get("metadata")).get("labels")
    selector = plain.get("selector")
    if selector in (None, {}):
        if template is not OPEN and fields(template).get("metadata") is not OPEN and labels in (None, {}):
            found.required((*path, "selector"))
    elif template is not OPEN and fields(template).get("metadata") is not OPEN and not matches({"matchLabels": selector}, labels):
        found.conflict((*path, "template", "metadata", "labels"), "labels that the selector matches")
    _stays(plain, path, found)
    _there(plain, path, found)


def job(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """A Job's spec: its pods end some day."""
    _there(plain, path, found)
    template = plain.get("template")
    spec = fields(template).get("spec")
    if isinstance(spec, dict) and word(spec.get("restartPolicy"), "Always") == "Always":
        words = "OnFailure or Never: the pods of a Job end"
        if spec.get("restartPolicy") in (None, ""):
            found.required((*path, "template", "spec", "restartPolicy"), words)
        else:
            found.conflict((*path, "template", "spec", "restartPolicy"), words)
    if plain.get("completionMode") == "Indexed" and plain.get("completions") is None:
        found.required((*path, "completions"))
    if plain.get("selector") is not None and plain.get("manualSelector") is None:
        found.conflict((*path, "selector"), "no selector: the server makes one, unless manualSelector is true")
