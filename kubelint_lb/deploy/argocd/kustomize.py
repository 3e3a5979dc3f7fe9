"""What the `kustomize` options of an Argo CD source write into the kustomization of its folder.

Source: Argo CD, docs/user-guide/kustomize.md and util/kustomize: it runs `kustomize edit set` and `edit add` for the options, and
appends patches itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kubelint_lb.deploy.argocd.fields import Fields
from kubelint_lb.render.kustomize.generated import text_at
from kubelint_lb.render.kustomize.laid_over import Field
from kubelint_lb.source.node import Mapping, Node, Scalar, Sequence
from kubelint_lb.source.values import name_text

_TAKEN_OVER = ("namespace", "namePrefix", "nameSuffix", "patches", "components", "commonAnnotations")
# Say how to write the others, or what the cluster is like.
_ABOUT_OTHERS = frozenset(
    {
        "forceCommonLabels",
        "forceCommonAnnotations",
        "commonAnnotationsEnvsubst",
        "labelWithoutSelector",
        "labelIncludeTemplates",
        "ignoreMissingComponents",
        "kubeVersion",
        "apiVersions",
        "version",
    }
)
_MADE = frozenset({"images", "replicas", "commonLabels"})


def is_understood(options: Fields) -> bool:
    """Whether `fields` says all that the options do: none is of another kind, or depends on a template that is not filled in."""
    known = {*_TAKEN_OVER, *_ABOUT_OTHERS, *_MADE}
    said = [name for name in options.names() if options.filled(name)]
    return known.issuperset(said) and not any(options.at(name).open() for name in said)


def fields(options: Fields, is_component: Callable[[str], bool]) -> Iterator[Field]:
    """The fields that the options fill, but for those that nobody knows. `is_component` tells whether there is a component at
    a path relative to the folder."""
    for name in _TAKEN_OVER:
        node = options.at(name).filled_node()
        if node is None or not options.filled(name) or (name != "namespace" and options.at(name).open()):
            continue
        if name == "components" and options.flag("ignoreMissingComponents"):
            here = [one for one in _items(node) if is_component(name_text(one) or "")]
            node = Sequence(node.document, node.start, here)
        yield Field(name, _key(options, name, node), node)
    made = {
        "images": [_image(one) for one in options.items("images")],
        "replicas": [_replica(one) for one in options.items("replicas")],
    }
    for name, entries in made.items():
        place = options.at(name).node
        if place is not None and entries and not options.at(name).open():
            yield Field(name, _key(options, name, place), Sequence(place.document, place.start, [one for one in entries if one]))
    labels = options.at("commonLabels").filled_node()
    if labels is not None and options.filled("commonLabels") and not options.at("commonLabels").open():
        yield from _labels(options, labels)


def _labels(options: Fields, pairs: Node) -> Iterator[Field]:
    """Labels go to selectors, too, unless the options say otherwise."""
    key = _key(options, "commonLabels", pairs)
    if not options.flag("labelWithoutSelector"):
        yield Field("commonLabels", key, pairs)
        return
    entry = _map_at(pairs, {"pairs": pairs})
    if options.flag("labelIncludeTemplates"):
        entry = _map_at(pairs, {"pairs": pairs, "includeTemplates": Scalar(pairs.document, "true", None, pairs.start, pairs.end)})
    yield Field("labels", key, Sequence(pairs.document, pairs.start, [entry]))


def _image(one: Fields) -> Node | None:
    """`[name=]image[:tag][@digest]`, as an entry of `images`; a star stands for the name or tag that is there."""
    place = one.node
    if place is None:
        return None
    name, equals, image = one.text().strip().rpartition("=")
    image, at, digest = image.partition("@")
    start = image.rfind(":", image.rfind("/") + 1)
    image, tag = (image[:start], image[start + 1 :]) if start >= 0 else (image, "")
    entry = {"name": name or image, "newName": image if equals else "", "newTag": tag, "digest": digest if at else ""}
    return _map_at(place, {key: text_at(place, value) for key, value in entry.items() if value not in {"", "*"}})


def _replica(one: Fields) -> Node | None:
    """An entry of `replicas`, its count a number even if it is written as a text."""
    name, count = one.at("name").node, one.at("count").node
    if name is None or count is None:
        return None
    number = Scalar(count.document, one.text("count"), None, count.start, count.end)
    return _map_at(name, {"name": text_at(name, one.text("name")), "count": number})


def _map_at(place: Node, entries: dict[str, Node]) -> Mapping:
    """A map that nobody wrote, at the place of another node."""
    made = Mapping(place.document, place.start, entries, [place.start] * len(entries))
    made.key_nodes = dict.fromkeys(entries, place)
    return made


def _items(node: Node) -> list[Node]:
    return node.items if isinstance(node, Sequence) else []


def _key(options: Fields, name: str, value: Node) -> Node:
    """The key of an option, where it is written."""
    node = options.node
    return (node.key(name) if isinstance(node, Mapping) else None) or value
