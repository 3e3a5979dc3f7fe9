"""`fleet` as people run it."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.program import Program, command
from tests.engine.slips import GOOD, RULE, SLIP
from tests.fleet.trees import tree

NO_PARQUET = "kubelint-lb: no fleet.parquet was written, as that takes pyarrow: pip install 'kubelint-lb[fleet]'\n"


@pytest.fixture(autouse=True)
def no_pyarrow(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same whether it is installed or not."""
    monkeypatch.setattr("kubelint_lb.fleet.run.find_spec", lambda _: None)


def test_it_says_what_was_found_and_where_to_look(program: Program) -> None:
    tree(program.folder / "shop" / "a")
    tree(program.folder / "shop" / "b", GOOD)
    result = program("fleet", "shop/a", "shop/b", "--output", "out", "--team-by", "first-folder", "--jobs", "1")
    assert result == (0, "1 error in 2 trees.\nSee out/fleet.html.\n", NO_PARQUET)
    said = json.loads((program.folder / "out" / "fleet.json").read_text())
    assert [(one["name"], one["team"]) for one in said["trees"]] == [("shop/a", "shop"), ("shop/b", "shop")]
    assert program("fleet", "shop/a", "shop/b", "--output", "out", "--team-by", "first-folder").out == (
        "1 error in 2 trees, 2 of them unchanged since they were linted.\n"
        "Since the last run: 0 new, 0 gone.\nSee out/fleet.html.\n"
    )


def test_a_report_is_what_check_says_in_the_tree(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    shop = program.folder / "shop"
    shutil.copytree(Path(__file__).parents[2] / "examples" / "broken-shop", shop)
    program("fleet", "shop", "-o", "out", "--no-render")
    (report,) = program.folder.glob("out/trees/*/report.json")
    monkeypatch.chdir(shop)
    checked = program("check", "--format", "json", "--no-render")
    assert json.loads(report.read_text()) == json.loads(checked.out)
    assert len(json.loads(checked.out)["findings"]) > 10


def test_trees_that_could_not_be_linted_are_listed(program: Program) -> None:
    tree(program.folder / "a")
    result = program("fleet", "a", "missing", "-o", "out")
    assert (result.code, result.err) == (
        1,
        f"kubelint-lb: missing was not linted: no such file or folder: {program.folder}/missing\n{NO_PARQUET}",
    )
    assert result.out.startswith("1 error in 1 tree.\n")


@pytest.mark.parametrize(("text", "fail_on", "code"), [(SLIP, "error", 1), (SLIP, "never", 0), (GOOD, "warning", 0)])
def test_findings_fail_on_request(text: str, fail_on: str, code: int, program: Program) -> None:
    tree(program.folder / "a", text)
    assert program("fleet", "a", "-o", "out", "--fail-on", fail_on).code == code


def test_a_configuration_for_all(program: Program) -> None:
    tree(program.folder / "a")
    program.write("all.yaml", f"ignore: [{RULE}]\n")
    assert program("fleet", "a", "-o", "out", "--config", "all.yaml").out.startswith("No problems found in 1 tree.\n")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["https://example.com/a.git"], "nothing is fetched from the network"),
        (["@missing.txt"], "cannot read missing.txt: No such file or directory"),
        (["a", "--team-by", "x"], "--team-by: 'x' is neither first-folder nor a pattern"),
        (["a", "--config", "missing.yaml"], "no such file or folder: missing.yaml"),
        (["a", "--profile", "strickt"], "(did you mean 'strict'?)"),
        (["a", "--kubernetes-version", "x"], "--kubernetes-version: 'x' is not a version"),
        (["."], "--output: "),
    ],
)
def test_wrong_usage(arguments: list[str], words: str, program: Program) -> None:
    result = program("fleet", *arguments, "-o", "out")
    assert result.code == 2
    assert words in result.err
    assert "Traceback" not in result.err


def test_a_cluster_takes_dask(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    result = program("fleet", "a", "-o", "out", "--scheduler", "tcp://127.0.0.1:1")
    assert (result.code, result.err) == (2, "kubelint-lb: --scheduler takes Dask: pip install 'kubelint-lb[fleet]'\n")


def test_no_scheduler_there(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed", reason="distributed is not installed")
    monkeypatch.setattr("kubelint_lb.fleet.dask._CONNECT_SECONDS", 0.2)
    result = program("fleet", "a", "-o", "out", "--scheduler", "tcp://127.0.0.1:1")
    assert result.code == 2
    assert "--scheduler: no Dask scheduler at tcp://127.0.0.1:1: " in result.err


def test_an_interrupted_run_goes_on_where_it_stopped(tmp_path: Path) -> None:
    for number in range(12):
        tree(tmp_path / "trees" / f"t{number}", "---\n".join(SLIP.replace("name: web", f"name: web-{one}") for one in range(60)))
    words = [f"trees/t{number}" for number in range(12)]
    arguments = command("fleet", *words, "--jobs", "1", "-o", "out")
    with subprocess.Popen(arguments, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        end = time.monotonic() + 120
        while len(list(tmp_path.glob("out/trees/*/done.json"))) < 2:
            assert time.monotonic() < end
            time.sleep(0.01)
        running.send_signal(signal.SIGINT)
        _, err = running.communicate(timeout=60)
    assert (running.returncode, err) == (130, b"")  # no word of a process that was ended
    done = len(list(tmp_path.glob("out/trees/*/done.json")))
    assert 2 <= done < 12
    again = subprocess.run(arguments, cwd=tmp_path, capture_output=True, timeout=120, text=True, check=True)
    assert re.match(rf"720 errors in 12 trees, {done} of them unchanged", again.stdout)


def test_every_option_is_in_the_guide() -> None:
    from typer import Typer
    from typer.main import get_command

    from kubelint_lb.cli.fleet import fleet

    app = Typer(add_completion=False)
    app.command()(fleet)
    guide = (Path(__file__).parents[2] / "docs" / "fleet.md").read_text()
    options = {option for parameter in get_command(app).params for option in parameter.opts if option.startswith("--")}
    assert {option for option in options if option not in guide} == set()


def test_the_list_in_the_guide_is_one(program: Program) -> None:
    guide = (Path(__file__).parents[2] / "docs" / "fleet.md").read_text()
    program.write("targets.txt", guide.partition("\n```\n# team by team\n")[2].partition("\n```\n")[0])
    (program.folder / "checkouts" / "shop").mkdir(parents=True)
    result = program("fleet", "@targets.txt", "-o", "out")
    said = json.loads((program.folder / "out" / "fleet.json").read_text())
    assert [(one["name"], one["team"]) for one in said["trees"]] == [
        ("checkouts/shop", "shop"),
        ("mirrors/deploy.git#env/*", "platform"),
        ("prod", "platform"),
    ]
    assert result.code == 1
