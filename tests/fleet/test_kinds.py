"""Each kind of target becomes the same report, wherever it was unpacked, and nothing of a tree is ever run."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
from pathlib import Path

import pytest

from kubelint_lb.fleet import unpack
from kubelint_lb.fleet.record import read_record
from kubelint_lb.fleet.targets import Target, targets_of
from kubelint_lb.fleet.task import Options, Outcome, Status, Task, lint_tree, task_from, task_text
from tests.engine.slips import GOOD, RULE, SLIP
from tests.fleet.trees import git, report, repository, tarball, tree


@pytest.fixture
def output(tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    (folder / "trees").mkdir(parents=True)
    (folder / "run.txt").write_text("this-run\n")
    return folder


@pytest.fixture
def scratch(tmp_path: Path) -> Path:
    (tmp_path / "scratch").mkdir()
    return tmp_path / "scratch"


def linted(word: str | Path, output: Path, scratch: Path, options: Options = Options()) -> Outcome:  # noqa: B008 - frozen
    (target,) = targets_of([str(word)])
    outcome = lint_tree(Task(target, str(output), options, "this-run"), scratch)
    assert list(scratch.iterdir()) == []  # whatever was unpacked is gone
    return outcome


def places(word: str | Path, output: Path) -> list[tuple[str, str, int]]:
    (target,) = targets_of([str(word)])
    return [(one["rule"], one["path"], one["line"]) for one in report(output, target)["findings"]]


THE_SLIP = [(RULE, "web.yaml", 6)]


def test_a_folder(tmp_path: Path, output: Path, scratch: Path) -> None:
    folder = tree(tmp_path / "shop")
    assert linted(folder, output, scratch).status is Status.LINTED
    assert places(folder, output) == THE_SLIP


def test_a_bare_repository(tmp_path: Path, output: Path, scratch: Path) -> None:
    repository(tmp_path / "shop")
    git(tmp_path, "clone", "-q", "--bare", "shop", "shop.git")
    assert linted(tmp_path / "shop.git", output, scratch).status is Status.LINTED
    assert places(tmp_path / "shop.git", output) == THE_SLIP


def test_a_branch_and_not_what_is_checked_out(tmp_path: Path, output: Path, scratch: Path) -> None:
    folder = repository(tmp_path / "shop")
    (folder / "web.yaml").write_text(GOOD)
    assert linted(f"{folder}#main", output, scratch).status is Status.LINTED
    assert linted(folder, output, scratch).status is Status.LINTED
    assert (places(f"{folder}#main", output), places(folder, output)) == (THE_SLIP, [])


def test_no_filter_of_a_repository_runs(tmp_path: Path, output: Path, scratch: Path) -> None:
    folder = repository(tmp_path / "shop")
    (folder / ".gitattributes").write_text("* filter=evil\n")
    git(folder, "add", ".gitattributes")
    git(folder, "commit", "-qm", "filter")
    for kind in ("smudge", "clean", "process"):
        git(folder, "config", f"filter.evil.{kind}", f"touch {tmp_path}/ran")
    assert linted(f"{folder}#main", output, scratch).status is Status.LINTED
    assert linted(folder, output, scratch).status is Status.LINTED
    assert not (tmp_path / "ran").exists()


@pytest.mark.parametrize("name", ["shop.tar", "shop.tar.gz", "shop.tgz"])
def test_a_tarball_without_the_folder_around_it(name: str, tmp_path: Path, output: Path, scratch: Path) -> None:
    tarball(tmp_path / name, tree(tmp_path / "shop"), "shop-0a1b2c3d")
    assert linted(tmp_path / name, output, scratch).status is Status.LINTED
    assert places(tmp_path / name, output) == THE_SLIP


def test_a_dump_is_complete_and_alone(tmp_path: Path, output: Path, scratch: Path) -> None:
    ingress = {
        "apiVersion": "networking.k8s.io/v1",
        "kind": "Ingress",
        "metadata": {"name": "web", "namespace": "shop"},
        "spec": {"ingressClassName": "x", "defaultBackend": {"service": {"name": "far", "port": {"number": 80}}}},
    }
    tree(tmp_path)  # a file beside the dump, which is no part of that cluster
    (tmp_path / "prod.json").write_text(json.dumps({"apiVersion": "v1", "kind": "List", "items": [ingress]}))
    assert linted(tmp_path / "prod.json", output, scratch).status is Status.LINTED
    found = places(tmp_path / "prod.json", output)
    assert ("ingress-backend-service-not-found", "prod.json") in [one[:2] for one in found]
    assert {path for _, path, _ in found} == {"prod.json"}


def test_all_kinds_say_the_same_in_the_same_bytes(tmp_path: Path, output: Path, scratch: Path) -> None:
    folder = repository(tmp_path / "shop")
    tarball(tmp_path / "shop.tgz", folder, "shop-1")
    words = [str(folder), f"{folder}#main", str(tmp_path / "shop.tgz")]
    for word in words:
        linted(word, output, scratch)
    for name in ("report.json", "report.sarif"):
        assert len({(output / "trees" / one.folder / name).read_bytes() for one in targets_of(words)}) == 1


def test_sarif_has_the_rules_that_were_found(tmp_path: Path, output: Path, scratch: Path) -> None:
    folder = tree(tmp_path / "shop")
    linted(folder, output, scratch)
    (target,) = targets_of([str(folder)])
    (run,) = json.loads((output / "trees" / target.folder / "report.sarif").read_text())["runs"]
    (result,) = run["results"]
    assert [one["id"] for one in run["tool"]["driver"]["rules"]] == [RULE]
    assert (result["ruleId"], result["ruleIndex"]) == (RULE, 0)


# Configuration


def test_each_tree_has_its_own_configuration(tmp_path: Path, output: Path, scratch: Path) -> None:
    folder = tree(tmp_path / "shop")
    (folder / ".kubelint-lb.yaml").write_text(f"ignore: [{RULE}]\n")
    linted(folder, output, scratch)
    assert places(folder, output) == []


def test_what_lies_above_a_tree_does_not_configure_it(tmp_path: Path, output: Path, scratch: Path) -> None:
    (tmp_path / ".kubelint-lb.yaml").write_text(f"ignore: [{RULE}]\n")
    folder = tree(tmp_path / "shop")
    linted(folder, output, scratch)
    assert places(folder, output) == THE_SLIP


def test_one_configuration_for_all(tmp_path: Path, output: Path, scratch: Path) -> None:
    config = tmp_path / "all.yaml"
    config.write_text(f"ignore: [{RULE}]\n")
    folder = tree(tmp_path / "shop")
    linted(folder, output, scratch, Options(str(config), "digest"))
    assert places(folder, output) == []


def test_a_configuration_under_a_wrong_name_is_told_of(tmp_path: Path, output: Path, scratch: Path) -> None:
    tree(tmp_path / "shop")
    (tmp_path / "shop" / ".kubelint-lb.yml").write_text("")
    (tmp_path / ".kubelint-lb.yml").write_text("")  # and one above, which concerns nobody here
    file = tarball(tmp_path / "shop.tar", tmp_path / "shop", "x")
    linted(file, output, scratch)
    (target,) = targets_of([str(file)])
    record = read_record(output / "trees" / target.folder)
    assert record is not None
    assert record.notices == (f"{file}/x/.kubelint-lb.yml is not read: the configuration file is called .kubelint-lb.yaml",)


# What is no tree


def broken_gzip(file: Path) -> None:
    file.write_bytes(gzip.compress(b"x" * 10_000)[:-30])


def climbing_tarball(file: Path) -> None:
    with tarfile.open(file, "w") as tar:
        member = tarfile.TarInfo("../../climbed.yaml")
        member.size = len(SLIP)
        tar.addfile(member, io.BytesIO(SLIP.encode()))


@pytest.mark.parametrize(
    ("name", "made", "why"),
    [
        ("missing", lambda _: None, "no such file or folder: {place}"),
        ("words.txt", lambda file: file.write_text("x"), "{place} is no folder, git repository, tarball"),
        ("shop.tar", lambda file: file.write_text("x"), "{place} is no tarball, or a broken one: "),
        ("shop.tgz", lambda file: file.write_text("x"), "{place} is no tarball, or a broken one: Not a gzipped file"),
        ("cut.tgz", broken_gzip, "{place} is no tarball, or a broken one: "),
        ("up.tar", climbing_tarball, "{place} is not unpacked: '../../climbed.yaml' would be extracted to"),
        ("folder#main", lambda file: tree(file.parent / "folder"), "not a git repository"),
    ],
)
def test_what_is_no_tree_says_why(name: str, made: object, why: str, tmp_path: Path, output: Path, scratch: Path) -> None:
    assert callable(made)
    made(tmp_path / name)
    outcome = linted(tmp_path / name, output, scratch)
    assert outcome.status is Status.FAILED
    assert why.format(place=tmp_path / name) in outcome.reason
    assert not (tmp_path / "climbed.yaml").exists()


def test_a_revision_that_is_not_there(tmp_path: Path, output: Path, scratch: Path) -> None:
    outcome = linted(f"{repository(tmp_path / 'shop')}#gone", output, scratch)
    assert outcome.reason.startswith("git knows no revision 'gone'")


def test_a_tarball_that_unpacks_to_too_much(tmp_path: Path, output: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "MOST_BYTES", 1 << 20)
    with tarfile.open(tmp_path / "bomb.tgz", "w:gz") as tar:
        member = tarfile.TarInfo("zeros.yaml")
        member.size = 64 << 20
        tar.addfile(member, io.BytesIO(bytes(member.size)))
    assert linted(tmp_path / "bomb.tgz", output, scratch).reason == "it unpacks to more than 1 MiB"


def test_a_tarball_with_too_many_files(tmp_path: Path, output: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unpack, "MOST_FILES", 1)
    tarball(tmp_path / "many.tar", tree(tmp_path / "shop"), "shop")
    assert linted(tmp_path / "many.tar", output, scratch).reason == "it holds more than 1 files"


def test_links_and_devices_are_left_out_of_tarballs(tmp_path: Path, output: Path, scratch: Path) -> None:
    file = tarball(tmp_path / "shop.tar", tree(tmp_path / "shop"), ".")
    with tarfile.open(file, "a") as tar:
        for name, kind in [("passwd.yaml", tarfile.SYMTYPE), ("hard.yaml", tarfile.LNKTYPE), ("pipe.yaml", tarfile.FIFOTYPE)]:
            member = tarfile.TarInfo(name)
            member.type, member.linkname = kind, "/etc/passwd"
            tar.addfile(member)
    assert linted(file, output, scratch).status is Status.LINTED
    assert places(file, output) == THE_SLIP


def test_mistakes_in_a_configuration_are_told_by_their_own_place(tmp_path: Path, output: Path, scratch: Path) -> None:
    folder = tree(tmp_path / "shop")
    (folder / ".kubelint-lb.yaml").write_text("nothing: 1\n")
    file = tarball(tmp_path / "shop.tar", folder, ".")
    reason = linted(file, output, scratch).reason
    assert ".kubelint-lb.yaml:1:1:" in reason
    assert "unpacked-" not in reason


# Workers elsewhere


def test_a_task_survives_the_way_to_a_worker() -> None:
    task = Task(Target("a", "t", "/a", "b", complete=True), "/out", Options(profile="strict"), "run", fresh=True)
    assert task_from(task_text(task)) == task


def test_a_worker_of_another_version_does_nothing(tmp_path: Path, output: Path, scratch: Path) -> None:
    (target,) = targets_of([str(tree(tmp_path / "shop"))])
    outcome = lint_tree(Task(target, str(output), Options(), "this-run", version="9.9"), scratch)
    assert outcome.reason == "the worker has kubelint-lb 0.1.0, not 9.9"


@pytest.mark.parametrize(
    ("folder", "why"),
    [("elsewhere", "the worker does not see {}: its machine must share that folder"), ("out", "another run writes to {}")],
)
def test_a_worker_that_sees_another_folder_does_nothing(
    folder: str, why: str, tmp_path: Path, output: Path, scratch: Path
) -> None:
    (target,) = targets_of([str(tree(tmp_path / "shop"))])
    outcome = lint_tree(Task(target, str(tmp_path / folder), Options(), "other-run"), scratch)
    assert outcome.reason == why.format(tmp_path / folder)
    assert list((output / "trees").iterdir()) == []


def test_what_a_lost_worker_had_done_is_not_done_again(
    tmp_path: Path, output: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (target,) = targets_of([str(tree(tmp_path / "shop"))])
    task = Task(target, str(output), Options(), "this-run", fresh=True)
    assert lint_tree(task, scratch).status is Status.LINTED
    monkeypatch.setattr("kubelint_lb.fleet.task.lint", None)
    assert lint_tree(task, scratch).status is Status.LINTED  # in this run, though not this time


def test_a_defect_is_an_outcome(tmp_path: Path, output: Path, scratch: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise KeyError("oops")

    monkeypatch.setattr("kubelint_lb.fleet.task.lint", broken)
    reason = linted(tree(tmp_path / "shop"), output, scratch).reason
    assert reason.startswith("a defect of kubelint-lb, please report it: KeyError: 'oops' (test_kinds.py:")
