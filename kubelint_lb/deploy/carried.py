"""Objects that other objects carry to some cluster: an OpenShift Template, a Crossplane Object, a ManifestWork.

They are applied elsewhere or later, not with what stands around them, so they neither answer its references nor are answered.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from kubelint_lb.kube.carrying import CARRIERS
from kubelint_lb.kube.kinds import POD_TEMPLATES, GroupKind, PodTemplates
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.source.node import Mapping, Node, Sequence
from kubelint_lb.source.values import name_text


class Carried(NamedTuple):
    """The objects that are applied together: by which object first, and where to."""

    carrier: Manifest
    destination: str
    manifests: tuple[Manifest, ...]


def carried_by(manifest: Manifest, pod_templates: PodTemplates = POD_TEMPLATES) -> Iterator[Carried]:
    """What an object carries, if it carries anything."""
    carrier = CARRIERS.get(manifest.identity)
    if carrier is None:
        return
    found = manifest.node.get(*carrier.objects)
    nodes = found.items if isinstance(found, Sequence) else [found] if found is not None else []
    inside = tuple(one for node in nodes if (one := _object(node, manifest, pod_templates)) is not None)
    if inside:
        destination = manifest.name
        if carrier.destination is not None:
            destination = name_text(manifest.node.get(*carrier.destination)) or ""
        yield Carried(manifest, destination, inside)


def grouped_by_destination(carried: list[Carried]) -> list[Carried]:
    """Those of one file, by the same kind of carrier and to the same place, as one."""
    groups: dict[tuple[str, GroupKind, str], Carried] = {}
    for one in carried:
        key = (one.carrier.path, one.carrier.identity, one.destination)
        first = groups.get(key)
        groups[key] = one if first is None else first._replace(manifests=(*first.manifests, *one.manifests))
    return list(groups.values())


def _object(node: Node, carrier: Manifest, pod_templates: PodTemplates) -> Manifest | None:
    if not isinstance(node, Mapping):
        return None
    api_version, kind = name_text(node.get("apiVersion")), name_text(node.get("kind"))
    if not api_version or not kind:
        return None
    manifest = Manifest(node, api_version, kind, carrier.path, pod_templates)
    manifest.patched = carrier.patched
    return manifest
