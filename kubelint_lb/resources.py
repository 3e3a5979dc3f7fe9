"""Where the rules and schemas lie: packaged data in a wheel, else the repository root. Nothing else knows."""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def _data_root() -> Path:
    package = Path(__file__).resolve().parent
    packaged = package / "data"
    return packaged if packaged.is_dir() else package.parent


def rules_root() -> Path:
    """The folder with one subfolder for each rule family."""
    return _data_root() / "rules"


def schemas_root() -> Path:
    """The folder with the JSON Schemas."""
    return _data_root() / "schemas"
