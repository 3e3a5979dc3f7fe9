"""A rule declares the kinds that it looks up: all of them, or they are not parsed; no others, or too much is.

`python scripts/needs.py` writes them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.rules.reads import CATALOGUE, needs_of, write_crowd

RULES = [name for name, outline in CATALOGUE.outlines.items() if outline.kinds]


@pytest.fixture(scope="module")
def crowd(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("crowd")
    write_crowd(root)
    return root


@pytest.mark.parametrize("name", RULES)
def test_a_rule_needs_what_it_is_seen_to_read(name: str, crowd: Path) -> None:
    assert list(CATALOGUE.outlines[name].needs) == needs_of(name, crowd)
