"""A run over many trees: what is done stays done, what fails stops nothing else, and the last run is what it goes against."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest

from kubelint_lb.fleet import isolated, record
from kubelint_lb.fleet.run import How, configured, run_fleet
from kubelint_lb.fleet.targets import targets_of
from kubelint_lb.fleet.task import Options, Status, Task
from kubelint_lb.fleet.teams import team_rule
from kubelint_lb.settings.errors import ConfigError, UsageError
from tests.engine.slips import GOOD, RULE, SLIP
from tests.fleet.trees import reasons, report, repository, run, statuses, summary, tarball, tree

# What worker processes do before they begin. `lint_tree` of a tree called NAME is replaced.
_INJECTED = """
import sys, json
sys.path[:] = json.loads(sys.argv[1])
from kubelint_lb.fleet import child, task
import os, time
lint, lint_tree = task.lint, child.lint_tree
{}
child.main(sys.argv[2])
"""


def injected(monkeypatch: pytest.MonkeyPatch, code: str) -> None:
    monkeypatch.setattr(isolated, "_START", _INJECTED.format(code))


def counting(monkeypatch: pytest.MonkeyPatch, log: Path) -> None:
    """Every tree that is linted leaves a line, in whatever process."""
    injected(
        monkeypatch,
        f"""
def counted(paths, settings):
    with open({str(log)!r}, "a") as file:
        file.write(paths[0].name + "\\n")
    return lint(paths, settings)
task.lint = counted
""",
    )


def happening(monkeypatch: pytest.MonkeyPatch, name: str, what: str) -> None:
    """Something happens to the process that is to lint a tree."""
    injected(
        monkeypatch,
        f"""
def happens(one, scratch):
    if one.target.name.endswith({name!r}):
        {what}
    return lint_tree(one, scratch)
