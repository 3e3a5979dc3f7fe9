"""References by name have three answers: FOUND, MISSING, or UNKNOWN.

Git holds a part of the cluster, so a name that is not here is MISSING only on evidence (see `Resolver.resolve`).
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from enum import Enum
from fnmatch import fnmatchcase
from typing import NamedTuple

from kubelint_lb.deploy.former import Former
from kubelint_lb.kube.kinds import KINDS, GroupKind
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.kube.namespaces import SYSTEM, compatible, surely_differ
from kubelint_lb.kube.near import is_slip
from kubelint_lb.kube.near_names import NearNames
from kubelint_lb.kube.references import Reference
from kubelint_lb.kube.refers import references_of
from kubelint_lb.kube.scopes import is_cluster_scoped
from kubelint_lb.kube.view import View
from kubelint_lb.source.folders import are_in_line, is_within
from kubelint_lb.source.placeholder import is_open, may_equal
from kubelint_lb.traffic.created import CreatedSecrets, CreatedServices
from kubelint_lb.traffic.objects import Objects
from kubelint_lb.traffic.openness import Openness

# Another team owns these as a rule: that one of them is here says nothing about the next.
_OWNED_ELSEWHERE = frozenset(KINDS[name] for name in ("GatewayClass", "Gateway", "IngressClass", "Secret", "Namespace"))
# Controllers make Services of these names while they work (cert-manager's HTTP-01 solver).
_MADE_AT_RUN_TIME = re.compile(r"cm-acme-http-solver-.*")
# ConfigMaps that Kubernetes and OpenShift put into every namespace; trust-manager puts those of a Bundle there.
_IN_EVERY_NAMESPACE = frozenset({"kube-root-ca.crt", "openshift-service-ca.crt"})
_BUNDLE = GroupKind("trust.cert-manager.io", "Bundle")


class State(Enum):
    """Is the target of a reference there?"""

    FOUND = "found"
    MISSING = "missing"
    UNKNOWN = "unknown"


class Resolution(NamedTuple):
    """The answer for one reference.

    `targets`: the definitions in the nearest place; several are alternatives, and a rule reports only what holds for all of
    them. Empty where a controller creates the object, or a nearer definition could not be read. `near`: what was probably
    meant. `elsewhere`: the same name in another named namespace. `former`: what it was, until the change under review
    removed it.
    """

    state: State
    targets: tuple[View, ...] = ()
    near: View | None = None
    elsewhere: View | None = None
    former: Former | None = None

    @property
    def found(self) -> bool:
        """The target is there."""
        return self.state is State.FOUND

    @property
    def missing(self) -> bool:
        """The target is not there, on evidence."""
        return self.state is State.MISSING


_UNKNOWN = Resolution(State.UNKNOWN)


class _Around(NamedTuple):
    """Objects by name, those with a settled one, and what is near to a name."""

    by_name: dict[str, list[Manifest]]
    names: NearNames

    @classmethod
    def of(cls, manifests: Iterable[Manifest]) -> _Around:
        by_name: dict[str, list[Manifest]] = defaultdict(list)
        for one in manifests:
            if not is_open(one.name):
                by_name[one.name].append(one)
        return cls(by_name, NearNames(by_name))


class Resolver:
    """Resolves the references of one unit."""

    def __init__(self, unit: Objects) -> None:
        self._unit = unit
        self._openness = unit.of(Openness)
        self._created = unit.of(CreatedServices)
        self._known: dict[tuple[GroupKind, str, str | None], _Around] = {}
        self._open: dict[tuple[GroupKind, str], frozenset[str]] = {}
        self._evidence: dict[tuple[str, GroupKind, str | None], bool] = {}
        self._referring: dict[str, list[View]] | None = None
        self._resolved: dict[tuple[object, ...], Resolution] = {}

    def resolve(self, reference: Reference) -> Resolution:
        """The answer for one reference, worked out once: many rules ask."""
        key = (id(reference.source), id(reference.node), *reference[2:])
        found = self._resolved.get(key)
        if found is None:
            found = self._resolved[key] = self._resolve(reference)
        return found

    def _resolve(self, reference: Reference) -> Resolution:
        unit = self._unit
        if is_open(reference.name):
            return _UNKNOWN
        same_name = unit.named(reference.target, reference.name)
        candidates = [one for one in same_name if compatible(one.namespace, reference.namespace)]
        if candidates:
            targets = [one for one in unit.nearest(reference.source.path, candidates) if not self._is_of_others(reference, one)]
            if reference.source.path in unit.unread_files and all(one.path != reference.source.path for one in targets):
                return Resolution(State.FOUND)
            return Resolution(State.FOUND, tuple(unit.view(target) for target in targets))
        if self._exists_unseen(reference):
            return Resolution(State.FOUND)
        beside = self._beside(reference)
        if beside is not None:
            return beside
        near, elsewhere = self._near(reference, same_name)
        former = unit.former.removed(reference.target, reference.namespace, reference.name) if unit.former else None
        missing = Resolution(State.MISSING, near=near, elsewhere=elsewhere, former=former)
        if unit.complete:  # the files are all here; what controllers make of them is in no file
            made = self._openness.made_by_operator(reference.name, reference.namespace)
            return _UNKNOWN if made else missing
        if self._is_unknowable(reference, near):
            return _UNKNOWN
        if near is not None or elsewhere is not None or former is not None or self._has_evidence(reference):
            return missing
        return _UNKNOWN

    def _beside(self, reference: Reference) -> Resolution | None:
        """The answer of the other units of the cluster. Only a named namespace says that the same object is meant, and
        only where one unit alone defines it do its properties count."""
        unit = self._unit
        found = unit.cluster.defining(unit, reference.target, reference.name)
        found = [one for one in found if compatible(one.manifest.namespace, reference.namespace)]
        if not found:
            return None
        if reference.namespace is None and not is_cluster_scoped(*reference.target):
            return _UNKNOWN
        surely = all(one.manifest.namespace == reference.namespace for one in found)
        return Resolution(State.FOUND, (found[0].unit.view(found[0].manifest),) if surely and len(found) == 1 else ())

    def _is_of_others(self, reference: Reference, candidate: Manifest) -> bool:
        """It lies aside, in a folder that has its own use for it, and no namespace says that the same object is meant: one
        of several examples, whose names are alike."""
        if self._unit.whole or is_cluster_scoped(*reference.target) or are_in_line(reference.source.folder, candidate.folder):
            return False
        if reference.namespace is not None and candidate.namespace is not None:
            return False
        return any(
            (other.target, other.name) == (reference.target, reference.name)
            for view in self._referring_from(candidate.folder)
            for other in references_of(view)
        )

    def _exists_unseen(self, reference: Reference) -> bool:
        """A controller creates it, or the configuration says that it lives elsewhere."""
        if reference.target == KINDS["Service"] and (
            _MADE_AT_RUN_TIME.fullmatch(reference.name) or self._created.has(reference.name, reference.namespace)
        ):
            return True
        if reference.target == KINDS["Secret"] and self._unit.of(CreatedSecrets).may_have(reference):
            return True
        unparsed = self._unit.cluster.shared(self._unit, _unparsed)
        if any(compatible(namespace, reference.namespace) for namespace in unparsed.get((reference.target, reference.name), ())):
            return True
        if reference.target == KINDS["ConfigMap"] and (
            reference.name in _IN_EVERY_NAMESPACE or (_BUNDLE, reference.name) in unparsed
        ):
            return True
        return is_external(self._unit.external, reference.namespace, reference.name)

    def _is_unknowable(self, reference: Reference, near: View | None) -> bool:
        folder, path = reference.source.folder, reference.source.path
        if reference.namespace is not None and is_open(reference.namespace):
            return True
        if self._openness.is_filled(folder, reference.namespace):
            return True
        # What was meant stands in the same file: it is in no other that nobody can read.
        slip = near is not None and near.manifest.path == path and is_slip(reference.name, near.name)
        if not slip and self._openness.may_hold_more(folder):
            return True
        if self._openness.made_by_operator(reference.name, reference.namespace):
            return True
        return any(may_equal(name, reference.name) for name in self._open_names(reference.target, folder))

    def _open_names(self, kind: GroupKind, folder: str) -> frozenset[str]:
        """The names that are not settled yet, of the objects around."""
        key = (kind, "" if self._unit.whole else folder)
        if key not in self._open:
            self._open[key] = frozenset(one.name for one in self._unit.in_folder(kind, folder) if is_open(one.name))
        return self._open[key]

    def _near(self, reference: Reference, same_name: list[Manifest]) -> tuple[View | None, View | None]:
        unit, source = self._unit, reference.source
        for one in same_name:
            if (unit.whole or one.folder == source.folder) and surely_differ(one.namespace, reference.namespace):
                return None, unit.view(one)
        around = self._around(reference)
        name = around.names.nearest(reference.name)
        meant = unit.nearest(source.path, around.by_name[name]) if name is not None else []
        return (unit.view(meant[0]) if meant else None), None

    def _around(self, reference: Reference) -> _Around:
        """The objects that a reference may mean by their names: those of its kind in its folder, or in its whole unit."""
        folder = "" if self._unit.whole else reference.source.folder
        key = (reference.target, folder, reference.namespace)
        if key not in self._known:
            found = self._unit.in_folder(reference.target, reference.source.folder)
            self._known[key] = _Around.of(one for one in found if compatible(one.namespace, reference.namespace))
        return self._known[key]

    def _has_evidence(self, reference: Reference) -> bool:
        """Another reference from the same folder, of that kind and to that namespace, is found there: they are kept here."""
        if reference.target in _OWNED_ELSEWHERE or reference.namespace in SYSTEM:
            return False
        key = (reference.source.folder, reference.target, reference.namespace)
        if key not in self._evidence:
            self._evidence[key] = self._are_found(reference, self._referring_from(reference.source.folder))
        # Kinds that nobody else looks up speak for themselves: that keeps the answer free of the order of asking.
        return self._evidence[key] or self._are_found(reference, [self._unit.view(reference.source)])

    def _are_found(self, reference: Reference, views: list[View]) -> bool:
        """Some reference of these objects, of the same kind and to the same namespace, is found here."""
        return any(
            other.target == reference.target and other.namespace == reference.namespace and self._found_here(other)
            for view in views
            for other in references_of(view)
        )

    def _found_here(self, reference: Reference) -> bool:
        return any(
            compatible(one.namespace, reference.namespace)
            and (self._unit.whole or is_within(one.folder, reference.source.folder))
            for one in self._unit.named(reference.target, reference.name)
        )

    def _referring_from(self, folder: str) -> list[View]:
        if self._referring is None:
            self._referring = {}
            for view in self._unit.all("Ingress", "Route", "StatefulSet", "Autoscaler", "ListenerSet"):
                self._referring.setdefault("" if self._unit.whole else view.manifest.folder, []).append(view)
        return self._referring.get("" if self._unit.whole else folder, [])


def _unparsed(units: Sequence[Objects]) -> dict[tuple[GroupKind, str], list[str | None]]:
    """The namespaces of what was not parsed, by kind and name: nobody reads objects of these kinds, but they are there."""
    found: dict[tuple[GroupKind, str], list[str | None]] = defaultdict(list)
    for one in (stub for unit in units for stub in unit.stubs):
        found[one.identity, one.name].append(one.namespace)
    return found


def is_external(patterns: tuple[str, ...], namespace: str | None, name: str) -> bool:
    """The configuration says that an object of this name lives elsewhere (`namespace/name` or `name`, `*` allowed)."""
    return any(
        fnmatchcase(f"{namespace or ''}/{name}", pattern) if "/" in pattern else fnmatchcase(name, pattern)
        for pattern in patterns
    )
