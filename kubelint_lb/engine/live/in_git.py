"""Where the objects of a cluster are written: the files of a tree that define them, and the places of their fields there."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kubelint_lb.deploy.scope import scope_of
from kubelint_lb.engine.detect import Hit
from kubelint_lb.engine.fingerprint import identity_of_item
from kubelint_lb.engine.run import Run
from kubelint_lb.kube.namespaces import compatible
from kubelint_lb.render.origin import located
from kubelint_lb.source.node import Mapping as MappingNode
from kubelint_lb.source.node import Node, Scalar
from kubelint_lb.source.node import Sequence as SequenceNode
from kubelint_lb.source.steps import way_to

if TYPE_CHECKING:
    from kubelint_lb.deploy.tree import Tree
    from kubelint_lb.kube.kinds import GroupKind
    from kubelint_lb.kube.manifest import Manifest
    from kubelint_lb.settings.settings import Settings


class _Place(NamedTuple):
    """Where a field of an object is written, as far as it is: `exact` where the very field is, with the same value."""

    node: Node
    exact: bool


class InGit:
    """The objects of a tree by what they are."""

    def __init__(self, tree: Tree, manifests: Iterable[Manifest], root: Path) -> None:
        self.tree, self.root, self.manifests = tree, root, tuple(manifests)
        self._by_name: dict[tuple[GroupKind, str], list[Manifest]] = defaultdict(list)
        for one in self.manifests:
            self._by_name[one.identity, one.name].append(one)

    def moved(self, hit: Hit, holders: Mapping[str, Manifest]) -> Hit:
        """The hit at the place in git, with that in the cluster beside it; as it is, where git does not define the object that
        it points into. Related places move, too, where git says the same. `holders`: the objects of the cluster by place."""
        node = hit.issue.node
        holder = holders.get(node.path)
        place = self._place(holder, node) if holder is not None else None

        def move(other: Node) -> Node:
            if other is node:
                return place.node if place is not None else node
            there = holders.get(other.path)
            found = self._place(there, other) if there is not None else None
            return found.node if found is not None and found.exact else other

        issue = hit.issue.moved(move)
        if holder is None or place is None:
            return hit._replace(issue=issue)
        words = f"{holder.title} in the cluster" if place.exact else f"{holder.title} is like this in the cluster"
        return hit._replace(issue=issue.related(node, words))

    def _place(self, owner: Manifest, node: Node) -> _Place | None:
        """Where git says this of the object. Of variants of it (`dev`, `prod`) the one that says the same is meant."""
        found = [_counterpart(owner.node, node, one.name_node, one.node) for one in self.definitions(owner)]
        for alike in ([one for one in found if one.exact], found):
            places = {(one.node.path, one.node.span): one for one in alike}
            if len(places) == 1:
                return next(iter(places.values()))
        return None

    def definition_at(self, owner: Manifest, path: str) -> Manifest | None:
        """The object of a file that is this one."""
        return next((one for one in self.definitions(owner) if path in {one.path, located(one.name_node).path}), None)

    def definitions(self, owner: Manifest) -> Sequence[Manifest]:
        """The objects of the tree that are this one."""
        return [one for one in self._by_name.get((owner.identity, owner.name), ()) if compatible(one.namespace, owner.namespace)]


def read_git(paths: Sequence[Path | str], settings: Settings) -> InGit:
    """What files and folders define, rendered. Raises UsageError as `lint` does."""
    scope = scope_of(paths, settings, None)
    tree, plan, _ = Run(settings, scope).read()
    # An object in several units is one and the same where it is written.
    manifests = {id(one): one for unit in plan.units for one in unit.manifests if scope.holds(located(one.name_node).path)}
    return InGit(tree, manifests.values(), scope.root)


def _counterpart(root: Node, node: Node, name_node: Node, other: Node) -> _Place:
    """The place in another object where a field of this one is written, or the key that it is missing below."""
    way = way_to(root, node)
    place = name_node
    below: Node | None = root
    for step in way.steps if way is not None else ():
        below = below.get(step) if below is not None else None
        found = _item(other, below, step) if isinstance(step, int) else other.get(step)
        if found is None:
            return _Place(located(place), exact=False)
        place = (other.key(step) if isinstance(other, MappingNode) and isinstance(step, str) else None) or found
        other = found
    if way is None or not way.steps:
        return _Place(located(place), exact=False)
    return _Place(located(place if way.to_key else other), exact=way.to_key or _alike(node, other))


def _item(items: Node, wanted: Node | None, index: int) -> Node | None:
    """The item of a list that is the wanted one of another list: by its name, else by its place."""
    if not isinstance(items, SequenceNode):
        return None
    name = identity_of_item(wanted, index)
    alike = {number: one for number, one in enumerate(items.items) if identity_of_item(one, number) == name}
    return alike.get(index) or next(iter(alike.values()), None)


def _alike(left: Node, right: Node) -> bool:
    if isinstance(left, Scalar) and isinstance(right, Scalar):
        return left.value == right.value
    return type(left) is type(right)
