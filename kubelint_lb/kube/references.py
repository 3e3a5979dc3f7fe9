"""References from one object to another, as written."""

from __future__ import annotations

from typing import NamedTuple

from kubelint_lb.kube.kinds import GroupKind
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.kube.namespaces import surely_differ
from kubelint_lb.source.node import Node


class Reference(NamedTuple):
    """Names an object by group, kind, namespace and name.

    `namespace` is where the target is looked for: the one written, else the source's own (None where that is unset).
    `namespace_written`: the reference itself says it. `node` is where the name stands.
    """

    source: Manifest
    node: Node
    target: GroupKind
    namespace: str | None
    name: str
    namespace_written: bool = False

    @property
    def crosses(self) -> bool:
        """Surely leads into another namespace: both are named and differ."""
        return self.namespace_written and surely_differ(self.source.namespace, self.namespace)
