"""Which kustomizations a run on single files has to know: those that the files are a part of, and those they may meet."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from kubelint_lb.kube.kinds import KINDS, GroupKind
from kubelint_lb.kube.scopes import is_cluster_scoped

if TYPE_CHECKING:
    from kubelint_lb.deploy.kustomize.overlays import Files
    from kubelint_lb.render.kustomize.closure import Closure
    from kubelint_lb.source.node import SourceText

_NAMESPACE = KINDS["Namespace"]
# Namespaces as they stand in a text: whatever else has such a name does no harm.
_NAME = re.compile(r"[a-z0-9](?:[-a-z0-9]*[a-z0-9])?")


# Objects of these groups mean something to other units only through their namespace; those of others may fill any.
_AT_HOME = frozenset({"", "apps", "autoscaling", "batch", "gateway.networking.k8s.io", "networking.k8s.io", "policy"})


def neighbours(
    closures: Sequence[Closure], files: Files, sources: Mapping[str, SourceText], holds: Callable[[str], bool]
) -> set[int]:
    """The indices of the kustomizations that hold an asked file, or that one of these may refer to or be referred to from.

    Between units, references name a namespace; so of two units that meet, one names a namespace of the other. Of a unit whose
    namespaces are not known, or that says something of other namespaces, nobody can tell.
    """
    asked = {index for index, one in enumerate(closures) if any(map(holds, one.sources))}
    applied = {path for index in asked for path in closures[index].sources}
    plain = [path for path in sources if holds(path) and path not in applied]
    spaces = [_namespaces(closures[index], files) for index in asked]
    spaces.append(_placed(plain, files, None))
    if None in spaces:
        return set(range(len(closures)))
    own = {name for one in spaces for name in one or ()}
    named = {word for path in (*applied, *plain) for word in _words(path, sources)}
    named |= own

    def meets(one: Closure) -> bool:
        places = _namespaces(one, files)
        if places is None or not named.isdisjoint(places):
            return True
        return any(not own.isdisjoint(_words(path, sources)) for path in one.sources)

    return asked | {index for index, one in enumerate(closures) if index not in asked and meets(one)}


def _namespaces(closure: Closure, files: Files) -> set[str] | None:
    """The namespaces that the objects of a kustomization may be in; None if that is not known."""
    into = closure.root.namespace or closure.applied.destination
    if closure.left_out or closure.charts or not all(map(files.whole, closure.files)):
        return None
    placed = _placed(closure.files, files, into)
    if placed is None:
        return None
    return placed | {one.namespace for one in closure.members if one.namespace} | ({into} if into else set())


def _placed(paths: Iterable[str], files: Files, into: str | None) -> set[str] | None:
    """The namespaces of the objects of files, where those without one are put into a namespace; None if not known."""
    found = set()
    for one in (one for path in paths for one in (*files.manifests.get(path, ()), *files.stubs.get(path, ()))):
        place = one.name if one.identity == _NAMESPACE else one.namespace or into
        if not place or one.identity.group not in _AT_HOME or _is_for_all(one.identity):
            return None
        found.add(place)
    return found


def _is_for_all(identity: GroupKind) -> bool:
    return identity != _NAMESPACE and is_cluster_scoped(*identity)


def _words(path: str, sources: Mapping[str, SourceText]) -> Iterable[str]:
    source = sources.get(path)
    return _NAME.findall(source.text) if source is not None else ()
