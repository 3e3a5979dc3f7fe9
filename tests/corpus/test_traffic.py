"""Real repositories can be drawn, recorded and compared: no crash, and what is recorded holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from kubelint_lb.config.config import load_settings
from kubelint_lb.config.expectation_file import read_expectations
from kubelint_lb.engine.diff.compare import compare
from kubelint_lb.engine.expectations import differs
from kubelint_lb.engine.reading import read_worlds
from kubelint_lb.engine.recorded import record
from kubelint_lb.engine.trace import trace_over
from kubelint_lb.engine.traffic_tests import request_of
from kubelint_lb.output.flow.drawing import drawing_of
from kubelint_lb.output.flow.mermaid import mermaid
from kubelint_lb.output.paths import Paths
from kubelint_lb.traffic.picture import picture_of
from tests.corpus.found import repositories

_ROOTS = repositories()

pytestmark = pytest.mark.skipif(not _ROOTS, reason="KUBELINT_LB_CORPUS names no folder of repositories")


@pytest.mark.parametrize("root", [pytest.param(root, id=root.name) for root in _ROOTS])
def test_a_repository_is_drawn_and_todays_answers_hold(root: Path, tmp_path: Path) -> None:
    reading = read_worlds([root], load_settings([root]))
    units = {id(one.objects): one.objects for one in reading.worlds}.values()
    assert mermaid(drawing_of([picture_of(one) for one in units], (), Paths(reading.scope.root, root))).startswith(
        "flowchart LR\n"
    )
    recorded = record(reading)
    file = tmp_path / "kubelint-lb-tests.yaml"
    file.write_text(recorded.text, encoding="utf-8")
    entries = read_expectations(file).data["tests"]
    assert len(entries) == recorded.size
    for entry in entries:
        worlds = [one for one in reading.worlds if entry.get("unit", one.objects.name) == one.objects.name]
        request = request_of(entry)
        assert differs(entry["expect"], trace_over(worlds, request, reading.scope.holds).outcome, request) is None
    assert compare(reading, reading, "one", "other").changes == []
