"""What Argo CD's Applications install of charts that are here: the chart, its values, and where; or why that is unknown."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kubelint_lb.deploy.argocd.fields import Fields
from kubelint_lb.deploy.argocd.helm import Charted
from kubelint_lb.deploy.helm.chart_files import UnreadableChartError, read_chart
from kubelint_lb.deploy.helm.chart_units import reduced_files
from kubelint_lb.deploy.helm.installed import Installed, UnknownError, check_release, place_of
from kubelint_lb.deploy.helm.local_charts import LocalCharts, Shelved
from kubelint_lb.deploy.helm.release_values import ReleaseValues, with_target
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.render.helm.values import VALUES_FILE, all_merged, plain, root_of
from kubelint_lb.source.node import Mapping
from kubelint_lb.source.placeholder import is_open

if TYPE_CHECKING:
    from kubelint_lb.deploy.written import Written


class Applications:
    """Works out the charts of Applications. `shelf` are the charts that are not of the tree under `root`."""

    def __init__(self, root: Path, shelf: LocalCharts | None, written: Written) -> None:
        self._root = root
        self._shelf = shelf
        self._written = written

    def installed(self, manifest: Manifest, charted: Charted) -> Installed | None:
        """What a source of an Application installs; None where its chart is looked for nowhere. Raises UnknownError."""
        local = charted.folder is not None
        if not local and self._shelf is None:
            return None
        if manifest.patched:
            raise UnknownError("a kustomization that is not rendered may change it")
        if not charted.understood:
            raise UnknownError("its values are not all understood here")
        check_release(charted.release)
        shelved = self._chart(charted)
        chart = shelved.chart
        layers = list(self._layers(charted, shelved))
        data = all_merged(plain(layer) for layer in layers)
        values = self._with_parameters(charted.options, ReleaseValues(data))
        own = root_of(chart.text(VALUES_FILE) or "", chart.path_of(VALUES_FILE)) if local else None
        seen = (*([own] if own is not None else []), *layers)
        values = values._replace(layers=seen, inputs=frozenset(filter(None, charted.files)))
        files = reduced_files(chart) or (chart.files if shelved.packed else None)
        where = place_of(charted.namespace)
        return Installed(manifest, chart, shelved.root, charted.release, where, values, charted.named, local, files)

    def _chart(self, charted: Charted) -> Shelved:
        try:
            if charted.folder is not None:
                return Shelved(read_chart(self._root, charted.folder), self._root, packed=False)
            if self._shelf is None or is_open(charted.chart) or is_open(charted.version):
                raise UnknownError("which chart it installs is not known")
            name = charted.chart.rstrip("/").rpartition("/")[2]
            found = self._shelf.find(name, charted.version)
        except UnreadableChartError as error:
            raise UnknownError(str(error)) from None
        if found is None:
            raise UnknownError(f"the folder of charts has no {name} {charted.version}".rstrip())
        return found

    def _layers(self, charted: Charted, shelved: Shelved) -> Iterator[Mapping]:
        """Its values below the parameters, lowest first."""
        options = charted.options
        for written, path in zip(options.texts("valueFiles"), charted.files, strict=True):
            text = (
                self._written.read(path) if path is not None else shelved.chart.text(written) if not _leads_out(written) else None
            )
            if text is None:
                if path is not None and options.flag("ignoreMissingValueFiles"):
                    continue
                raise UnknownError(f"its values file {written} is not to be seen here")
            root = root_of(text, path or "")
            if root is not None:
                yield root
        node = options.at("valuesObject").filled_node()
        if isinstance(node, Mapping):
            yield node
        elif (text := options.text("values")) and (root := root_of(text, "")) is not None:
            yield root

    def _with_parameters(self, options: Fields, values: ReleaseValues) -> ReleaseValues:
        data = values.data
        for one in options.items("parameters"):
            name, text = one.text("name"), one.text("value")
            quoted = f'"{text}"' if one.flag("forceString") else text
            data = with_target(data, name, quoted) if name else data
        return values._replace(data=data)


def _leads_out(written: str) -> bool:
    """A values file that is not one of the chart's own."""
    return written.startswith(("$", "/")) or "://" in written or ".." in written.split("/")
