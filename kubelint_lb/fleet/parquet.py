"""All findings of all trees as one table, a row each: for questions that a summary does not answer. Needs pyarrow."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from kubelint_lb.fleet.record import JSON_REPORT
from kubelint_lb.fleet.summary import Summary, TreeSummary
from kubelint_lb.fleet.task import Status

# Rows that are held at once, whatever the fleet.
_BATCH = 20_000
_TEXTS = ("tree", "team", "rule", "family", "severity", "confidence", "message", "path")
_OBJECT = ("api_version", "kind", "namespace", "name")


def schema() -> pa.Schema:
    """The columns. `line` and `column` are 1-based; what stands for an object is null for findings about none."""
    columns = [(name, pa.string(), False) for name in _TEXTS]
    columns += [("line", pa.int32(), False), ("column", pa.int32(), False)]
    columns += [(name, pa.string(), True) for name in (*_OBJECT,)] + [("fingerprint", pa.string(), False)]
    return pa.schema([pa.field(name, kind, nullable=nullable) for name, kind, nullable in columns])


def write_parquet(summary: Summary, output: Path, file: Path) -> None:
    """Writes the table from the trees' JSON reports below `output`."""
    columns = schema()
    with pq.ParquetWriter(file, columns) as writer:
        rows: list[dict[str, Any]] = []
        for tree in summary.trees:
            rows += _rows(tree, output)
            if len(rows) >= _BATCH:
                writer.write_table(pa.Table.from_pylist(rows, columns))
                rows = []
        writer.write_table(pa.Table.from_pylist(rows, columns))


def _rows(tree: TreeSummary, output: Path) -> Iterator[dict[str, Any]]:
    if tree.status is Status.FAILED or not tree.findings:
        return
    report = json.loads((output / "trees" / tree.folder / JSON_REPORT).read_text(encoding="utf-8"))
    for one in report["findings"]:
        subject = one["object"] or {}
        row = {"tree": tree.name, "team": tree.team, "fingerprint": one["fingerprint"]}
        row |= {name: one[name] for name in ("rule", "family", "severity", "confidence", "message", "path", "line", "column")}
        row |= {name: subject.get(name) for name in _OBJECT}
        yield {name: _storable(value) for name, value in row.items()}


def _storable(value: Any) -> Any:
    """Lone surrogates, from names that are not UTF-8, have no place in a table."""
    return value.encode(errors="replace").decode() if isinstance(value, str) else value
