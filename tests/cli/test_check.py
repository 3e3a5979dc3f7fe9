"""`check`: what it prints where, and its exit codes."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from kubelint_lb.cli.console import wants_color
from kubelint_lb.engine import run
from kubelint_lb.output.formats import FORMATS
from tests.cli.program import CLEAN, SERVICE, Program

LINE = "web.yaml:8:54: warning[affinity-timeout-unbounded] "


def test_findings_are_printed_and_make_the_exit_code_1(program: Program) -> None:
    result = program("check", "--format", "concise", "web.yaml")
    assert result.code == 1
    assert result.out.startswith(LINE)
    assert result.err == ""


def test_the_current_folder_is_the_default(program: Program) -> None:
    assert program("check", "--format", "concise").out.startswith(LINE)


def test_nothing_found_is_0(program: Program) -> None:
    program.write("web.yaml", CLEAN)
    result = program("check")
    assert (result.code, result.err) == (0, "")
    assert result.out.startswith("No problems found in 1 file")


@pytest.mark.parametrize(
    ("options", "code", "shown"),
    [
        (("--fail-on", "never"), 0, 1),
        (("--fail-on", "error"), 0, 1),
        (("--severity", "error"), 1, 1),
        (("--severity", "error", "--fail-on", "error"), 0, 0),
        (("--severity", "error", "--fail-on", "never"), 0, 0),
        (("--ignore", "affinity-timeout-unbounded"), 0, 0),
        (("--ignore", "gateway,service"), 0, 0),
        (("--select", "gateway", "--select", "ingress,manifest"), 0, 0),
        (("--select", "gateway", "--select", "ingress,service"), 1, 1),
    ],
)
def test_what_is_shown_and_what_fails(program: Program, options: tuple[str, ...], code: int, shown: int) -> None:
    result = program("check", "--format", "json", *options)
    assert result.code == code
    assert len(json.loads(result.out)["findings"]) == shown


def test_standard_input(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(SERVICE.encode("utf-16"))))
    result = program("check", "--format", "concise", "-")
    assert result.code == 1
    assert result.out.startswith(LINE.replace("web.yaml", "<stdin>"))
    assert program("check", "-", "web.yaml").err == "kubelint-lb: '-' is standard input and stands alone\n"


def test_standard_input_that_is_no_text(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"kind: \xff")))
    result = program("check", "-")
    assert (result.code, result.err) == (2, "kubelint-lb: standard input is not UTF-8 text: byte 6 is 0xff\n")


def test_several_outputs_in_one_run(program: Program) -> None:
    result = program("check", "--format", "concise", "--output", "json=a.json", "--output", "sarif=b.sarif")
    assert result.out.startswith(LINE)
    assert json.loads(Path("a.json").read_text())["findings"][0]["line"] == 8
    assert json.loads(Path("b.sarif").read_text())["version"] == "2.1.0"


def test_a_file_in_place_of_standard_output(program: Program) -> None:
    result = program("check", "--format", "concise", "--color", "always", "--output", "lint.txt")
    assert (result.code, result.out) == (1, "")
    assert Path("lint.txt").read_text().startswith(LINE), "files are never coloured"


def test_standard_output_in_another_format(program: Program) -> None:
    assert program("check", "--output", "json=-").out.startswith('{\n  "version": 1,')


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["nowhere.yaml"], "no such file or folder: nowhere.yaml"),
        (["--select", "weights-not-10"], "unknown rule, family or profile 'weights-not-10' (did you mean 'weights-not-100'?)"),
        (["--ignore", "servic"], "unknown rule, family or profile 'servic' (did you mean 'service'?)"),
        (
            ["--format", "jsn"],
            f"unknown format 'jsn' (did you mean 'json'?); choose from {', '.join(FORMATS)}",
        ),
        (
            ["--output", "srif=x"],
            f"unknown format 'srif' (did you mean 'sarif'?); choose from {', '.join(FORMATS)}",
        ),
        (["--output", "json="], "--output json=: a file name is missing"),
        (["--output", "no/x.txt"], "--output: cannot write no/x.txt: there is no folder no"),
        (["--output", "json=."], "--output: . is a folder"),
        (["--output", "json=-", "--output", "-"], "--output: only one report can go to standard output"),
        (["--config", "no.yaml"], "no such file or folder: no.yaml"),
        (["--kubernetes-version", "new"], "--kubernetes-version: 'new' is not a version such as 1.34"),
        (["--gateway-api-version", "1"], "--gateway-api-version: '1' is not a version such as 1.34"),
    ],
)
def test_wrong_usage(program: Program, arguments: list[str], words: str) -> None:
    result = program("check", *arguments)
    assert (result.code, result.out, result.err) == (2, "", f"kubelint-lb: {words}\n")


@pytest.mark.parametrize("arguments", [["--nope"], ["--severity", "fatal"], ["--fail-on"]])
def test_wrong_options_are_told_in_short(program: Program, arguments: list[str]) -> None:
    result = program("check", *arguments)
    assert (result.code, result.out) == (2, "")
    assert result.err.splitlines()[-1].startswith("Error: ")
    assert len(result.err.splitlines()) <= 4


def test_an_output_that_fails_at_last_is_told_after_the_others_are_written(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_file: Path, _data: bytes) -> int:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("pathlib.Path.write_bytes", full)
    result = program("check", "--format", "concise", "--output", "json=a.json")
    assert result.code == 2
    assert result.out.startswith(LINE)
    assert result.err == "kubelint-lb: --output: cannot write a.json: No space left on device\n"


def test_mistakes_in_a_configuration_are_told_as_compilers_do(program: Program) -> None:
    program.write(".kubelint-lb.yaml", "profil: strict\nselect: [servic]\n")
    result = program("check")
    assert (result.code, result.out) == (2, "")
    assert result.err.splitlines() == [
        ".kubelint-lb.yaml:1:1: profil: unknown key (did you mean 'profile'?)",
        ".kubelint-lb.yaml:2:10: select[0]: unknown rule, family or profile 'servic' (did you mean 'service'?)",
    ]


def test_the_command_line_wins_over_the_configuration(program: Program) -> None:
    program.write(".kubelint-lb.yaml", "select: [gateway]\nignore: [affinity-timeout-unbounded]\n")
    assert program("check").code == 0
    assert program("check", "--select", "service").code == 1
    assert program("check", "--select", "affinity-timeout-unbounded").code == 1


def test_asking_for_a_rule_turns_it_on(program: Program) -> None:
    program.write(".kubelint-lb.yaml", "rules: {affinity-timeout-unbounded: {severity: off}}\n")
    assert program("check").code == 0
    assert program("check", "--select", "affinity-timeout-unbounded").code == 1


def test_notices_go_to_standard_error(program: Program) -> None:
    program.write(".kubelint-lb.yml", "")
    result = program("check", "--format", "json")
    assert json.loads(result.out)
    assert result.err.endswith("is not read: the configuration file is called .kubelint-lb.yaml\n")
    assert program("check", "--quiet").err == ""


def test_quiet_prints_findings_only(program: Program) -> None:
    assert program("check", "--quiet", "--format", "concise").out.count("\n") == 1
    program.write("web.yaml", CLEAN)
    assert program("check", "--quiet").out == ""


def test_statistics(program: Program) -> None:
    assert "  1  warning  affinity-timeout-unbounded\n" in program("check", "--statistics").out


def test_colour_is_asked_for_or_left_out(program: Program) -> None:
    assert "\x1b[" in program("check", "--color", "always").out
    assert "\x1b[" not in program("check").out


@pytest.mark.parametrize(
    ("environment", "terminal", "expected"),
    [
        ({}, True, True),
        ({}, False, False),
        ({"NO_COLOR": "1"}, True, False),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, True, False),
        ({"FORCE_COLOR": "1"}, False, True),
        ({"FORCE_COLOR": "1", "CI": "true"}, False, True),
        ({"FORCE_COLOR": "0"}, False, False),
        ({"CI": "true"}, True, False),
        ({"TERM": "dumb"}, True, False),
    ],
)
def test_automatic_colour(environment: dict[str, str], terminal: bool, expected: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "CI"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("TERM", "xterm")
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr("sys.stdout.isatty", lambda: terminal)
    assert wants_color("auto") is expected
    assert (wants_color("always"), wants_color("never")) == (True, False)


def test_a_defect_of_the_tool_is_3(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("oh")

    monkeypatch.setattr(run, "scope_of", fail)
    result = program("check")
    assert result.code == 3
    assert result.err.endswith(
        "kubelint-lb: this is a defect of kubelint-lb; please report it: https://github.com/kubelint-lb/kubelint-lb/issues\n"
    )


def test_a_baseline_is_written_once_and_used_from_then_on(program: Program) -> None:
    result = program("check", "--write-baseline", "known.json")
    assert (result.code, result.err) == (0, "kubelint-lb: known.json: 1 finding written\n")
    assert result.out.startswith("No problems found (1 suppressed)")
    assert program("check", "--baseline", "known.json").code == 0
    program.write("cart.yaml", SERVICE.replace("web", "cart"))
    result = program("check", "--baseline", "known.json", "--format", "concise")
    assert (result.code, result.out[:14]) == (1, "cart.yaml:8:54")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--baseline", "no.json"], "--baseline: no such file: no.json; make it with --write-baseline no.json"),
        (["--write-baseline", "no/x.json"], "--write-baseline: cannot write no/x.json: there is no folder no"),
        (["--write-baseline", "."], "--write-baseline: . is a folder"),
        (["--changed-since", "a", "--new-since", "b"], "--changed-since and --new-since exclude each other"),
        (["--new-since", "HEAD", "-"], "--new-since: standard input has no revisions"),
    ],
)
def test_nothing_to_compare_with(program: Program, arguments: list[str], words: str) -> None:
    result = program("check", *arguments)
    assert (result.code, result.out, result.err) == (2, "", f"kubelint-lb: {words}\n")


def test_a_broken_baseline_is_told_with_its_place(program: Program) -> None:
    program.write("known.json", '{"version": 1,\n "findings": 3}\n')
    result = program("check", "--baseline", "known.json")
    assert (result.code, result.err) == (2, "known.json:1:1: not a baseline: it has no list of findings\n")


def test_the_times_of_the_rules_stand_on_standard_error(program: Program) -> None:
    program.write("web.yaml", "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n")
    result = program("check", "--profile-rules", "--select", "service-port-invalid", ".")
    assert result.err.splitlines()[0].split() == ["rule", "milliseconds", "share", "calls", "issues"]
    assert [line.split()[0] for line in result.err.splitlines()[1:]] == ["service-port-invalid"]