child.lint_tree = happens
""",
    )


@pytest.fixture
def output(tmp_path: Path) -> Path:
    return tmp_path / "out"


def trees(folder: Path, *names: str) -> list[Path]:
    return [tree(folder / name) for name in names]


# What is done is not done again


def test_a_second_run_lints_nothing(tmp_path: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    log = tmp_path / "log"
    counting(monkeypatch, log)
    branch = f"{repository(tmp_path / 'c')}#main"
    packed = tarball(tmp_path / "d.tgz", tree(tmp_path / "x"), "x")
    words: list[str | Path] = [*trees(tmp_path, "a", "b"), branch, packed]
    first = run(words, output)
    assert len(log.read_text().splitlines()) == 4
    log.write_text("")
    second = run(words, output)
    assert log.read_text() == ""
    assert (set(statuses(first).values()), set(statuses(second).values())) == ({"linted"}, {"kept"})


def test_only_what_changed_is_linted(tmp_path: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = trees(tmp_path, "a", "b", "c")
    run(words, output)
    log = tmp_path / "log"
    counting(monkeypatch, log)
    tree(words[1], GOOD)
    assert statuses(run(words, output)) == {"a": "kept", "b": "linted", "c": "kept"}
    assert log.read_text() == "b\n"


def test_a_fresh_clone_is_the_same_tree(tmp_path: Path, output: Path) -> None:
    (folder,) = trees(tmp_path, "a")
    run([folder], output)
    (folder / "web.yaml").unlink()
    tree(folder)
    assert statuses(run([folder], output)) == {"a": "kept"}


def test_what_was_done_before_a_run_was_ended_is_not_done_again(tmp_path: Path, output: Path) -> None:
    words = trees(tmp_path, "a", "b")
    run(words[:1], output)  # as if the run over both had been ended after the first
    assert statuses(run(words, output)) == {"a": "kept", "b": "linted"}


@pytest.mark.parametrize("damage", ["{", "[]", '{"key": 1}', "null"])
def test_a_record_that_is_none_is_as_if_nothing_was_done(damage: str, tmp_path: Path, output: Path) -> None:
    words = trees(tmp_path, "a")
    run(words, output)
    (done,) = output.glob("trees/*/done.json")
    done.write_text(damage)
    assert statuses(run(words, output)) == {"a": "linted"}


def test_all_again_on_request(tmp_path: Path, output: Path) -> None:
    words = trees(tmp_path, "a")
    run(words, output)
    assert statuses(run(words, output, fresh=True)) == {"a": "linted"}


@pytest.mark.parametrize("options", [Options(severity="info"), Options(profile="strict"), Options(complete=True)])
def test_other_options_make_other_reports(options: Options, tmp_path: Path, output: Path) -> None:
    words = trees(tmp_path, "a")
    run(words, output)
    assert statuses(run(words, output, options=options)) == {"a": "linted"}


def test_so_does_another_configuration(tmp_path: Path, output: Path) -> None:
    words = trees(tmp_path, "a")
    config = tmp_path / "all.yaml"
    found = []
    for text in ("ignore: []\n", f"ignore: [{RULE}]\n", f"ignore: [{RULE}]\n"):
        config.write_text(text)
        done = run(words, output, options=Options(*configured(config)))
        found.append((statuses(done)["a"], sum(done.summary.severities.values())))
    assert found == [("linted", 1), ("linted", 0), ("kept", 0)]


def test_mistakes_in_the_configuration_for_all_stop_the_run(tmp_path: Path) -> None:
    (tmp_path / "all.yaml").write_text("nothing: 1\n")
    with pytest.raises(ConfigError):
        configured(tmp_path / "all.yaml")


def test_what_is_suppressed_is_looked_at_again_on_another_day(tmp_path: Path, output: Path) -> None:
    folder = tree(tmp_path / "a", SLIP.replace("1.10", f"1.10  # kubelint-lb: ignore[{RULE}] -- old"))
    done = run([folder], output)
    assert done.summary.trees[0].suppressed == 1
    assert statuses(run([folder], output)) == {"a": "kept"}
    (file,) = output.glob("trees/*/done.json")
    said = json.loads(file.read_text())
    file.write_text(json.dumps(said | {"day": "2020-01-01"}))
    assert statuses(run([folder], output)) == {"a": "linted"}


# One bad tree never stops the rest


def test_bad_trees_are_told_of_and_the_rest_is_linted(tmp_path: Path, output: Path) -> None:
    (tmp_path / "broken.tgz").write_text("no tarball")
    words = [*trees(tmp_path, "a", "z"), tmp_path / "broken.tgz", tmp_path / "missing"]
    done = run(words, output)
    assert statuses(done) == {"a": "linted", "broken.tgz": "failed", "missing": "failed", "z": "linted"}
    assert reasons(done)["missing"] == f"no such file or folder: {tmp_path}/missing"
    said = summary(output)
    assert (said["totals"]["trees"], said["totals"]["failed"]) == (4, 2)


def test_a_tree_that_kills_its_process(tmp_path: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    happening(monkeypatch, "/b", "os.kill(os.getpid(), 9)")
    done = run(trees(tmp_path, "a", "b", "c", "d"), output)
    assert statuses(done) == {"a": "linted", "b": "failed", "c": "linted", "d": "linted"}
    assert reasons(done) == {"b": "the process that linted it ended twice: signal 9"}


def test_a_process_that_was_killed_once_is_replaced(tmp_path: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    mark = str(tmp_path / "once")
    happening(monkeypatch, "/b", f"os.path.exists({mark!r}) or (open({mark!r}, 'w').close(), os._exit(7))")
    assert statuses(run(trees(tmp_path, "a", "b", "c"), output)) == {"a": "linted", "b": "linted", "c": "linted"}


def test_a_tree_that_takes_too_long(tmp_path: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    happening(monkeypatch, "/b", "time.sleep(3600)")
    done = run(trees(tmp_path, "a", "b"), output, seconds=5)
    assert statuses(done) == {"a": "linted", "b": "failed"}
    assert reasons(done) == {"b": "it took longer than 5 s"}


def test_a_process_that_prints_says_nothing_wrong(tmp_path: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    happening(monkeypatch, "/a", "print('noise', flush=True)")
    assert statuses(run(trees(tmp_path, "a"), output)) == {"a": "linted"}


def test_a_process_that_had_nothing_to_do_goes_and_another_comes(
    tmp_path: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = trees(tmp_path, "a", "b")
    run(words, output)
    injected(monkeypatch, "child.IDLE_SECONDS = 0.01")
    name = (output / "run.txt").read_text().strip()
    tasks = [Task(one, str(output), Options(), name) for one in targets_of(map(str, words))]
    worker = isolated.Isolated()
    try:
        found = []
        for task in tasks:
            found.append(worker.ask(task, 60).status)
            assert worker._process is not None
            assert worker._process.wait(60) == 0
    finally:
        worker.end()
    assert found == [Status.LINTED, Status.LINTED]


def test_a_process_knows_one_run_only(tmp_path: Path, output: Path) -> None:
    (folder,) = trees(tmp_path, "a")
    (target,) = targets_of([str(folder)])
    (folder / "rules").mkdir()
    (folder / ".kubelint-lb.yaml").write_text("rule-paths: [rules]\nselect: [no-web]\n")
    worker, words = isolated.Isolated(), []
    try:
        for number in (1, 2):
            (folder / "rules" / "no-web.yaml").write_text(_RULE_OF_OUR_OWN.format(number))
            (output / "trees").mkdir(parents=True, exist_ok=True)
            (output / "run.txt").write_text(f"run-{number}\n")
            assert worker.ask(Task(target, str(output), Options(), f"run-{number}"), 60).reason == ""
            words += [one["message"] for one in report(output, target)["findings"]]
    finally:
        worker.end()
    assert words == ["Words 1.", "Words 2."]


_RULE_OF_OUR_OWN = """\
name: no-web
severity: error
confidence: high
since: 0.1.0
kinds: [Service]
messages:
  found: "Words {}."
