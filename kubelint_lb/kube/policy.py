"""BackendTLSPolicy, and what policies of the Gateway API have in common: targets by name in their own namespace (GEP-713)."""

from __future__ import annotations

from functools import cached_property
from typing import NamedTuple

from kubelint_lb.kube.kinds import canonical
from kubelint_lb.kube.references import Reference
from kubelint_lb.kube.values import mappings, name_text, text
from kubelint_lb.kube.view import View
from kubelint_lb.source.node import Mapping, Node


class PolicyTarget(NamedTuple):
    """What a policy is for: an object, or the section of it that is named."""

    node: Mapping
    reference: Reference
    section_name: str | None


class BackendTLSPolicy(View):
    """A BackendTLSPolicy: how a Gateway speaks TLS to a Service."""

    @cached_property
    def targets(self) -> tuple[PolicyTarget, ...]:
        """The Services, or ports of them, that it is for."""
        return targets_of(self)

    @cached_property
    def authorities(self) -> tuple[tuple[Mapping, Reference], ...]:
        """`spec.validation.caCertificateRefs`: each entry with what it refers to."""
        entries = mappings(self.at("spec", "validation", "caCertificateRefs"))
        pairs = ((entry, local_reference(self, entry, "", "ConfigMap")) for entry in entries)
        return tuple((entry, reference) for entry, reference in pairs if reference is not None)


def targets_of(policy: View) -> tuple[PolicyTarget, ...]:
    """`spec.targetRefs` of a policy, and `spec.targetRef` of early versions; a Service where no kind is written."""
    found = []
    for entry in (*mappings(policy.at("spec", "targetRefs")), policy.at("spec", "targetRef")):
        if isinstance(entry, Mapping):
            reference = local_reference(policy, entry, "", "Service")
            if reference is not None:
                found.append(PolicyTarget(entry, reference, name_text(entry.get("sectionName")) or None))
    return tuple(found)


def local_reference(view: View, entry: Node, group: str, kind: str) -> Reference | None:
    """What an entry with group, kind and name refers to in the object's own namespace; None without a name."""
    node = entry.get("name")
    name = name_text(node)
    if node is None or not name:
        return None
    written = name_text(entry.get("group"))
    target = canonical(group if written is None else written, text(entry.get("kind")) or kind)
    return Reference(view.manifest, node, target, view.namespace, name)
