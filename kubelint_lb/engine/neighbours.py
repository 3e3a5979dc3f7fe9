"""Which objects of a large tree may have anything to do with some of them, told by the words that they have in common.

An object meets another through a name, a label, a host, an address or a port that both write. So where nothing but words of
many objects is shared (`http`, the one gateway), in another namespace and folder, neither is a part of what can be said of
the other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from kubelint_lb.kube.kinds import expand
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.source.node import Mapping, Scalar

_WORD = re.compile(r"[A-Za-z0-9_][-A-Za-z0-9_]*(?:\.[-A-Za-z0-9_]+)*")
# Kinds of which a tree has many, and that meet others by what they write. All other kinds may concern anything.
NUMEROUS = frozenset(expand(("Service", "Workload", "Route", "Ingress", "Autoscaler", "PodDisruptionBudget")))
# In a tree of no more objects all are neighbours. In a larger one, a word of more than so many objects says nothing.
LARGE, MOST_WITH_A_WORD = 300, 50
# From a pod over its Service and its route to the route's policy, and back.
_STEPS = 3
_SELECTING = frozenset({"Service", "PodDisruptionBudget"})


class _Said(NamedTuple):
    """An object, all words that it writes, and those by which others know it: its name, labels, selectors, hosts."""

    manifest: Manifest
    words: frozenset[str]
    known_by: frozenset[str]


def neighbours(
    manifests: Sequence[Manifest],
    asked: Iterable[Manifest],
    former: Iterable[str],
    most: int = MOST_WITH_A_WORD,
    large: int = LARGE,
) -> frozenset[int] | None:
    """The objects, by `id`, that may have to do with those asked for; None where all of them may. `former` are names that a
    change took away. Where there are more than `large` objects, a word that more than `most` of them write says nothing, but for
    a name of what was asked for."""
    starts = list(asked)
    if len(manifests) <= large or not all(one.view_name in NUMEROUS for one in starts):
        return None
    said = [_said(one) for one in manifests if one.view_name in NUMEROUS]
    counts = Counter(word for one in said for word in one.words)
    common = frozenset(word for word, count in counts.items() if count > most)
    places = frozenset(one.namespace for one in manifests if one.namespace is not None)
    names = frozenset((*(one.name for one in starts), *former))
    own = {id(one) for one in starts}
    near = [one for one in said if id(one.manifest) in own]
    # What both write, whatever it is to them: rivals for a host, an address, a target.
    shared = names | frozenset(word for one in near for word in one.words - common - places)
    at_home = frozenset((*(one.folder for one in starts), *(one.namespace for one in starts if one.namespace is not None)))
    reached = own | {id(one) for one in manifests if one.namespace in at_home or one.folder in at_home}
    edge = [one for one in said if one.words & shared]
    reached.update(id(one.manifest) for one in said if _selects_by_common_words(one, common))
    for _ in range(_STEPS):
        reached.update(id(one.manifest) for one in edge)
        every = frozenset(word for one in edge for word in one.words)
        words, known_by = every - common - places, frozenset(word for one in edge for word in one.known_by) - common - places
        edge = [
            one
            for one in said
            if id(one.manifest) not in reached and (one.manifest.name in every or one.words & known_by or one.known_by & words)
        ]
    return frozenset(reached.union(id(one.manifest) for one in edge))


def _said(manifest: Manifest) -> _Said:
    document = manifest.node.document
    text = document.text if document.root is manifest.node else manifest.node.source
    found = set(_WORD.findall(text))
    for word in [one for one in found if "." in one]:
        found.update(word.split("."))
    return _Said(manifest, frozenset(found), frozenset(_known_by(manifest)))


def _known_by(manifest: Manifest) -> Iterator[str]:
    yield manifest.name
    yield from manifest.labels.values()
    spec = manifest.node.get("spec")
    if isinstance(spec, Mapping):
        for path in (("selector",), ("selector", "matchLabels"), ("template", "metadata", "labels")):
            yield from _texts(spec.get(*path))
        yield from _texts(spec.get("hostnames"))


def _texts(node: object) -> Iterator[str]:
    if isinstance(node, Mapping):
        yield from (value.text for value in node.entries.values() if isinstance(value, Scalar))
    else:
        items = getattr(node, "items", ())
        yield from (item.text for item in items if isinstance(item, Scalar)) if isinstance(items, list) else ()


def _selects_by_common_words(one: _Said, common: frozenset[str]) -> bool:
    """A selector of words that many write selects many."""
    if one.manifest.view_name not in _SELECTING:
        return False
    selector = one.manifest.node.get("spec", "selector")
    values = [*_texts(selector), *_texts(selector.get("matchLabels") if isinstance(selector, Mapping) else None)]
    return all(value in common for value in values)
