"""What a Flux Kustomization does to objects after they are rendered, and what it has that from: its own fields, ConfigMaps, and
the Kustomizations that apply and may patch it.

Source: Flux `spec.postBuild` (`substitute` goes before `substituteFrom`, of which later entries go before earlier ones; line
breaks in values are dropped) and `spec.commonMetadata`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from kubelint_lb.deploy.flux.kustomizations import applied_folder
from kubelint_lb.deploy.tree import Tree
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.kube.namespaces import compatible
from kubelint_lb.kube.stubs import ObjectStub
from kubelint_lb.render.kustomize.closure import Applied
from kubelint_lb.render.kustomize.finish import Finish
from kubelint_lb.render.kustomize.kustomization import Kustomization
from kubelint_lb.render.kustomize.substitute import Variable, Variables
from kubelint_lb.source.folders import distance, is_within
from kubelint_lb.source.node import Mapping, Node
from kubelint_lb.source.parse import parse_text
from kubelint_lb.source.placeholder import has_placeholder
from kubelint_lb.source.regex import bounded_regex
from kubelint_lb.source.values import mappings, name_text, text

_KIND = re.compile(r"""\bkind["']?\s*:\s*["']?(\w+)""")
# What a patch to a Kustomization changes of what that does to objects.
_ALTERING = re.compile(r"\b(?:patches\w*|images|namePrefix|nameSuffix|targetNamespace|commonMetadata|components)\b")
# Patches to these change nothing that is known of other objects.
_INERT = frozenset({"Kustomization", "HelmRelease", "HelmRepository", "OCIRepository", "GitRepository", "HelmChart", "Bucket"})

_ANYTHING = "postBuild: {substitute: {}}, patches: [{kind: Service}]"


class _Patched(NamedTuple):
    """What a patch may change of a Kustomization: objects, variables from elsewhere, variables of its own."""

    objects: bool = False
    variables: bool = False
    own: bool = False


class Inherited:
    """What Flux Kustomizations of a tree have from each other and from ConfigMaps."""

    def __init__(self, tree: Tree) -> None:
        self._tree = tree
        self._config_maps: dict[str, list[ObjectStub]] = defaultdict(list)
        for one in tree.stubs:
            if one.identity == ("", "ConfigMap") and one.path not in tree.prerendered:
                self._config_maps[one.name].append(one)
        flux = [one for one in tree.manifests if one.view_name == "FluxKustomization"]
        # Only those that patch Kustomizations, or fill in variables, change what others do.
        self._parents = [one for one in flux if _says_something(one.node.get("spec"))]
        self._variables: dict[int, tuple[Variables, frozenset[str]] | None] = {}

    def add(self, manifest: Manifest, way: Applied) -> Applied:
        """The way, with what the tree adds to it."""
        if manifest.view_name != "FluxKustomization":
            return way
        spec = manifest.node.get("spec")
        found = self._of(manifest)
        variables, inputs = found if found is not None else (None, frozenset())
        common = spec.get("commonMetadata") if spec is not None else None
        labels, annotations = (common.get(name) if common is not None else None for name in ("labels", "annotations"))
        finish = Finish(
            variables,
            labels if isinstance(labels, Mapping) else None,
            annotations if isinstance(annotations, Mapping) else None,
        )
        altered = way.altered or self._patched(manifest).objects
        return way._replace(finish=None if finish == Finish() else finish, altered=altered, inputs=way.inputs | inputs)

    def _of(self, manifest: Manifest) -> tuple[Variables, frozenset[str]] | None:
        """The variables of a Kustomization with the files that define them; None where it fills in none."""
        if id(manifest) not in self._variables:
            self._variables[id(manifest)] = None  # one that applies itself gives itself nothing
            self._variables[id(manifest)] = self._worked_out(manifest)
        return self._variables[id(manifest)]

    def _worked_out(self, manifest: Manifest) -> tuple[Variables, frozenset[str]] | None:
        said = manifest.node.get("spec", "postBuild")
        patched = self._patched(manifest)
        if not isinstance(said, Mapping):
            return (Variables({}, closed=False), frozenset()) if patched.variables else None
        known: dict[str, Variable] = {}
        closed, files = not patched.variables, set()
        for reference in mappings(said.get("substituteFrom")):
            data = self._data(reference, manifest)
            if data is None:
                # Anything may be in it, and goes before what was said so far.
                closed, known = False, {name: one._replace(value=None) for name, one in known.items()}
            else:
                files.add(data.path)
                known |= {name: self._variable(node) for name, node in data.entries.items()}
        if patched.variables:
            known = {name: one._replace(value=None) for name, one in known.items()}
        own = said.get("substitute")
        for name, node in own.entries.items() if isinstance(own, Mapping) else ():
            known[name] = Variable(None, node) if patched.own else self._variable(node, self._from_parents(manifest))
        return Variables(known, closed), frozenset(files)

    def _variable(self, node: Node, parents: Iterable[Variables] = ()) -> Variable:
        value = name_text(node)
        if value is not None:
            filled = {one.fill(value).text for one in parents} or {value}
            value = filled.pop() if len(filled) == 1 else None
        return Variable(None if value is None or has_placeholder(value) else value.replace("\n", ""), node)

    def _from_parents(self, manifest: Manifest) -> list[Variables]:
        if Finish().exempts(manifest.node):
            return []
        found = (self._of(one) for one in self._above(manifest))
        return [one[0] for one in found if one is not None]

    def _patched(self, manifest: Manifest) -> _Patched:
        lists = [parent.node.get("spec", "patches") for parent in self._above(manifest)]
        lists += [one.node.get(field) for one in self._including(manifest) for field in ("patches", "patchesJson6902")]
        texts = [written for one in lists for written in _patches(one)]
        return _Patched(
            any(_ALTERING.search(one) and not _INERT.issuperset(_KIND.findall(one)) for one in texts),
            any("postBuild" in one for one in texts),
            any(re.search(r"\bsubstitute\b", one) for one in texts),
        )

    def _above(self, manifest: Manifest) -> Iterator[Manifest]:
        """The Kustomizations that apply the object of another one."""
        layout = self._tree.layout
        for one in self._parents:
            folder = applied_folder(one)
            if folder is None or one is manifest:
                continue
            if folder in layout.kustomizations:
                if any(including.folder == folder for including in layout.including(manifest.path)):
                    yield one
            elif is_within(manifest.folder, folder):
                yield one

    def _including(self, manifest: Manifest) -> Iterator[Kustomization]:
        """The kustomizations that a Kustomization's own file is a part of, and their components."""
        known = self._tree.layout.kustomizations
        for one in self._tree.layout.including(manifest.path):
            yield one
            yield from (known[entry] for entry in one.entries if entry in known and known[entry].is_component)

    def _data(self, reference: Mapping, manifest: Manifest) -> Mapping | None:
        """What a ConfigMap says, the nearest of that name; None for anything that is not here, or may be changed."""
        if name_text(reference.get("kind")) != "ConfigMap":
            return None
        named = self._config_maps.get(name_text(reference.get("name")) or "", ())
        found = [one for one in named if compatible(one.namespace, manifest.namespace)]
        near = min((distance(manifest.path, one.path) for one in found), default=0)
        nearest = [one for one in found if distance(manifest.path, one.path) == near]
        if len(nearest) != 1 or nearest[0].path in self._tree.layout.patched_files:
            return None
        (one,) = nearest
        for document in parse_text(self._tree.sources[one.path].text, one.path):
            root = document.root
            if isinstance(root, Mapping) and text(root.get("kind")) == "ConfigMap":
                data = root.get("data")
                if name_text(root.get("metadata", "name")) == one.name and isinstance(data, Mapping):
                    return data
        return None


def _patches(entries: Node | None) -> Iterator[str]:
    """The texts of the patches for Kustomizations; of one that is a file, all that may be in it."""
    for entry in mappings(entries):
        written = text(entry.get("patch"))
        if written is None and entry.get("target", "kind") is None:
            continue  # a file that speaks of objects by their names
        if _is_for_kustomizations(entry, written or ""):
            yield written if written is not None else _ANYTHING


def _is_for_kustomizations(entry: Mapping, written: str) -> bool:
    target = entry.get("target")
    kind = name_text(target.get("kind")) if target is not None else None
    if target is None:
        return "Kustomization" in _KIND.findall(written)
    expression = bounded_regex(kind, len("Kustomization")) if kind else None
    return expression is None or expression.fullmatch("Kustomization") is not None


def _says_something(spec: Node | None) -> bool:
    """A Kustomization patches others, or fills in variables."""
    return spec is not None and (any(_patches(spec.get("patches"))) or isinstance(spec.get("postBuild"), Mapping))
