"""The shell of action.yml hands its inputs to the program as they are."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.packaging.sandbox import REPOSITORY

ACTION = YAML(typ="safe").load(REPOSITORY / "action.yml")

# Stands for the installed program: prints its arguments, one a line, and reports two findings.
STUB = """#!/bin/sh
printf '%s\\n' "$@"
for one in "$@"; do
  case "$one" in
    json=*) echo '{"findings": [1, 2]}' > "${one#json=}";;
    markdown=*) echo 'two findings' > "${one#markdown=}";;
  esac
done
exit 1
"""


@pytest.fixture
def runner(tmp_path: Path) -> Path:
    program = tmp_path / "kubelint-lb" / "bin" / "kubelint-lb"
    program.parent.mkdir(parents=True)
    program.write_text(STUB)
    program.chmod(0o755)
    (program.parent / "python").symlink_to(sys.executable)
    return tmp_path


def check(runner: Path, **inputs: str) -> tuple[int, list[str], str]:
    """The exit code of the action's last step, the arguments it gave to the program, and the outputs it set."""
    (step,) = [step for step in ACTION["runs"]["steps"] if step.get("id") == "check"]
    output = runner / "output"
    output.touch()
    files = {"GITHUB_OUTPUT": str(output), "GITHUB_STEP_SUMMARY": str(runner / "summary")}
    result = subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        env={"PATH": os.environ["PATH"], "RUNNER_TEMP": str(runner), **files, **inputs},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.stderr == ""
    return result.returncode, result.stdout.splitlines(), output.read_text()


def test_defaults_annotate_and_write_sarif(runner: Path) -> None:
    inputs = {name: ACTION["inputs"][name]["default"] for name in ("paths", "args", "sarif-file", "summary")}
    code, arguments, output = check(
        runner,
        INPUT_PATHS=inputs["paths"],
        INPUT_ARGS=inputs["args"],
        INPUT_SARIF=inputs["sarif-file"],
        INPUT_SUMMARY=inputs["summary"],
    )
    assert arguments == [
        "check", "--format", "github", "--output", f"json={runner}/kubelint-lb-report.json",
        "--output", f"markdown={runner}/kubelint-lb-summary.md", "--output", "sarif=kubelint-lb.sarif", "--", ".",
    ]  # fmt: skip
    assert output == "sarif-file=kubelint-lb.sarif\nfindings=2\n"
    assert (runner / "summary").read_text() == "two findings\n"
    assert code == 1, "findings fail the job, after the output is set"


def test_paths_and_args_are_split_but_never_run(runner: Path) -> None:
    _, arguments, output = check(
        runner, INPUT_PATHS="deploy\n$(touch x) --fix", INPUT_ARGS="--severity info", INPUT_SARIF="", INPUT_SUMMARY="false"
    )
    report = f"json={runner}/kubelint-lb-report.json"
    assert arguments == [
        "check", "--format", "github", "--output", report, "--severity", "info", "--", "deploy", "$(touch", "x)", "--fix",
    ]  # fmt: skip
    assert output == "findings=2\n"


def test_scripts_take_inputs_only_through_the_environment() -> None:
    assert not [step for step in ACTION["runs"]["steps"] if "${{" in step.get("run", "")]


def test_a_pull_request_gets_one_comment_on_its_traffic(runner: Path, tmp_path: Path) -> None:
    (step,) = [step for step in ACTION["runs"]["steps"] if step.get("name") == "Compare the traffic"]
    tools, log = tmp_path / "tools", tmp_path / "log"
    tools.mkdir()
    program = runner / "kubelint-lb" / "bin" / "kubelint-lb"
    program.write_text('#!/bin/sh\necho "ran $*"\n')
    # `gh` lists a comment of ours with number 7; whatever it is asked, it notes.
    for name, text in (
        ("gh", f'#!/bin/sh\necho "gh $*" >> {log}\ncase "$*" in *--paginate*) echo 7;; esac\n'),
        ("git", "#!/bin/sh\n"),
    ):
        (tools / name).write_text(text)
        (tools / name).chmod(0o755)
    words = {"GITHUB_REPOSITORY": "shop/k8s", "NUMBER": "3", "BASE": "abc", "GITHUB_STEP_SUMMARY": str(tmp_path / "summary")}
    subprocess.run(
        ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", step["run"]],
        env={"PATH": f"{tools}:{os.environ['PATH']}", "RUNNER_TEMP": str(runner), "INPUT_PATHS": "k8s $(touch x)", **words},
        check=True,
    )
    assert (tmp_path / "summary").read_text() == "<!-- kubelint-lb diff -->\nran diff --format markdown -- abc k8s $(touch x)\n"
    assert log.read_text().splitlines()[-1] == (
        f"gh api --silent --method PATCH repos/shop/k8s/issues/comments/7 -F body=@{runner}/kubelint-lb-diff.md"
    )
