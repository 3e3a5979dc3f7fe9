"""Files whose names are no text in any encoding, or long, or look like something else: read, reported, fixed and remembered."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from kubelint_lb.output.formats import FORMATS
from tests.cli.program import SERVICE, Program, command
from tests.engine.work_tree import WorkTree

NAMES = (
    b"caf\xe9.yaml", b"\xff\xfe.yaml", b"-.yaml", b"--help.yaml", b"a\nb.yaml", b"a\tb.yaml", b"'\"`$(x);&|.yaml", b" .yaml",
    b"*.yaml", b"[a].yaml", b"%2F.yaml", b"a:b.yaml", b"\\.yaml", b"..yaml", b"a" * 250 + b".yaml", "🚢\u202e.yaml".encode(),
)  # fmt: skip
each = pytest.mark.parametrize("name", NAMES, ids=lambda name: repr(name[:16]))


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: bytes) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    tree = WorkTree(tmp_path)
    made = tmp_path / os.fsdecode(name)
    try:
        made.write_text(SERVICE)
    except OSError:
        pytest.skip("the file system takes no such name")
    tree.git("add", "--all")
    tree.git("commit", "--quiet", "--message=a change")
    made.write_text(SERVICE + "# changed\n")
    return made


@each
def test_every_format_and_every_way_to_remember(place: Path, name: bytes, program: Program) -> None:
    (program.folder / "web.yaml").unlink(missing_ok=True)
    outputs = [word for form in FORMATS for word in ("--output", f"{form}=report.{form}")]
    calls = [
        ["check", *outputs],
        ["check", "--changed-since", "HEAD"],
        ["check", "--new-since", "HEAD"],
        ["check", "--", os.fsdecode(name)],
        ["units"],
        ["graph"],
        ["diff", "HEAD"],
        ["check", "--write-baseline", "baseline.json"],
    ]
    for call in calls:
        result = program(*call)
        assert result.code in {0, 1}, (call, result)
        assert "Traceback" not in result.err
    remembered = program("check", "--baseline", "baseline.json", "--severity", "info")
    assert (remembered.code, "affinity-timeout" in remembered.out) == (0, False), remembered.out


@each
def test_a_fix_is_written_to_the_file(place: Path, name: bytes) -> None:
    done = subprocess.run(command("check", "--fix", "--unsafe-fixes"), capture_output=True, check=False)
    assert done.returncode in {0, 1}, done.stderr
    assert b"Traceback" not in done.stderr
    assert sorted(one.name for one in place.parent.iterdir()) == sorted([".git", place.name])
