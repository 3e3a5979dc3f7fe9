"""Setting up a repository that has findings already, and asking why one is one."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from tests.cli.program import SERVICE, Program

FOUND = "web.yaml"


def test_init_with_a_baseline_leaves_new_findings_alone_to_be_reported(program: Program, tmp_path: Path) -> None:
    program.write(FOUND, SERVICE)
    before = json.loads(program("check", "--format", "json", "--severity", "info").out)["findings"]
    assert before
    found = program("init", "--baseline")
    assert "wrote .kubelint-lb-baseline.json" in found.err
    assert program("check").out.startswith("No problems found")
    assert "not Kubernetes" not in program("check").out
    program.write("more.yaml", SERVICE.replace("name: web", "name: more"))
    assert program("check").code == 1
    again = program("init", "--baseline")
    assert "added the baseline to .kubelint-lb.yaml" in again.err
    assert (tmp_path / ".kubelint-lb.yaml").read_text(encoding="utf-8").count("\nbaseline:") == 1
    assert program("check").code == 0


def test_a_baseline_of_the_configuration_has_to_be_there(program: Program) -> None:
    program.write(".kubelint-lb.yaml", "baseline: none.json\n")
    found = program("check")
    assert (found.code, found.err) == (2, ".kubelint-lb.yaml:1:11: baseline: no such file: none.json\n")


def test_comments_are_written_for_what_is_found(program: Program, tmp_path: Path) -> None:
    program.write(FOUND, SERVICE)
    number = len({one["line"] for one in json.loads(program("check", "--format", "json").out)["findings"]})
    found = program("check", "--add-ignores", "seen on day one")
    assert found.err.startswith(f"kubelint-lb: {number} comment")
    assert found.code == 0
    text = (tmp_path / FOUND).read_text(encoding="utf-8")
    assert text.count("] seen on day one\n") == number
    assert [line for line in text.splitlines() if "kubelint-lb:" not in line] == SERVICE.splitlines()
    assert program("check", "--add-ignores", "again").err.startswith("kubelint-lb: 0 comments written in 0 files")


def test_comments_end_their_lines_as_the_file_does(program: Program) -> None:
    file = program.folder / "web.yaml"
    file.write_bytes(SERVICE.replace("\n", "\r\n").encode())
    program("check", "--add-ignores", "known")
    data = file.read_bytes()
    assert b"# kubelint-lb: ignore[affinity-timeout-unbounded] known\r\n" in data
    assert data.count(b"\n") == data.count(b"\r\n")


def test_json_has_no_comments(program: Program) -> None:
    service = {
        "apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"},
        "spec": {"type": "ExternalName", "externalName": "10.0.0.1"},
    }  # fmt: skip
    program.write("web.json", json.dumps(service))
    found = program("check", "--add-ignores", "known")
    assert found.code == 1
    assert "web.json was left alone: JSON has no comments" in found.err


def test_a_finding_is_explained_with_what_it_rests_on(program: Program) -> None:
    program.write(FOUND, SERVICE)
    (one, *_) = json.loads(program("check", "--format", "json").out)["findings"]
    by_place = program("explain", f"{one['rule']}@{one['path']}:{one['line']}").out
    assert program("explain", one["fingerprint"]).out in by_place
    assert f"{one['severity']}[{one['rule']}]:" in by_place
    assert "What is known of what its object refers to, and of what refers to it:\n  unknown  selector of Service" in by_place


def test_a_finding_that_there_is_not(program: Program) -> None:
    program.write(FOUND, SERVICE)
    found = program("explain", "weights-not-100@web.yaml:1")
    assert found.code == 2
    assert found.err.startswith("kubelint-lb: there is no finding weights-not-100@web.yaml:1 here; ")


def test_watching_runs_again_after_a_change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from kubelint_lb.cli import watch

    runs: list[int] = []

    def run() -> int:
        runs.append(len(runs))
        if len(runs) == 3:
            raise KeyboardInterrupt
        return 0

    def wait(_seconds: float) -> None:
        # Time passes: somebody writes a file, once after the first run and once after the second.
        (tmp_path / f"{len(runs)}.yaml").write_text("a: 1\n", encoding="utf-8")

    monkeypatch.setattr(time, "sleep", wait)
    with pytest.raises(KeyboardInterrupt):
        watch.watch(tmp_path, run)
    assert runs == [0, 1, 2]


def test_watching_writes_nothing(program: Program) -> None:
    found = program("check", "--watch", "--fix")
    assert (found.code, "--watch only looks" in found.err) == (2, True)
