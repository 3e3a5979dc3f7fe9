"""Quietness is pinned: real repositories give the findings of the committed list, and no others."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.found import LIST, found_in, repositories
from tests.render.tools import need

_ROOTS = repositories()

pytestmark = pytest.mark.skipif(not _ROOTS, reason="KUBELINT_LB_CORPUS names no folder of repositories")


@pytest.mark.parametrize("root", [pytest.param(root, id=root.name) for root in _ROOTS])
def test_the_findings_of_a_repository_are_those_of_the_list(root: Path) -> None:
    need("helm")
    need("kubectl")
    known = [line for line in LIST.read_text(encoding="utf-8").splitlines() if line.startswith(f"{root.name} ")]
    assert list(found_in(root)) == known


def test_the_list_speaks_of_repositories_that_are_there() -> None:
    listed = {line.partition(" ")[0] for line in LIST.read_text(encoding="utf-8").splitlines()}
    assert listed <= {root.name for root in _ROOTS}
