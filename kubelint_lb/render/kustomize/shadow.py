"""A copy of a kustomization's closure in a temporary folder, changed so that kustomize says where every object comes from
and never needs the network. The user's tree is only read."""

from __future__ import annotations

import json
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from kubelint_lb.render.kustomize.closure import WITHOUT_INPUTS, Closure
from kubelint_lb.render.kustomize.inflation import written_values
from kubelint_lb.render.kustomize.kustomization import INFLATED, Entry, Kustomization, LeftOut, is_remote
from kubelint_lb.source.files import read_file
from kubelint_lb.source.node import Node, to_python
from kubelint_lb.source.values import items, mappings, text

_ORIGINS = ("originAnnotations", "transformerAnnotations")
# Secrets are not rendered at all; the others need tools, charts or the network.
_DROPPED = (
    "buildMetadata",
    "generators",
    "helmChartInflationGenerator",
    INFLATED,
    "helmGlobals",
    "secretGenerator",
    "validators",
)
# What tells where a chart comes from; in the shadow all are in one folder beside the kustomization.
_FETCHING = frozenset({"repo", "version"})
_CHARTS = ".kubelint-lb-charts"
_LISTS = ("resources", "bases", "components")
OUTSIDE = "a file that is no file, or lies outside the root"
_FILE_LISTS = ("patchesStrategicMerge", "configurations", "crds", "transformers")


@dataclass
class Shadow:
    """What goes into the temporary folder: texts of kustomizations, files of charts, and links to files, by path relative to
    the root. `helm`: the program that renders the charts, if there are any."""

    folder: str
    texts: dict[str, str] = field(default_factory=dict)
    charts: dict[str, bytes] = field(default_factory=dict)
    links: dict[str, Path] = field(default_factory=dict)
    left_out: list[LeftOut] = field(default_factory=list)
    helm: str | None = None

    def write(self, into: Path) -> Path:
        """Writes it below a folder; returns the folder to render."""
        for path, content in self.texts.items():
            target = into / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(content, encoding="utf-8")
        for path, data in self.charts.items():
            target = into / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
        for path, source in self.links.items():
            target = into / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.symlink_to(source)
        return into / self.folder

    def parts(self) -> Iterator[bytes]:
        """Everything that decides what is rendered. Raises OSError for a file that cannot be read."""
        yield self.folder.encode()
        for path in sorted(self.texts):
            yield path.encode()
            yield self.texts[path].encode()
        for path in sorted(self.charts):
            yield path.encode(errors="replace")
            yield self.charts[path]
        for path in sorted(self.links):
            yield path.encode()
            yield read_file(self.links[path])


def shadow_of(closure: Closure, root: Path) -> Shadow:
    """The shadow of a closure in the tree under `root` (resolved, absolute). Raises OSError for a file that cannot be read,
    and ValueError for a kustomization that JSON cannot say."""
    shadow = Shadow(closure.root.folder, left_out=list(closure.left_out))
    for one in closure.members:
        _Writer(shadow, closure, one, root).write()
    return shadow


