"""The three files beside the rule folders: families, profiles, and names that are no more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from kubelint_lb.catalogue.rule_file import document
from kubelint_lb.settings.severity import Severity
from kubelint_lb.source.node import to_python

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path


class Family(NamedTuple):
    """A folder of rules."""

    name: str
    title: str
    description: str


class ProfileRule(NamedTuple):
    """What a profile changes about one rule; None leaves a thing as it is."""

    enabled: bool | None
    severity: Severity | None
    params: Mapping[str, object]


class Profile(NamedTuple):
    """A named change of the defaults; a rule it lists is on, unless it says `enabled: false`."""

    name: str
    description: str
    rules: Mapping[str, ProfileRule]


def read_families(root: Path) -> dict[str, Family]:
    """What families.yaml says. Raises CatalogueError."""
    said = _read(root / "families.yaml")
    return {name: Family(name, value["title"], value["description"]) for name, value in said.items()}


def read_profiles(root: Path) -> dict[str, Profile]:
    """What profiles.yaml says. Raises CatalogueError."""
    return {name: _profile(name, value) for name, value in _read(root / "profiles.yaml").items()}


def read_retired(root: Path) -> dict[str, str]:
    """Names that rules once had, with words on what to write instead. Raises CatalogueError."""
    return _read(root / "retired.yaml")


def _read(file: Path) -> dict[str, Any]:
    if not file.is_file():
        return {}
    data = to_python(document(file.read_text(encoding="utf-8"), str(file), 0))
    return data if isinstance(data, dict) else {}


def _profile(name: str, data: Mapping[str, Any]) -> Profile:
    rules = {}
    for rule, change in data["rules"].items():
        severity = change.get("severity")
        rules[rule] = ProfileRule(change.get("enabled"), Severity(severity) if severity else None, change.get("params") or {})
    return Profile(name, data["description"], rules)
