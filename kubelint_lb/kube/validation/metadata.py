"""Names, namespaces and owners: what every object says of itself.

Source: kubernetes `staging/src/k8s.io/apimachinery/pkg/api/validation/objectmeta.go` and the name function of each kind's
strategy.
"""

from __future__ import annotations

from kubelint_lb.kube.validation.findings import Findings
from kubelint_lb.kube.validation.formats import SUBDOMAIN, is_label, label, old_label, path_segment, subdomain
from kubelint_lb.kube.validation.plain import Plain, fields, maps
from kubelint_lb.kube.validation.replaced import is_to_be_replaced
from kubelint_lb.kube.validation.violation import Reason

# Kinds whose names are labels, and those of which anything will do that can stand in a URL.
_LABELS = frozenset({"StatefulSet", "Namespace"})
_ANYTHING = frozenset({"PodDisruptionBudget"})
# The first version in which the name of a Service may start with a digit (KEP-5311).
_ANY_LABEL = 37
# A CronJob's Jobs get eleven characters more.
_CRON_JOB = 52
_ANNOTATIONS = 256 * 1024


def check(kind: str, plain: dict[str, Plain], found: Findings, *, namespaced: bool) -> None:
    """What is refused of an object's metadata."""
    metadata = fields(plain.get("metadata"))
    if "metadata" in plain and not isinstance(plain["metadata"], dict):
        return
    name, prefix = metadata.get("name"), metadata.get("generateName")
    if name in {None, ""} and prefix in {None, ""}:
        found.required(("metadata", "name"))
    if isinstance(name, str) and name:
        words = path_segment(name) or _name(kind, name, found)
        if words is not None and not is_to_be_replaced(name, "s", ("name",)):
            found.add(Reason.NAME, ("metadata", "name"), words)
        elif kind == "Deployment" and label(name) is not None:
            found.warning(("metadata", "name"), "names and host names of its pods are made of it, which want a DNS label")
    elif isinstance(prefix, str) and prefix:
        words = _name(kind, f"{prefix[:-1]}a" if prefix.endswith("-") else prefix, found)
        if words is not None:
            found.add(Reason.NAME, ("metadata", "generateName"), words)
    _namespace(kind, metadata.get("namespace"), found, namespaced=namespaced)
    annotations = fields(metadata.get("annotations"))
    if (
        sum(len(key.encode()) + len(value.encode()) for key, value in annotations.items() if isinstance(value, str))
        > _ANNOTATIONS
    ):
        found.value(("metadata", "annotations"), "262144 bytes of annotations at the most")
    _owners(metadata.get("ownerReferences"), found)


def _name(kind: str, name: str, found: Findings) -> str | None:
    if kind == "Service":
        return label(name) if not found.servers.before(_ANY_LABEL) else old_label(name)
    if kind in _LABELS:
        return label(name)
    if kind in _ANYTHING:
        return None
    if kind == "CronJob" and len(name) > _CRON_JOB:
        return f"{_CRON_JOB} characters at the most"
    return subdomain(name)


def _namespace(kind: str, namespace: Plain, found: Findings, *, namespaced: bool) -> None:
    if not isinstance(namespace, str) or not namespace:
        return
    if not namespaced:
        found.conflict(("metadata", "namespace"), f"a {kind} belongs to no namespace")
    elif not is_label(namespace) and not is_to_be_replaced(namespace, "s", ("namespace",)):
        found.add(Reason.NAME, ("metadata", "namespace"), label(namespace) or SUBDOMAIN)


def _owners(owners: Plain, found: Findings) -> None:
    controllers = [index for index, owner in maps(owners) if owner.get("controller") is True]
    for index in controllers[1:]:
        found.conflict(("metadata", "ownerReferences", index, "controller"), "one owner alone may be the controller")
    for index, owner in maps(owners):
        version = owner.get("apiVersion")
        if isinstance(version, str) and version and version.count("/") > 1:
            found.value(("metadata", "ownerReferences", index, "apiVersion"), "an API group, `/` and a version")