class _Writer:
    """Writes one kustomization."""

    def __init__(self, shadow: Shadow, closure: Closure, one: Kustomization, root: Path) -> None:
        self._shadow = shadow
        self._closure = closure
        self._one = one
        self._root = root

    def write(self) -> None:
        one = self._one
        data: dict[str, Any] = dict(_mapping(to_python(one.node)))
        for name in _DROPPED:
            data.pop(name, None)
        for name in _LISTS:
            if name in data:
                data[name] = [entry.written for entry in self._one.listed(name) if self._keep_entry(entry)]
        for name in _FILE_LISTS:
            if name in data:
                data[name] = [self._as_file(node, f"{name}-{index}") for index, node in self._kept(name)]
        for name in ("patches", "patchesJson6902", "replacements"):
            if name in data:
                data[name] = list(self._patches(name))
        if "configMapGenerator" in data:
            data["configMapGenerator"] = list(self._generators())
        if isinstance(path := _mapping(data.get("openapi")).get("path"), str) and not self._link(path):
            data.pop("openapi")
        data.update(self._inflated())
        if one is self._closure.root:
            data["buildMetadata"] = list(_ORIGINS)
        self._shadow.texts[self._path("kustomization.yaml")] = json.dumps(data, indent=1, allow_nan=False)

    def _inflated(self) -> dict[str, Any]:
        """The charts that are here. Without a repository in them, kustomize has nowhere to fetch anything from."""
        inflation, entries = self._closure.inflation, []
        for entry in inflation.entries(self._one) if inflation is not None else ():
            if entry.chart is None or inflation is None:
                continue
            if not all(map(self._link, written_values(entry.node))):
                self._shadow.left_out.append(LeftOut(entry.place, WITHOUT_INPUTS))
                continue
            self._shadow.helm = inflation.helm
            folder = self._path(posixpath.join(_CHARTS, entry.chart.name))
            self._shadow.charts |= {posixpath.join(folder, name): data for name, data in entry.chart.files.items()}
            said = _mapping(to_python(entry.node))
            kept = {name: value for name, value in said.items() if name not in _FETCHING}
            entries.append({"kubeVersion": inflation.kubernetes, **kept, "skipHooks": True})
        return {INFLATED: entries, "helmGlobals": {"chartHome": _CHARTS}} if entries else {}

    def _path(self, name: str) -> str:
        return posixpath.join(self._one.folder, name)

    def _keep_entry(self, entry: Entry) -> bool:
        """A local kustomization, or a file that can be linked; the text of an object stays as it is."""
        if "\n" in entry.written or entry.path in self._closure.kustomizations:
            return True
        # Remote ones are known to be left out already.
        return entry.path is not None and self._can_have(entry.node, entry.written)

    def _can_have(self, node: Node, written: str) -> bool:
        """The file is brought in, or is absent, which kustomize itself shall say; what may not be read is left out."""
        if self._link(written):
            return True
        path = None if is_remote(written) else self._one.local(written)
        if path is not None and not _exists(self._root / path):
            return True
        self._shadow.left_out.append(LeftOut(node, "remote" if is_remote(written) else OUTSIDE))
        return False

    def _kept(self, name: str) -> Iterator[tuple[int, Node]]:
        """Entries that are texts, or files that are there."""
        for index, node in enumerate(items(self._one.node.get(name))):
            written = text(node) or ""
            if name == "transformers" and not self._is_built_in(written):
                self._shadow.left_out.append(LeftOut(node, "a transformer that is not built in"))
            elif "\n" in written or (written and self._can_have(node, written)):
                yield index, node

    def _is_built_in(self, written: str) -> bool:
        """Other transformers are programs, which never run here."""
        if "\n" in written:
            return "apiVersion: builtin" in written
        path = self._one.local(written)
        source = self._root / path if path is not None and self._link(written) else None
        return source is not None and "apiVersion: builtin" in read_file(source).decode("utf-8", "replace")

    def _as_file(self, node: Node, name: str) -> str:
        """An inline text becomes a file of its own, as kustomize tells origins of files only."""
        written = text(node) or ""
        if "\n" not in written:
            return written
        path = f".kubelint-lb-{name}.yaml"
        self._shadow.texts[self._path(path)] = written
        return path

    def _patches(self, name: str) -> Iterator[object]:
        for index, node in enumerate(mappings(self._one.node.get(name))):
            entry = dict(_mapping(to_python(node)))
            inline = text(node.get("patch"))
            if inline is not None:
                path = f".kubelint-lb-{name}-{index}.yaml"
                self._shadow.texts[self._path(path)] = inline
                del entry["patch"]
                entry["path"] = path
            elif isinstance(entry.get("path"), str) and not self._can_have(node, entry["path"]):
                continue
            yield entry

    def _generators(self) -> Iterator[object]:
        for node in mappings(self._one.node.get("configMapGenerator")):
            wanted = [(text(item) or "").rpartition("=")[2] for field in ("files", "envs") for item in items(node.get(field))]
            wanted += [path for path in (text(node.get("env")),) if path]
            here = [self._link(path) for path in wanted]
            if all(here):
                yield to_python(node)
            else:
                self._shadow.left_out.append(LeftOut(node, WITHOUT_INPUTS))

    def _link(self, written: str) -> bool:
        """Brings a file in, if it is one inside the root."""
        path = None if is_remote(written) else self._one.local(written)
        if path is None:
            return False
        source = self._root / path
        try:
            real = source.resolve(strict=True)
        except (OSError, RuntimeError, ValueError):  # ValueError: a name with a null character
            return False
        if not real.is_file() or not real.is_relative_to(self._root):
            return False
        self._shadow.links[path] = real
        return True


def _mapping(value: object) -> dict[str, Any]:
    return value if isinstance(value, dict) else {}


def absent_entries(closure: Closure, root: Path) -> Iterator[tuple[Node, str]]:
    """Entries of the closure that name neither a kustomization nor a file: kustomize can not build it."""
    for one in closure.members:
        for entry in one.listed(*_LISTS):
            path = entry.path
            if path is None or "\n" in entry.written or path in closure.kustomizations:
                continue
            if not _exists(root / path):
                yield entry.node, entry.written


def _exists(path: Path) -> bool:
    try:
        return path.exists()
    except (OSError, ValueError):
        return False
