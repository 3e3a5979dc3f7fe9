"""Versions of Kubernetes and of the Gateway API."""

from __future__ import annotations

from typing import NamedTuple


class Version(NamedTuple):
    """A release, by major and minor."""

    major: int
    minor: int

    def __str__(self) -> str:
        return f"{self.major}.{self.minor}"


class Target(NamedTuple):
    """What objects are applied to: versions of Kubernetes and the Gateway API, and its channel (None: nobody
    said). `kubernetes_set`: the user said
    which; if not, versions in support may differ."""

    kubernetes: Version
    gateway_api: Version
    channel: str | None
    kubernetes_set: bool


def parse_version(text: str) -> Version:
    """Reads `1.34`, `v1.34` or `1.34.2`. Raises ValueError."""
    parts = text.removeprefix("v").split(".")
    if len(parts) < 2 or not all(part.isdigit() for part in parts[:2]):
        raise ValueError(f"{text!r} is no version like 1.34")
    return Version(int(parts[0]), int(parts[1]))
