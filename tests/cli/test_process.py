"""The program as a process: what only the operating system can show."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from kubelint_lb import __version__
from tests.cli.program import SERVICE, command

ROOT = Path(__file__).parents[2]


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.delenv("FORCE_COLOR", raising=False)
    Path("web.yaml").write_text(SERVICE)


def test_version() -> None:
    done = subprocess.run(command("--version"), capture_output=True, text=True, check=True)
    assert done.stdout == f"kubelint-lb {__version__}\n"


def test_a_reader_that_goes_away_is_no_error() -> None:
    reading, writing = os.pipe()
    os.close(reading)
    done = subprocess.run(command("check"), stdout=writing, stderr=subprocess.PIPE, text=True, check=False)
    os.close(writing)
    assert (done.returncode, done.stderr) == (1, "")


def test_an_encoding_that_lacks_characters_is_no_error() -> None:
    Path("web.yaml").write_text(SERVICE.replace("{app: web}", "{app: web} # grün"), encoding="utf-8")
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command("check"), env=environment, capture_output=True, check=False)
    assert (done.returncode, done.stderr) == (1, b"")
    assert b"gr\\xfcn" in done.stdout


def test_json_is_utf_8_whatever_the_terminal_is() -> None:
    Path("grün.yaml").write_text(SERVICE, encoding="utf-8")
    environment = os.environ | {"PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command("check", "--format", "json", "grün.yaml"), env=environment, capture_output=True, check=False)
    assert '"path": "grün.yaml"' in done.stdout.decode()


def test_an_interrupt_ends_quietly_with_130() -> None:
    program = "import kubelint_lb.engine.run as run\nfrom kubelint_lb.cli.main import main\n"
    program += "def stop(*_):\n    raise KeyboardInterrupt\nrun.scope_of = stop\nmain(['check'])"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", "")


def test_a_run_imports_nothing_slow() -> None:
    Path(".kubelint-lb.yaml").write_text("profile: strict\nrules: {weights-not-100: {params: {mode: strict}}}\n")
    slow = {"jsonschema", "sarif_om", "rich", "pydantic", "email", "asyncio", "importlib.metadata", "pathspec"}
    program = "import sys\nfrom kubelint_lb.cli.main import main\ntry:\n    main(['check', '-q'])\nexcept SystemExit:\n"
    program += f"    print(sorted({slow!r} & set(sys.modules)), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stderr == "[]\n"


def test_completion_of_formats_and_rules() -> None:
    def completed(line: str) -> list[str]:
        environment = os.environ | {"_KUBELINT_LB_COMPLETE": "complete_zsh", "_TYPER_COMPLETE_ARGS": line}
        done = subprocess.run(command(), env=environment, capture_output=True, text=True, check=False)
        return re.findall(r'"([^"]+)"', done.stdout)

    assert completed("kubelint-lb check --format s") == ["sarif"]
    assert completed("kubelint-lb explain weights-n") == ["weights-not-100"]
    assert completed("kubelint-lb check --select gateway,weights-n") == ["gateway,weights-not-100"]


def test_control_characters_of_a_file_name_never_reach_the_terminal() -> None:
    folder = Path("a\x1b[31mb")
    folder.mkdir()
    (folder / "bad.yaml").write_text("apiVersion: v1\nkind: Service\nmetadata: {name: {{ .Values.x }}}\n")
    for arguments in (["units"], ["check", "--verbose"], ["check", "--format", "github"], ["check", "c\x1b[31m"]):
        done = subprocess.run(command(*arguments), capture_output=True, check=False)
        assert b"\x1b" not in done.stdout + done.stderr
        assert b"\xe2\x90\x9b" in done.stdout + done.stderr or arguments[-1] == "github"
