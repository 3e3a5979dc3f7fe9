"""From a configuration file to settings; imported only where there is one."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kubelint_lb.catalogue.catalogue import load_catalogue
from kubelint_lb.config.config_file import ConfigText, check_config, read_config
from kubelint_lb.kube.kinds import canonical
from kubelint_lb.kube.versions import parse_version
from kubelint_lb.settings.errors import ConfigError, Mistake
from kubelint_lb.settings.settings import (
    ClusterSettings,
    HelmSettings,
    Ignored,
    ObjectSuppression,
    PerPath,
    RuleOverride,
    Settings,
    UnitSettings,
)
from kubelint_lb.settings.severity import Severity
from kubelint_lb.source.place import Location

if TYPE_CHECKING:
    from collections.abc import Mapping

    from kubelint_lb.kube.versions import Version
    from kubelint_lb.settings.root import Root


def read_settings(root: Root, file: Path) -> Settings:
    """The settings that a configuration file makes. Raises ConfigError or CatalogueError with every mistake."""
    text = read_config(file, _shown(file))
    rule_paths = _rule_paths(text, file.parent)
    data = check_config(text, load_catalogue(rule_paths))
    return _Builder(root, text, data).settings(rule_paths)


def _shown(file: Path) -> str:
    """The name people know a file by: from the current folder, if it lies below that or beside."""
    relative = os.path.relpath(file)
    return str(file) if relative.startswith(f"..{os.sep}..") else relative


def _rule_paths(text: ConfigText, folder: Path) -> tuple[Path, ...]:
    """The folders with rules; read before the check, which needs to know all rules."""
    said = text.data({"properties": {"rule-paths": {"items": {"type": "string"}}}}).get("rule-paths")
    names = [name for name in said if isinstance(name, str) and name] if isinstance(said, list) else []
    missing = []
    for index, name in enumerate(names):
        if not (folder / name).is_dir():
            place = text.places(["rule-paths", index], False)  # noqa: FBT003
            missing.append(Mistake(text.name, *place[:2], f"rule-paths[{index}]: no such folder: {name}"))
    if missing:
        raise ConfigError(missing)
    return tuple(folder / name for name in names)


class _Builder:
    """Turns checked data into settings."""

    def __init__(self, root: Root, text: ConfigText, data: Mapping[str, Any]) -> None:
        self.root = root
        self.text = text
        self.data = data

    def settings(self, rule_paths: tuple[Path, ...]) -> Settings:
        data, defaults = self.data, Settings()
        return Settings(
            root=self.root.folder,
            config_path=self.root.config,
            profile=data.get("profile", defaults.profile),
            select=tuple(data.get("select", ())),
            ignore=tuple(data.get("ignore", ())),
            rules=_overrides(data.get("rules", {})),
            per_path=tuple(self._per_path(index, entry) for index, entry in enumerate(data.get("per-path", ()))),
            exclude=tuple(data.get("exclude", ())),
            kubernetes_version=_version(data, "kubernetes-version") or defaults.kubernetes_version,
            kubernetes_version_set="kubernetes-version" in data,
            gateway_api_version=_version(data, "gateway-api-version") or defaults.gateway_api_version,
            gateway_api_version_set="gateway-api-version" in data,
            gateway_api_channel=data.get("gateway-api-channel", defaults.gateway_api_channel),
            default_ingress_class=data.get("default-ingress-class"),
            class_controllers=data.get("class-controllers", {}),
            external=tuple(data.get("external", ())),
            units=tuple(
                UnitSettings(unit["name"], tuple(unit["match"]), unit.get("world") == "complete")
                for unit in data.get("units", ())
            ),
            clusters=tuple(map(_cluster, data.get("clusters", ()))),
            objects=tuple(self._object(index, entry) for index, entry in enumerate(data.get("objects", ()))),
            helm=tuple(
                HelmSettings(one["chart"], tuple(one.get("values", ())), one.get("release"), one.get("namespace"))
                for one in self._helm().get("releases", ())
            ),
            charts=self._charts(),
            rendered=tuple(data.get("rendered", ())),
            workloads={
                canonical(one.get("group", ""), one["kind"]): tuple(one.get("template", "spec.template").split("."))
                for one in data.get("workloads", ())
            },
            crds=self._crds(),
            rule_paths=rule_paths,
            baseline=self._baseline(),
            notices=self.root.notices,
        )

    def _helm(self) -> Mapping[str, Any]:
        said = self.data.get("helm", {})
        return {"releases": said} if isinstance(said, list) else said

    def _baseline(self) -> Path | None:
        """The file of known findings, from the folder of the configuration file. Raises ConfigError where there is none."""
        name = self.data.get("baseline")
        if name is None:
            return None
        file: Path = self.root.folder / name
        if not file.is_file():
            place = self.text.places(("baseline",), False)  # noqa: FBT003
            raise ConfigError([Mistake(self.text.name, *place[:2], f"baseline: no such file: {name}")])
        return file

    def _charts(self) -> Path | None:
        """The folder of charts, from that of the configuration file. Raises ConfigError where there is none."""
        name = self._helm().get("charts")
        if name is None:
            return None
        folder: Path = (self.root.folder / name).resolve()
        if not folder.is_dir():
            place = self.text.places(("helm", "charts"), False)  # noqa: FBT003
            raise ConfigError([Mistake(self.text.name, *place[:2], f"helm.charts: no such folder: {name}")])
        return folder

    def _crds(self) -> tuple[Path, ...]:
        """The places of definitions, from the folder of the configuration file. Raises ConfigError where there is nothing."""
        found: list[Path] = []
        for index, name in enumerate(self.data.get("crds", ())):
            place: Path = (self.root.folder / name).resolve()
            if not place.exists():
                where = self.text.places(("crds", index), False)  # noqa: FBT003
                raise ConfigError([Mistake(self.text.name, *where[:2], f"crds[{index}]: no such file or folder: {name}")])
            found.append(place)
        return tuple(found)

    def _location(self, *path: str | int) -> Location:
        file = self.root.config or Path()
        relative = Path(os.path.relpath(file, self.root.folder)).as_posix()
        return Location(relative, self.text.places(path, False))  # noqa: FBT003

    def _per_path(self, index: int, entry: Mapping[str, Any]) -> PerPath:
        ignore = tuple(
            Ignored(word, self._location("per-path", index, "ignore", number))
            for number, word in enumerate(entry.get("ignore", ()))
        )
        rules = _overrides(entry.get("rules", {}))
        return PerPath(tuple(entry["paths"]), ignore, rules, entry.get("reason", ""), entry.get("until"))

    def _object(self, index: int, entry: Mapping[str, Any]) -> ObjectSuppression:
        return ObjectSuppression(**entry, location=self._location("objects", index, "rule"))


def _overrides(data: Mapping[str, Mapping[str, Any]]) -> dict[str, RuleOverride]:
    overrides = {}
    for name, entry in data.items():
        severity = entry.get("severity")
        off = severity == "off"
        overrides[name] = RuleOverride(Severity(severity) if severity and not off else None, off, entry.get("params", {}))
    return overrides


def _version(data: Mapping[str, Any], key: str) -> Version | None:
    return parse_version(data[key]) if key in data else None


def _cluster(data: Mapping[str, Any]) -> ClusterSettings:
    return ClusterSettings(
        name=data["name"],
        match=tuple(data["match"]),
        kubernetes_version=_version(data, "kubernetes-version"),
        gateway_api_version=_version(data, "gateway-api-version"),
        gateway_api_channel=data.get("gateway-api-channel"),
        class_controllers=data.get("class-controllers", {}),
    )
