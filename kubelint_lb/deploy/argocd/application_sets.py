"""The parameters that the generators of an ApplicationSet make, as far as the repository shows them.

Source: Argo CD, docs/operator-manual/applicationset/Generators*.md and applicationset/generators. What is not in the repository
(clusters, pull requests, other repositories) is not made up: its parameters are absent, and templates that name them stay open.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from kubelint_lb.deploy.argocd.template import Parameters, filled
from kubelint_lb.deploy.repository import Lies, ThisRepository
from kubelint_lb.kube.values import boolean, items, mappings, name_text, present, text
from kubelint_lb.source.globs import glob
from kubelint_lb.source.node import Mapping, Node, to_python
from kubelint_lb.source.placeholder import has_placeholder

_MOST = 10_000
_DEEPEST = 4
_UNCLEAN = re.compile(r"[^-a-z0-9.]")


class Generated(NamedTuple):
    """One set of parameters. `sure`: what it says holds; `complete`: it says all, else parameters that it lacks may exist."""

    values: Parameters
    sure: bool = True
    complete: bool = True


UNKNOWN = Generated({}, sure=False, complete=False)
_NOTHING = Generated({})


class Generators:
    """Evaluates generators. `go`: the set's templates are Go's; `nested_selectors`: so says its `applyNestedSelectors`."""

    def __init__(self, repository: ThisRepository, *, go: bool, nested_selectors: bool) -> None:
        self._repository = repository
        self._go = go
        self._nested_selectors = nested_selectors
        self._kinds: dict[str, Callable[[Mapping, Generated, int], Iterable[Generated]]] = {
            "list": self._list,
            "git": self._git,
            "clusters": self._clusters,
            "matrix": self._matrix,
            "merge": self._merge,
        }

    def of(self, generator: Mapping, outer: Generated = _NOTHING, depth: int = 0) -> list[Generated]:
        """The parameter sets of one entry of `generators`; `outer`: those of a matrix' first one, which its second may name."""
        found: list[Generated] = []
        for kind in generator.entries:
            node = present(generator.get(kind))
            if kind == "selector" or not isinstance(node, Mapping):
                continue
            evaluate = self._kinds.get(kind)
            sets = evaluate(node, outer, depth) if evaluate is not None and depth < _DEEPEST else (UNKNOWN,)
            for one in sets:
                found.append(one)
                if len(found) > _MOST:
                    return [UNKNOWN]
        selector = generator.get("selector")
        if isinstance(selector, Mapping) and (depth < 2 or self._nested_selectors):
            return list(_selected(selector, found))
        return found

    def _fill(self, written: str, parameters: Parameters) -> str:
        return filled(written, parameters, go=self._go)

    def _data(self, node: Node | None, parameters: Parameters) -> object:
        """A node as plain data, its texts filled in."""
        return _each_text(to_python(node), lambda written: self._fill(written, parameters))

    def _list(self, node: Mapping, outer: Generated, _depth: int) -> Iterator[Generated]:
        if name_text(node.get("elementsYaml")):
            yield UNKNOWN
        for element in mappings(node.get("elements")):
            data = self._data(element, outer.values)
            if isinstance(data, dict):
                yield Generated(data if self._go else _named(data), outer.sure)

    def _clusters(self, node: Mapping, outer: Generated, _depth: int) -> Iterator[Generated]:
        # Which clusters there are is known to Argo CD alone; what a set makes for each of them is not.
        yield self._with_values({}, node, outer)._replace(complete=False)

    def _git(self, node: Mapping, outer: Generated, _depth: int) -> Iterator[Generated]:
        address, revision = (self._fill(name_text(node.get(key)) or "", outer.values) for key in ("repoURL", "revision"))
        lies = self._repository.lies(address, revision)
        if lies is Lies.ELSEWHERE:
            yield UNKNOWN
            return
        sure = outer.sure and lies is Lies.HERE
        prefix = name_text(node.get("pathParamPrefix")) or ""
        found = self._folders(node, outer) if items(node.get("directories")) else self._files(node, outer)
        for path, data in found:
            if path is None:
                yield UNKNOWN
                continue
            own = _path_parameters(path, prefix, is_file=data is not None, go=self._go)
            values = {**(data or {}), **own} if self._go else {**_flat(data or {}), **own}
            yield self._with_values(values, node, Generated(outer.values, sure))

    def _folders(self, node: Mapping, outer: Generated) -> Iterator[tuple[str | None, dict[str, object] | None]]:
        wanted: list[re.Pattern[str]] = []
        unwanted: list[re.Pattern[str]] = []
        for entry in mappings(node.get("directories")):
            pattern = self._fill(name_text(entry.get("path")) or "", outer.values)
            if has_placeholder(pattern):
                yield None, None
                return
            (unwanted if boolean(entry.get("exclude")) else wanted).append(glob(pattern, crosses=False))
        if self._repository.from_top(""):
            yield None, None  # folders beside the root of the run are not seen
        for folder in sorted(map(self._repository.from_top, self._repository.folders)):
            if folder and not any(part.startswith(".") for part in folder.split("/")):
                named = any(one.fullmatch(folder) for one in wanted)
                if named and not any(one.fullmatch(folder) for one in unwanted):
                    yield folder, None

    def _files(self, node: Mapping, outer: Generated) -> Iterator[tuple[str | None, dict[str, object] | None]]:
        patterns = []
        for entry in mappings(node.get("files")):
            pattern = self._fill(name_text(entry.get("path")) or "", outer.values)
            if has_placeholder(pattern):
                yield None, None
                return
            patterns.append(_file_pattern(pattern))
        if not patterns or self._repository.from_top(""):
            yield None, None
        for path in sorted(self._repository.files):
            from_top = self._repository.from_top(path)
            if any(one.fullmatch(from_top) for one in patterns):
                data = to_python(self._repository.read(path))
                for one in data if isinstance(data, list) else [data]:
                    yield (from_top, one) if isinstance(one, dict) else (None, None)

    def _with_values(self, own: dict[str, object], node: Mapping, outer: Generated) -> Generated:
        """With the generator's `values`, which may name the parameters it makes."""
        written = present(node.get("values"))
        pairs = {name: name_text(value) for name, value in written.items()} if isinstance(written, Mapping) else {}
        values = {name: self._fill(value, {**outer.values, **own}) for name, value in pairs.items() if value is not None}
        if values:
            own = {**own, "values": values} if self._go else {**own, **{f"values.{name}": one for name, one in values.items()}}
        return Generated(own, outer.sure)

    def _matrix(self, node: Mapping, outer: Generated, depth: int) -> Iterator[Generated]:
        entries = mappings(node.get("generators"))
        if len(entries) != 2:
            yield UNKNOWN
            return
        for first in self.of(entries[0], outer, depth + 1):
            inner = first._replace(values=_merged(outer.values, first.values))
            for second in self.of(entries[1], inner, depth + 1):
                complete = first.complete and second.complete
                yield Generated(_merged(second.values, first.values), first.sure and second.sure, complete)

    def _merge(self, node: Mapping, outer: Generated, depth: int) -> Iterator[Generated]:
        entries = mappings(node.get("generators"))
        keys = [key for one in items(node.get("mergeKeys")) if (key := text(one))]
        if not entries or not keys:
            yield UNKNOWN
            return
        others = [one for entry in entries[1:] for one in self.of(entry, outer, depth + 1)]
        closed = all(one.sure and one.complete for one in others)
        by_key: dict[tuple[str, ...], list[Generated]] = {}
        for one in others:
            by_key.setdefault(_key(one, keys), []).append(one)
        for base in self.of(entries[0], outer, depth + 1):
            values = base.values
            for one in by_key.get(_key(base, keys), ()):
                values = _merged(values, one.values)
            told = base.complete or all(key in base.values for key in keys)
            yield base._replace(values=values, sure=base.sure and closed and told)


