"""What an Argo CD source says of a chart: which one, under which name and where, and where its values come from.

Source: Argo CD, docs/user-guide/helm.md and reposerver: `parameters` go over `valuesObject` (else `values`), those over
`valueFiles`, and all over the chart's own values.
"""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from kubelint_lb.deploy.argocd.fields import Fields
from kubelint_lb.deploy.cluster_name import Clusters
from kubelint_lb.deploy.repository import Lies, ThisRepository
from kubelint_lb.render.kustomize.closure import Applier
from kubelint_lb.source.node import Node
from kubelint_lb.source.placeholder import has_placeholder

# What changes values in ways that are not followed here.
_NOT_FOLLOWED = ("fileParameters",)


class Charted(NamedTuple):
    """A chart that an Application installs: a folder of this repository, else by name and version (or range of them).

    `options` are those of Helm; `files` its values files, relative to the root (None: of another repository, or nobody knows).
    `here`: it is surely this repository, or a chart that goes by its name.
    """

    by: Applier
    release: str
    namespace: str
    clusters: Clusters
    folder: str | None
    chart: str
    version: str
    named: Node
    options: Fields
    files: tuple[str | None, ...]
    here: bool

    @property
    def understood(self) -> bool:
        """Its options say all there is to know of its values."""
        return not any(self.options.filled(name) for name in _NOT_FOLLOWED) and not self.options.open()


class ChartSources:
    """Reads the charts of one repository's Applications."""

    def __init__(self, repository: ThisRepository) -> None:
        self._repository = repository

    def of(self, source: Fields, others: Iterable[Fields], tool: str, by: Applier) -> Charted | None:
        """The chart of a source; None where it is no chart that anybody could find. `others` are all sources of its
        Application: one of them may lend its values files. Where it is installed is for the caller to say."""
        repository = self._repository
        chart, version = source.text("chart"), source.text("targetRevision")
        options = source.at("helm")
        lies = Lies.HERE
        folder = None
        if chart:
            named = source.at("chart").node
        else:
            lies = repository.lies(source.text("repoURL"), version)
            path, named = source.text("path"), source.at("path").node
            folder = None if has_placeholder(path) or lies is Lies.ELSEWHERE else repository.folder(path)
            if folder is None or tool != "helm" or folder not in repository.layout.charts:
                return None
            if not folder and lies is not Lies.HERE:
                return None
        if named is None:
            return None
        homes = dict(self._lending(others))
        files = tuple(self._file(text, folder, homes) for text in options.texts("valueFiles"))
        return Charted(by, "", "", frozenset(), folder, chart, version, named, options, files, lies is Lies.HERE)

    def _lending(self, sources: Iterable[Fields]) -> Iterator[tuple[str, Lies]]:
        """The names of sources that lend their files, and where they lie."""
        for one in sources:
            if name := one.text("ref"):
                yield name, self._repository.lies(one.text("repoURL"), one.text("targetRevision"))

    def _file(self, written: str, folder: str | None, homes: Mapping[str, Lies]) -> str | None:
        """The path of a values file: from the top of a source that is named with `$`, of the repository with `/`, else from
        the chart's folder."""
        if written.startswith("$"):
            name, _, path = written[1:].partition("/")
            return self._repository.folder(path) if homes.get(name) is Lies.HERE and not has_placeholder(path) else None
        if folder is None or has_placeholder(written) or "://" in written:
            return None
        if written.startswith("/"):
            return self._repository.folder(written)
        path = posixpath.normpath(posixpath.join(folder, written))
        return None if path.startswith("..") else path
