"""What a Helm chart says of itself: its name, whether it can be installed, and which charts it needs."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from kubelint_lb.source.names import CHART_FILE
from kubelint_lb.source.node import Mapping as MappingNode
from kubelint_lb.source.node import Node, Scalar, Sequence, SourceText, to_python
from kubelint_lb.source.parse import parse_text

_LOCKS = frozenset({"Chart.lock", "requirements.lock"})
_RELEASE = re.compile(r"[a-z0-9]([-a-z0-9]{0,51}[a-z0-9])?")


@dataclass(frozen=True)
class Chart:
    """A chart in a folder (relative to the root of the tree). `files` are all of the folder's, relative to it, as bytes."""

    folder: str
    files: Mapping[str, bytes] = field(repr=False)

    @property
    def path(self) -> str:
        """Where its `Chart.yaml` lies, relative to the root."""
        return self.path_of(CHART_FILE)

    def path_of(self, file: str) -> str:
        """The path of one of its files, relative to the root."""
        return f"{self.folder}/{file}" if self.folder else file

    def text(self, file: str) -> str | None:
        """One of its files, None where it has no such file."""
        data = self.files.get(file)
        return None if data is None else data.decode("utf-8-sig", errors="replace").replace("\r\n", "\n")

    def source(self, file: str) -> SourceText:
        """One of its files with its path relative to the root; empty where it has no such file."""
        return SourceText(self.path_of(file), self.text(file) or "")

    @cached_property
    def root(self) -> MappingNode | None:
        """The content of `Chart.yaml`, None where it cannot be read."""
        return self._mapping(CHART_FILE)

    @cached_property
    def _requirements(self) -> MappingNode | None:
        return self._mapping("requirements.yaml")

    @property
    def name(self) -> str:
        """Its name; empty where it has none."""
        return _text(self.root, "name")

    @property
    def version(self) -> str:
        """Its version as written; empty where it has none."""
        return _text(self.root, "version")

    @property
    def library(self) -> bool:
        """Other charts use it; it cannot be installed itself."""
        return _text(self.root, "type") == "library"

    @property
    def release(self) -> str:
        """A release name to render it under."""
        return self.name if is_release_name(self.name) else "release-name"

    @cached_property
    def dependencies(self) -> tuple[MappingNode, ...]:
        """The entries of its list of dependencies (of `requirements.yaml`, in the old form)."""
        roots = (self.root, self._requirements)
        return tuple(entry for root in roots for entry in _entries(root) if isinstance(entry, MappingNode))

    def missing(self) -> list[MappingNode]:
        """The entries of charts that it needs and that are not in its `charts` folder, in order."""
        present = set(self.subcharts)
        archives = [file.removeprefix("charts/") for file in self.files if file.startswith("charts/") and file.endswith(".tgz")]
        return [
            entry
            for entry in self.dependencies
            if (name := _text(entry, "name"))
            and name not in present
            and not any(re.fullmatch(rf"{re.escape(name)}-v?\d.*\.tgz", one) for one in archives)
        ]

    def files_without(self, entries: Collection[MappingNode]) -> Mapping[str, bytes]:
        """Its files as they would be if it did not depend on some charts. Raises ValueError where JSON cannot say them."""
        files = {name: data for name, data in self.files.items() if name not in _LOCKS}
        for name in (CHART_FILE, "requirements.yaml"):
            root = self.root if name == CHART_FILE else self._requirements
            if root is not None:
                kept = [to_python(one) for one in _entries(root) if one not in entries]
                data = {**_plain(root), "dependencies": kept}
                files[name] = json.dumps(data, allow_nan=False).encode()
        return files

    @cached_property
    def subcharts(self) -> Mapping[str, str]:
        """The folders of charts directly in `charts`, by chart name, relative to this one."""
        found = {}
        for file in self.files:
            parts = file.split("/")
            if len(parts) == 3 and parts[0] == "charts" and parts[2] == CHART_FILE:
                name = _text(self._mapping(file), "name")
                found[name or parts[1]] = f"charts/{parts[1]}"
        return found

    def dependency(self, name: str) -> MappingNode | None:
        """The dependency that is called so (its alias, else its name)."""
        named = ((_text(one, "alias") or _text(one, "name"), one) for one in self.dependencies)
        return next((one for called, one in named if called == name), None)

    def folder_of(self, called: str) -> str | None:
        """The folder of a subchart, relative to this one, by what the chart calls it: its alias, else its name."""
        dependency = self.dependency(called)
        return self.subcharts.get(_text(dependency, "name") or called)

    def _mapping(self, file: str) -> MappingNode | None:
        text = self.text(file)
        documents = parse_text(text, self.path_of(file)) if text is not None else []
        root = documents[0].root if documents else None
        return root if isinstance(root, MappingNode) else None


def is_release_name(name: str) -> bool:
    """Whether Helm takes it as the name of a release."""
    return _RELEASE.fullmatch(name) is not None


def _plain(root: MappingNode) -> dict[str, object]:
    return {name: to_python(value) for name, value in root.items()}


def _text(node: Node | None, name: str) -> str:
    value = node.get(name) if node is not None else None
    return value.text if isinstance(value, Scalar) else ""


def _entries(root: Node | None) -> Iterator[Node]:
    listed = root.get("dependencies") if root is not None else None
    if isinstance(listed, Sequence):
        yield from listed.items
