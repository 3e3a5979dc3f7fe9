"""The table of all findings."""

from __future__ import annotations

from pathlib import Path

import pytest

from kubelint_lb.fleet.teams import team_rule
from tests.engine.slips import GOOD, RULE
from tests.fleet.trees import run, tree

pq = pytest.importorskip("pyarrow.parquet", reason="pyarrow is not installed")


def test_a_row_for_each_finding(tmp_path: Path) -> None:
    words = [tree(tmp_path / "shop" / "a"), tree(tmp_path / "bank" / "b"), tree(tmp_path / "bank" / "c", GOOD)]
    done = run([*words, tmp_path / "missing"], tmp_path / "out", team_of=team_rule("**/{team}/*"))
    assert done.parquet
    table = pq.read_table(tmp_path / "out" / "fleet.parquet")
    rows = [
        (Path(one["tree"]).name, one["team"], one["rule"], one["path"], one["line"], one["name"]) for one in table.to_pylist()
    ]
    assert rows == [("b", "bank", RULE, "web.yaml", 6, "web"), ("a", "shop", RULE, "web.yaml", 6, "web")]
    assert table.schema.names == [
        "tree", "team", "rule", "family", "severity", "confidence", "message", "path", "line", "column",
        "api_version", "kind", "namespace", "name", "fingerprint",
    ]  # fmt: skip


def test_nothing_found_is_a_table_without_rows(tmp_path: Path) -> None:
    run([tree(tmp_path / "a", GOOD)], tmp_path / "out")
    assert pq.read_table(tmp_path / "out" / "fleet.parquet").num_rows == 0


def test_it_is_written_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kubelint_lb.fleet.parquet._BATCH", 2)
    run([tree(tmp_path / name) for name in "abcde"], tmp_path / "out")
    file = pq.ParquetFile(tmp_path / "out" / "fleet.parquet")
    assert (file.metadata.num_rows, file.num_row_groups) == (5, 3)


def test_without_pyarrow_no_old_table_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = [tree(tmp_path / "a")]
    run(words, tmp_path / "out")
    monkeypatch.setattr("kubelint_lb.fleet.run.find_spec", lambda _: None)
    assert not run(words, tmp_path / "out").parquet
    assert not (tmp_path / "out" / "fleet.parquet").exists()
