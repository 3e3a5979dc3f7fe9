"""What the object of a deployment tool installs of a chart, whichever tool that is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from kubelint_lb.deploy.helm.release_values import ReleaseValues, UnknownError
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.render.helm.chart import Chart, is_release_name
from kubelint_lb.render.helm.command import UNNAMED
from kubelint_lb.source.node import Node
from kubelint_lb.source.placeholder import is_open

__all__ = ["Installed", "UnknownError", "check_release", "json_of", "place_of"]


class Installed(NamedTuple):
    """A chart that one object installs, and how. `local`: it is one of this tree; `named` is where the chart is named; `files`
    are rendered in place of those in its folder."""

    manifest: Manifest
    chart: Chart
    root: Path
    name: str
    namespace: str
    values: ReleaseValues
    named: Node
    local: bool
    files: Mapping[str, bytes] | None = None


def check_release(name: str) -> None:
    """Raises UnknownError for a name that no release can have: some of it is filled in later."""
    if not is_release_name(name):
        raise UnknownError("its name is not known")


def place_of(namespace: str | None) -> str:
    """The namespace to render for; a stand-in where it is not known."""
    return UNNAMED if not namespace or is_open(namespace) else namespace


def json_of(values: Mapping[str, object]) -> str:
    """Values as a text that Helm reads. Raises UnknownError for what JSON cannot say."""
    try:
        return json.dumps(values, allow_nan=False)
    except ValueError:
        raise UnknownError("its values hold a number that JSON cannot say") from None