def _key(one: Generated, keys: Iterable[str]) -> tuple[str, ...]:
    return tuple(repr(one.values.get(key)) for key in keys)


def _merged(under: Parameters, over: Parameters) -> dict[str, object]:
    """Two sets of parameters as one, the second one's coming first where both have any."""
    found = dict(under)
    for name, value in over.items():
        below = found.get(name)
        found[name] = _merged(below, value) if isinstance(below, dict) and isinstance(value, dict) else value
    return found


def _each_text(value: object, change: Callable[[str], str]) -> object:
    if isinstance(value, str):
        return change(value)
    if isinstance(value, dict):
        return {change(name): _each_text(one, change) for name, one in value.items()}
    return [_each_text(one, change) for one in value] if isinstance(value, list) else value


def _named(element: dict[str, object]) -> dict[str, object]:
    """An element as parameters without Go's templates: texts, and those below `values`."""
    values = element.get("values")
    below = values.items() if isinstance(values, dict) else ()
    return {name: one for name, one in element.items() if name != "values"} | {f"values.{name}": one for name, one in below}


def _flat(value: object, prefix: str = "") -> dict[str, object]:
    """Nested data by names with dots."""
    if isinstance(value, dict | list):
        pairs = value.items() if isinstance(value, dict) else enumerate(value)
        found: dict[str, object] = {}
        for name, one in pairs:
            found |= _flat(one, f"{prefix}.{name}" if prefix else str(name))
        return found
    if isinstance(value, bool):
        return {prefix: "true" if value else "false"}
    return {prefix: str(value)} if isinstance(value, str | int) else {}


