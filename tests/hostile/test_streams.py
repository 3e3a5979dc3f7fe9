"""Standard streams that are full, closed, or read by nobody: words where there is somewhere to tell them, never a traceback."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.cli.program import SERVICE, command

COMMANDS = (
    ["check"], ["check", "--format", "sarif"], ["check", "--statistics"], ["units"], ["units", "--format", "json"], ["rules"],
    ["rules", "--format", "json"], ["graph"], ["explain", "weights-not-100"], ["trace", "http://shop.example/", "."],
)  # fmt: skip


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(Path(__file__).parents[2]))
    Path("web.yaml").write_text(SERVICE)


def shell(line: str, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["/bin/sh", "-c", f'"$@" {line}', "sh", *command(*arguments)], capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_full_disk_behind_standard_output(arguments: list[str]) -> None:
    done = shell("> /dev/full", arguments)
    told = "kubelint-lb: cannot write to standard output: No space left on device"
    assert (done.returncode, done.stderr.splitlines()[-1:]) == (2, [told])


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_reader_that_goes_away(arguments: list[str]) -> None:
    done = shell("| true", arguments)
    assert (done.returncode, "Traceback" in done.stderr) == (0, False)


@pytest.mark.parametrize(
    ("line", "arguments", "code"),
    [
        (">&-", ["check"], 1),
        ("2>&-", ["check"], 1),
        ("<&-", ["check"], 1),
        ("<&-", ["check", "-"], 0),
        (">&- 2>&- <&-", ["check"], 1),
        (">&- 2>&- <&-", ["check", "nowhere"], 2),
        ("2>&-", ["check", "nowhere"], 2),
        ("2> /dev/full", ["check", "nowhere"], 2),
        (">&-", ["check", "--output", "report.json", "--format", "json"], 1),
    ],
)
def test_a_stream_that_is_not_there(line: str, arguments: list[str], code: int) -> None:
    done = shell(line, arguments)
    assert (done.returncode, "Traceback" in done.stderr + done.stdout) == (code, False)
    assert "nowhere" not in done.stdout
