"""Every reference that an object makes, by kind of object."""

from __future__ import annotations

from collections.abc import Iterator

from kubelint_lb.kube.custom_routes import ROWS, custom_references
from kubelint_lb.kube.gateway import ListenerSet
from kubelint_lb.kube.ingress import Ingress
from kubelint_lb.kube.kinds import KINDS
from kubelint_lb.kube.references import Reference
from kubelint_lb.kube.route import Route
from kubelint_lb.kube.values import name_text
from kubelint_lb.kube.view import View
from kubelint_lb.kube.workload import Autoscaler


def references_of(view: View) -> Iterator[Reference]:
    """The references an object makes to others by name."""
    match view:
        case Ingress():
            yield from (backend.reference for backend in view.backends)
        case Route():
            yield from (parent.reference for parent in view.parents)
            yield from (backend.reference for rule in view.rules for backend in rule.all_refs)
        case ListenerSet():
            if (reference := view.parent) is not None:
                yield reference
        case Autoscaler():
            node = view.at("spec", "scaleTargetRef", "name")
            target = KINDS.get(view.target_kind)
            if node is not None and target is not None:
                yield Reference(view.manifest, node, target, view.namespace, view.target_name)
        case _ if view.manifest.view_name == "StatefulSet":
            node = view.at("spec", "serviceName")
            name = name_text(node)
            if node is not None and name:
                yield Reference(view.manifest, node, KINDS["Service"], view.namespace, name)
        case _ if view.manifest.view_name in ROWS:
            yield from (one.reference for one in custom_references(view))