def _path_parameters(path: str, prefix: str, *, is_file: bool, go: bool) -> dict[str, object]:
    folder, _, name = path.rpartition("/") if is_file else (path, "", "")
    folder = folder or "."
    parts: dict[str, object] = {"path": folder}
    for key, value in (("basename", folder.rpartition("/")[2]), ("filename", name)):
        if value:
            parts |= {key: value, f"{key}Normalized": _UNCLEAN.sub("-", value.lower()).strip("-.")}
    segments = folder.split("/")
    if go:
        found: dict[str, object] = {"path": {**parts, "segments": segments}}
        return {prefix: found} if prefix else found
    start = f"{prefix}.path" if prefix else "path"
    flat = {start if key == "path" else f"{start}.{key}": value for key, value in parts.items()}
    return {**flat, **{f"{start}[{index}]": part for index, part in enumerate(segments)}}


def _file_pattern(pattern: str) -> re.Pattern[str]:
    """A pathspec of `git ls-files`: a star crosses folders, and the name of a folder stands for all below."""
    return re.compile(f"(?:{glob(pattern.rstrip('/'), crosses=True).pattern})(?:/.*)?", re.DOTALL)


def _selected(selector: Mapping, found: Iterable[Generated]) -> Iterator[Generated]:
    """Those that a label selector over their flattened parameters takes; where that is not known, they are not sure."""
    for one in found:
        answers = list(_answers(selector, _flat(dict(one.values)), complete=one.complete))
        if False not in answers:
            yield one._replace(sure=one.sure and None not in answers)


def _answers(selector: Mapping, labels: dict[str, object], *, complete: bool) -> Iterator[bool | None]:
    wanted = selector.get("matchLabels")
    if isinstance(wanted, Mapping):
        for name, node in wanted.items():
            yield _is_in(labels.get(name), [name_text(node) or ""], complete=complete)
    for entry in mappings(selector.get("matchExpressions")):
        found = labels.get(text(entry.get("key")) or "")
        operator = text(entry.get("operator"))
        if operator in {"In", "NotIn"}:
            answer = _is_in(found, [name_text(one) or "" for one in items(entry.get("values"))], complete=complete)
            yield answer if operator == "In" or answer is None else not answer
        elif operator in {"Exists", "DoesNotExist"} and (found is not None or complete):
            yield (found is not None) is (operator == "Exists")
        else:
            yield None


def _is_in(found: object, values: list[str], *, complete: bool) -> bool | None:
    if found is None:
        return False if complete else None
    return None if has_placeholder(str(found)) else found in values
