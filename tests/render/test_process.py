"""Running a tool: what it sees, what comes back, and how it is stopped."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from kubelint_lb.render import process
from kubelint_lb.render.process import Outcome, run_tool


def python(code: str, folder: Path, seconds: float = 30) -> process.Outcome:
    return run_tool([sys.executable, "-c", code], folder, seconds)


def test_what_a_tool_prints_comes_back(tmp_path: Path) -> None:
    outcome = python("import sys, os; print(os.getcwd()); print('hm', file=sys.stderr)", tmp_path)
    assert outcome.succeeded
    assert outcome.stdout == f"{tmp_path.resolve()}\n"
    assert outcome.stderr == "hm\n"


def test_a_tool_that_fails_says_so(tmp_path: Path) -> None:
    outcome = python("import sys; sys.exit(3)", tmp_path)
    assert (outcome.code, outcome.succeeded, outcome.timed_out) == (3, False, False)


def test_the_users_environment_stays_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KUBECONFIG", "/somewhere/config")
    monkeypatch.setenv("HELM_PLUGINS", "/somewhere/plugins")
    outcome = python("import os; print(*sorted(os.environ)); print(os.listdir(os.environ['HOME']))", tmp_path)
    names, home = outcome.stdout.splitlines()
    assert {"KUBECONFIG", "HELM_PLUGINS"}.isdisjoint(names.split())
    assert home == "[]"


def test_the_network_is_out_of_reach(tmp_path: Path) -> None:
    outcome = python("import urllib.request; print(urllib.request.getproxies()['https'])", tmp_path)
    assert outcome.stdout == "http://127.0.0.1:9\n"


def test_a_tool_that_hangs_is_stopped_with_what_it_started(tmp_path: Path) -> None:
    child = "import time; time.sleep(600)"
    code = f"import subprocess, sys, time; subprocess.Popen([sys.executable, '-c', '{child}']); time.sleep(600)"
    outcome = python(code, tmp_path, seconds=2)
    assert outcome.timed_out
    assert outcome.code is None


def test_a_tool_that_never_stops_writing_is_stopped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "MOST_BYTES", 1000)
    outcome = python("while True: print('x' * 1000)", tmp_path)
    assert outcome.too_much
    assert outcome.code is None


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux bounds what another process takes")
def test_a_tool_that_takes_all_memory_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process, "MOST_MEMORY", 300_000_000)
    outcome = python("[bytearray(10_000_000) for _ in range(200)]", tmp_path)
    assert (outcome.code, outcome.stderr.splitlines()[-1]) == (1, "MemoryError")


def test_a_tool_that_is_not_there(tmp_path: Path) -> None:
    outcome = run_tool([str(tmp_path / "helm")], tmp_path, 1)
    assert outcome.code is None
    assert outcome.stderr == "cannot be started: No such file or directory"


@pytest.mark.parametrize(
    ("outcome", "for_good"),
    [
        (Outcome(1, "", "Error: nil pointer evaluating interface {}.port"), True),
        (Outcome(1, "", "write /tmp/x: no space left on device"), False),
        (Outcome(-9, "", ""), False),
        (Outcome(None, "", "", timed_out=True), False),
        (Outcome(0, "kind: Service", ""), False),
    ],
    ids=["it fails", "the disk is full", "it was killed", "it took too long", "it does not fail"],
)
def test_what_fails_for_good(outcome: Outcome, for_good: bool) -> None:
    assert outcome.failed_for_good is for_good