assert:
  - at: metadata.name
    schema: {{const: other}}
    message: found
---
summary: A Service is called so.
why: |
  It may not.
remedy: |
  Call it other.
"""


def test_processes_are_renewed(tmp_path: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolated, "_MOST_TREES", 1)
    assert set(statuses(run(trees(tmp_path, "a", "b", "c"), output, jobs=1)).values()) == {"linted"}


def test_no_old_report_lies_beside_a_failure(tmp_path: Path, output: Path) -> None:
    words = [tarball(tmp_path / "a.tgz", tree(tmp_path / "x"), "x"), tree(tmp_path / "b")]
    run(words, output)
    words[0].write_text("broken")
    run(words, output)
    assert sorted(one.parent.name[:5] for one in output.glob("trees/*/report.json")) == [
        one.parent.name[:5] for one in output.glob("trees/*/done.json")
    ]
    assert len(list(output.glob("trees/*/report.json"))) == 1


def test_what_was_unpacked_for_a_tree_that_failed_is_gone(tmp_path: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "temporary"))
    happening(monkeypatch, ".tgz", "open(os.path.join(scratch, 'left'), 'w').close(); os._exit(1)")
    run([tarball(tmp_path / "a.tgz", tree(tmp_path / "x"), "x")], output)
    assert list((tmp_path / "temporary").iterdir()) == []


def test_that_no_process_can_be_started_is_told(tmp_path: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", str(tmp_path / "no-python"))
    (reason,) = reasons(run(trees(tmp_path, "a"), output)).values()
    assert reason.startswith("no process could be asked: FileNotFoundError: ")


def test_modules_of_the_folder_it_runs_in_are_not_ours(tmp_path: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('a module of a checkout was run')\n")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.path", [one for one in sys.path if one])
    assert statuses(run(trees(tmp_path, "a"), output)) == {"a": "linted"}


def test_what_is_no_answer_ends_the_process(tmp_path: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    injected(monkeypatch, "child.outcome_text = lambda _: b'nonsense\\n'")
    assert reasons(run(trees(tmp_path, "a"), output)) == {"a": "the process that linted it ended twice: signal 9"}


def test_a_run_that_another_one_overtook_leaves_all_to_it(tmp_path: Path, output: Path) -> None:
    words = trees(tmp_path, "a")
    run(words, output)
    before = (output / "fleet.json").read_bytes()

    def overtaken(*_: object) -> None:
        (output / "run.txt").write_text("another\n")

    with pytest.raises(UsageError, match=f"--output: another run began to write to {output}"):
        run_fleet(targets_of(map(str, words)), output, Options(), How(1, 60), overtaken)
    assert (output / "fleet.json").read_bytes() == before
    assert len(list(output.glob("trees/*/done.json"))) == 1


def test_no_tree_at_all(output: Path) -> None:
    assert run([], output).summary.trees == ()


def test_the_output_may_not_lie_in_a_tree(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"--output: .*/a/out lies in .*/a, which is linted"):
        run(trees(tmp_path, "a"), tmp_path / "a" / "out")


def test_the_output_may_not_be_a_file(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="--output: cannot make"):
        run(trees(tmp_path, "a"), tmp_path / "file")


# The summary


def test_which_rules_where_by_team(tmp_path: Path, output: Path) -> None:
    words = [tree(tmp_path / "shop" / "a"), tree(tmp_path / "shop" / "b", GOOD), tree(tmp_path / "bank" / "c")]
    run(words, output, team_of=team_rule("**/{team}/*"))
    said = summary(output)
    assert [(one["rule"], one["findings"], one["trees"], one["teams"]) for one in said["rules"]] == [
        (RULE, 2, 2, {"bank": 1, "shop": 1})
    ]
    assert [(one["team"], one["trees"], one["rules"]) for one in said["teams"]] == [
        ("bank", 1, {RULE: 1}),
        ("shop", 2, {RULE: 1}),
    ]
    assert [(Path(one["name"]).name, one["team"], one["rules"]) for one in said["trees"]] == [
        ("c", "bank", {RULE: 1}),
        ("a", "shop", {RULE: 1}),
        ("b", "shop", {}),
    ]


def test_the_same_trees_give_the_same_bytes_in_whatever_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    words = trees(tmp_path, "a", "b", "c", "d")
    run(words, tmp_path / "one", jobs=1)
    happening(monkeypatch, "/a", "time.sleep(1)")  # the first is the last to be done
    run(reversed(words), tmp_path / "two", jobs=4)
    assert summary(tmp_path / "one") == summary(tmp_path / "two")
    files = sorted(one.relative_to(tmp_path / "one") for one in (tmp_path / "one").rglob("*") if one.is_file())
    same = [one for one in files if one.name not in {"fleet.json", "run.txt", "done.json"}]
    assert len(same) >= 10
    assert [one for one in same if (tmp_path / "one" / one).read_bytes() != (tmp_path / "two" / one).read_bytes()] == []


# The trend


def trend(output: Path) -> tuple[int, int] | None:
    said = summary(output)["trend"]
    return said and (said["new"], said["gone"])


def test_a_first_run_has_no_trend(tmp_path: Path, output: Path) -> None:
    run(trees(tmp_path, "a"), output)
    assert trend(output) is None


def test_new_and_gone_findings(tmp_path: Path, output: Path) -> None:
    words = [tree(tmp_path / "a", GOOD), *trees(tmp_path, "b", "c")]
    run(words, output)
    tree(words[0], SLIP)
    tree(words[1], GOOD)
    run(words, output)
    said = summary(output)
    assert trend(output) == (1, 1)
    assert [(one["findings"], one["new"], one["gone"]) for one in said["rules"]] == [(2, 1, 1)]
    assert [(one["new"], one["gone"]) for one in said["trees"]] == [(1, 0), (0, 1), (0, 0)]
    run(words, output)
    assert trend(output) == (0, 0)


def test_a_finding_that_takes_the_place_of_another_is_new(tmp_path: Path, output: Path) -> None:
    (folder,) = trees(tmp_path, "a")
    run([folder], output)
    tree(folder, SLIP.replace("name: web", "name: other"))
    run([folder], output)
    assert trend(output) == (1, 1)


def test_a_finding_that_only_moved_is_the_same(tmp_path: Path, output: Path) -> None:
    (folder,) = trees(tmp_path, "a")
    run([folder], output)
    tree(folder, "# a comment\n" + SLIP)
    run([folder], output)
    assert trend(output) == (0, 0)


def test_a_rule_that_is_found_no_more_is_still_in_the_list(tmp_path: Path, output: Path) -> None:
    (folder,) = trees(tmp_path, "a")
    run([folder], output)
    tree(folder, GOOD)
    run([folder], output)
    assert [(one["rule"], one["findings"], one["gone"]) for one in summary(output)["rules"]] == [(RULE, 0, 1)]


def test_trees_that_came_and_went_are_no_new_and_gone_findings(tmp_path: Path, output: Path) -> None:
    a, b, c, d = trees(tmp_path, "a", "b", "c", "d")
    run([a, b, d], output)
    run([b, c], output)
    assert summary(output)["trend"] == {"trees_came": 1, "trees_went": 2, "trees_compared": 1, "new": 0, "gone": 0}


def test_a_tree_that_failed_is_compared_with_what_it_was_before(tmp_path: Path, output: Path) -> None:
    folder, away = tree(tmp_path / "a"), tmp_path / "away"
    run([folder], output)
    folder.rename(away)
    run([folder], output)
    assert summary(output)["trend"] == {"trees_came": 0, "trees_went": 0, "trees_compared": 0, "new": 0, "gone": 0}
    tree(away, GOOD).rename(folder)
    run([folder], output)
    assert trend(output) == (0, 1)


def test_a_run_that_ended_before_its_summary_counts_for_nothing(
    tmp_path: Path, output: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder,) = trees(tmp_path, "a")
    run([folder], output)
    tree(folder, GOOD)

    def ended(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("kubelint_lb.fleet.run._write", ended)
        with pytest.raises(KeyboardInterrupt):
            run([folder], output)
    assert statuses(run([folder], output)) == {"a": "kept"}
    assert trend(output) == (0, 1)
    assert not list(output.rglob("*.part"))


def test_a_line_of_the_last_run_that_cannot_be_read(tmp_path: Path, output: Path) -> None:
    words = trees(tmp_path, "a", "b")
    run(words, output)
    file = output / "last-run.jsonl"
    file.write_text("nonsense\n" + file.read_text().splitlines()[1] + "\n")
    run(words, output)
    said = summary(output)["trend"]
    assert (said["trees_came"], said["trees_compared"]) == (1, 1)


def test_a_record_that_vanished_is_a_failure(tmp_path: Path, output: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("kubelint_lb.fleet.summary.read_record", lambda _: None)
    assert reasons(run(trees(tmp_path, "a"), output)) == {"a": "its record cannot be read"}
    assert record.DONE == "done.json"
