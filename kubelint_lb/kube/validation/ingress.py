"""Ingresses and their classes: backends, paths, parameters.

Source: kubernetes `pkg/apis/networking/validation/validation.go`.
"""

from __future__ import annotations

from kubelint_lb.kube.validation.findings import Findings
from kubelint_lb.kube.validation.plain import OPEN, Path, Plain, fields, word

_CLASS = "kubernetes.io/ingress.class"
_INSIDE = ("//", "/./", "/../", "%2f", "%2F")
_AT_THE_END = ("/..", "/.")


def ingress(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """Two ways to name a class, and an Ingress that says nothing."""
    spec = plain.get("spec")
    if spec is None:
        found.conflict(("spec",), "rules or a defaultBackend")
    named = fields(spec).get("ingressClassName")
    annotation = fields(fields(plain.get("metadata")).get("annotations")).get(_CLASS)
    if isinstance(annotation, str) and isinstance(named, str) and annotation != named:
        found.conflict(("metadata", "annotations", _CLASS), "the class that ingressClassName names, or no annotation")
    del path


def spec(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """Something to serve has to be there."""
    if plain.get("rules") in (None, []) and plain.get("defaultBackend") is None and not found.refuses_below(path):
        found.conflict(path, "rules or a defaultBackend")


def backend(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """A Service or a resource; of a Service, the name or the number of a port."""
    service, resource = plain.get("service"), plain.get("resource")
    if service is None and resource is None:
        if not found.refuses_below(path):
            found.conflict(path, "a service or a resource")
    elif service is not None and resource is not None:
        found.conflict(path, "either a service or a resource")
    elif isinstance(service, dict):
        port = service.get("port")
        if port is OPEN or (service.get("name") in (None, "") and port is None):
            return
        name, number = fields(port).get("name"), fields(port).get("number")
        if name in (None, "") and number in (None, 0):
            if found.refuses_below(path):
                return
            found.required(path, "the name or the number of a port")
        elif name not in (None, "", OPEN) and number not in (None, 0, OPEN):
            found.conflict(path, "either the name or the number of a port")


def path(plain: dict[str, Plain], place: Path, found: Findings) -> None:
    """An absolute path without detours."""
    kind, text = plain.get("pathType"), word(plain.get("path"))
    if text is None or not isinstance(kind, str):
        return
    at = (*place, "path")
    if kind == "ImplementationSpecific":
        if text and not text.startswith("/"):
            found.value(at, "a path that starts with `/`")
    elif not text:
        found.required(at)
    elif not text.startswith("/"):
        found.value(at, "a path that starts with `/`")
    else:
        wrong = next((one for one in _INSIDE if one in text), None) or next(
            (one for one in _AT_THE_END if text.endswith(one)), None
        )
        if wrong is not None:
            found.value(at, f"a path without `{wrong}`")


def parameters(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """The namespace of a class's parameters goes with their scope."""
    scope, namespace = word(plain.get("scope"), "Cluster"), plain.get("namespace")
    if scope == "Cluster" and namespace not in (None, OPEN):
        found.conflict((*path, "namespace"), "no namespace where the scope is Cluster")
    elif scope == "Namespace" and namespace in (None, ""):
        found.required((*path, "namespace"))
