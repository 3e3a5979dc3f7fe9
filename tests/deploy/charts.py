"""Charts for tests: packed, in a tree, and what becomes of trees that install them."""

from __future__ import annotations

import io
import tarfile
import textwrap
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from kubelint_lb.deploy.unit_info import UnitInfo
from kubelint_lb.engine.reading import survey
from kubelint_lb.engine.run import lint
from kubelint_lb.report.finding import Report
from kubelint_lb.settings.settings import Settings
from kubelint_lb.settings.severity import Severity
from tests.conftest import Seen, write_tree

SPREAD = "etp-local-no-spread"
CHART = {
    "Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.2.3\n",
    "values.yaml": "policy: Cluster\nreplicas: 3\nport: 80\n",
    "templates/service.yaml": """\
        apiVersion: v1
        kind: Service
        metadata:
          name: {{ .Release.Name }}
        spec:
          type: LoadBalancer
          externalTrafficPolicy: {{ .Values.policy }}
          selector: {app: {{ .Release.Name }}}
          ports:
            - port: {{ .Values.port | int }}
        """,
    "templates/deployment.yaml": """\
        apiVersion: apps/v1
        kind: Deployment
        metadata:
          name: {{ .Release.Name }}
        spec:
          replicas: {{ .Values.replicas }}
          selector: {matchLabels: {app: {{ .Release.Name }}}}
          template:
            metadata: {labels: {app: {{ .Release.Name }}}}
            spec: {containers: [{name: web, image: nginx}]}
        """,
}
IN_TREE = {f"charts/shop/{name}": text for name, text in CHART.items()}


def pack(folder: Path, version: str, changed: Mapping[str, str] | None = None, name: str = "shop") -> None:
    files = {**CHART, "Chart.yaml": f"apiVersion: v2\nname: {name}\nversion: {version}\n", **(changed or {})}
    with tarfile.open(folder / f"{name}-{version}.tgz", "w:gz") as archive:
        for path, text in files.items():
            data = textwrap.dedent(text).encode()
            member = tarfile.TarInfo(f"{name}/{path}")
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))


class Checked:
    """A tree that was linted."""

    def __init__(self, root: Path, files: Mapping[str, str], shelf: Path | None, select: tuple[str, ...], **more: Any) -> None:
        write_tree(root, files)
        self.root = root
        self.settings = Settings(root=root.resolve(), select=select, severity=Severity.INFO, charts=shelf, **more)
        self.report: Report = lint([root], self.settings)

    @property
    def seen(self) -> list[Seen]:
        return [Seen(one) for one in self.report.findings]

    @property
    def places(self) -> list[tuple[str, int, int]]:
        return [(one.path, *one.place) for one in self.seen]

    @property
    def releases(self) -> dict[str, UnitInfo]:
        """How HelmReleases and Applications were understood, by name of the unit."""
        units = survey([self.root], self.settings).units
        return {one.name: one for one in units if one.found in {"HelmRelease", "Application"}}


class Check:
    def __init__(self, root: Path) -> None:
        self.root = root

    def __call__(self, files: str | Mapping[str, str], shelf: Path | None = None, *select: str, **more: Any) -> Checked:
        tree = {"web.yaml": files} if isinstance(files, str) else files
        return Checked(self.root, tree, shelf, select or (SPREAD,), **more)
