"""The same run over the same surroundings says the same again; whatever changed, it is run anew."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.program import CLEAN, SERVICE
from tests.engine.work_tree import WorkTree

ROOT = Path(__file__).parents[2]
SECRET = "apiVersion: v1\nkind: Secret\nmetadata: {name: key}\nstringData: {password: hunter2, password: hunter3}\n"
# Says whether the engine was there.
_PROGRAM = """\
import sys
from kubelint_lb.cli.main import main
try:
    main()
finally:
    open(sys.argv[0], 'w').write('made' if 'kubelint_lb.engine.run' in sys.modules else 'repeated')
"""


class Runs:
    """Runs the program in a folder, with a cache of its own."""

    def __init__(self, folder: Path, cache: Path) -> None:
        self.folder = folder
        self.cache = cache
        self._told = cache / "told"

    def __call__(self, *arguments: str, **environment: str) -> tuple[bytes, bytes, int]:
        running = self.start(*arguments, **environment)
        out, err = running.communicate()
        return out, err, running.returncode

    def start(self, *arguments: str, **environment: str) -> subprocess.Popen[bytes]:
        """A run that is not waited for."""
        program = f"import sys\nsys.argv[0] = {str(self._told)!r}\n{_PROGRAM}"
        return subprocess.Popen(
            [sys.executable, "-c", program, "check", *arguments],
            cwd=self.folder,
            env=os.environ | {"XDG_CACHE_HOME": str(self.cache), "PYTHONPATH": str(ROOT), **environment},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def were_repeated(self) -> bool:
        """The last run printed what another had."""
        return self._told.read_text() == "repeated"

    @property
    def entries(self) -> list[Path]:
        return sorted((self.cache / "kubelint-lb" / "answers").glob("*"))


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    folder = tmp_path / "tree"
    cache = tmp_path / "cache"
    folder.mkdir()
    cache.mkdir()
    (folder / "web.yaml").write_text(SERVICE)
    (folder / "other").mkdir()
    (folder / "other" / "clean.yaml").write_text(CLEAN)
    return Runs(folder, cache)


@pytest.mark.parametrize(
    "arguments", [(), ("web.yaml",), ("-f", "json"), ("-f", "sarif", "other"), ("--color", "always", "-v"), ("--quiet",)], ids=str
)
def test_it_is_said_again_byte_for_byte(runs: Runs, arguments: tuple[str, ...]) -> None:
    first = runs(*arguments)
    assert not runs.were_repeated()
    assert runs(*arguments) == first
    assert runs.were_repeated()
    assert runs(*arguments, "--no-cache") == first
    assert not runs.were_repeated()


def _notices(folder: Path) -> None:
    (folder / "kubelint-lb.yml").write_text("profile: strict\n")


def test_notices_are_said_again_too(runs: Runs) -> None:
    _notices(runs.folder)
    first = runs()
    assert b"is not read: the configuration file is called" in first[1]
    assert runs() == first
    assert runs.were_repeated()


def _edit_in_place(folder: Path) -> None:
    file = folder / "web.yaml"
    status = file.stat()
    file.write_text(SERVICE.replace("20000", "30000"))  # as long as it was
    os.utime(file, ns=(status.st_atime_ns, status.st_mtime_ns))  # and as old


def _replace(folder: Path) -> None:
    (folder / "new.yaml").write_text(SERVICE)
    (folder / "new.yaml").replace(folder / "web.yaml")


CHANGES: dict[str, Callable[[Path], object]] = {
    "a file is edited, its date set back": _edit_in_place,
    "a file is replaced by an equal one": _replace,
    "a file comes": lambda folder: (folder / "more.yaml").write_text(CLEAN),
    "a file goes": lambda folder: (folder / "other" / "clean.yaml").unlink(),
    "a file is renamed": lambda folder: (folder / "other" / "clean.yaml").rename(folder / "other" / "b.yaml"),
    "a configuration comes": lambda folder: (folder / ".kubelint-lb.yaml").write_text("profile: strict\n"),
    "one comes above": lambda folder: (folder.parent / ".kubelint-lb.yaml").write_text("profile: strict\n"),
    "git ignores more": lambda folder: (folder / ".gitignore").write_text("other\n"),
    "a kustomization comes": lambda folder: (folder / "other" / "kustomization.yaml").write_text("resources: [clean.yaml]\n"),
    "a file that nobody reads comes": lambda folder: (folder / "web.go").write_text("package web\n"),
    "a link comes": lambda folder: (folder / "link.yaml").symlink_to("web.yaml"),
    "it becomes a work tree": lambda folder: (folder / ".git").mkdir(),
}


@pytest.mark.parametrize("change", [pytest.param(CHANGES[one], id=one) for one in CHANGES])
def test_after_a_change_the_run_is_made(runs: Runs, change: Callable[[Path], object]) -> None:
    runs()
    change(runs.folder)
    after = runs()
    assert not runs.were_repeated()
    assert after == runs("--no-cache")


def test_what_a_file_holds_that_nobody_reads_is_no_change(runs: Runs) -> None:
    (runs.folder / "web.go").write_text("package web\n")
    first = runs()
    (runs.folder / "web.go").write_text("package shop\n")
    assert runs() == first
    assert runs.were_repeated()


def test_a_file_with_a_name_of_its_own_is_read_each_time(runs: Runs) -> None:
    (runs.folder / "manifest.txt").write_text(SERVICE)
    (runs.folder / "known").write_text("")
    for arguments in (("manifest.txt",), ("--write-baseline", "known"), ("--baseline", "known")):
        runs(*arguments)
        runs(*arguments)
        assert not runs.were_repeated()


def test_what_a_chart_or_kustomization_may_be_made_of_is_one(runs: Runs) -> None:
    (runs.folder / "kustomization.yaml").write_text("configMapGenerator: [{name: a, envs: [web.env]}]\n")
    (runs.folder / "web.env").write_text("A=1\n")
    runs()
    (runs.folder / "web.env").write_text("A=2\n")
    runs()
    assert not runs.were_repeated()


def test_another_commit_is_another_question(tmp_path: Path) -> None:
    folder = tmp_path / "tree"
    folder.mkdir()
    tree = WorkTree(folder)
    tree.commit({"web.yaml": SERVICE})
    runs = Runs(folder, tmp_path)
    runs("web.yaml")
    runs("web.yaml")
    assert runs.were_repeated()
    tree.git("commit", "--allow-empty", "-qm", "nothing")
    runs("web.yaml")
    assert not runs.were_repeated()


def test_other_words_are_another_question(runs: Runs) -> None:
    runs()
    for arguments, environment in ((("--severity", "info"), {}), ((), {"COLUMNS": "60"}), ((), {"FORCE_COLOR": "1"})):
        runs(*arguments, **environment)
        assert not runs.were_repeated()


def test_what_writes_or_compares_is_always_made(runs: Runs) -> None:
    for arguments in (("-o", "../out.txt"), ("--diff",), ("--write-baseline", "../b.json"), ("--profile-rules",)):
        runs(*arguments)
        runs(*arguments)
        assert not runs.were_repeated()


def test_nothing_of_a_secret_is_kept(runs: Runs) -> None:
    (runs.folder / "web.yaml").write_text(f"{SERVICE}---\n{SECRET}")
    out, _, _ = runs("-f", "text", "--select", "ALL")
    assert b"hunter3" in out
    assert runs.entries == []
    runs("--select", "ALL", "other")  # what is shown there is of no Secret
    assert all("hunter" not in one.read_text() for one in runs.entries)


def _cut(entry: Path) -> None:
    entry.write_bytes(entry.read_bytes()[:100])


def _folder(entry: Path) -> None:
    entry.unlink()
    entry.mkdir()


SPOILT: dict[str, Callable[[Path], object]] = {
    "cut off": _cut,
    "empty": lambda entry: entry.write_text(""),
    "no text": lambda entry: entry.write_bytes(b"\x80\xff"),
    "nested without end": lambda entry: entry.write_text("[" * 100_000),
    "a list": lambda entry: entry.write_text("[]"),
    "another question's": lambda entry: entry.write_text(json.dumps(json.loads(entry.read_text()) | {"question": ["0.0.1"]})),
    "printed on no stream": lambda entry: entry.write_text(json.dumps(json.loads(entry.read_text()) | {"printed": [["x", "y"]]})),
    "with an odd code": lambda entry: entry.write_text(json.dumps(json.loads(entry.read_text()) | {"code": "0"})),
    "with an odd root": lambda entry: entry.write_text(json.dumps(json.loads(entry.read_text()) | {"root": "/no/such\0"})),
    "a folder": _folder,
}


@pytest.mark.parametrize("spoil", [pytest.param(SPOILT[one], id=one) for one in SPOILT])
def test_a_spoilt_answer_is_none(runs: Runs, spoil: Callable[[Path], object]) -> None:
    first = runs()
    (entry,) = runs.entries
    spoil(entry)
    assert runs() == first
    assert not runs.were_repeated()


def test_a_cache_that_cannot_be_written_is_none(runs: Runs) -> None:
    (runs.cache / "kubelint-lb").write_text("in the way")
    first = runs()
    assert runs() == first
    assert not runs.were_repeated()


def test_many_at_once_keep_one_whole_answer(runs: Runs) -> None:
    said = {one.communicate()[0] for one in [runs.start() for _ in range(6)]}
    assert len(said) == 1
    assert len(runs.entries) == 1
    assert {runs()[0]} == said
    assert runs.were_repeated()


def test_what_a_rendering_said_that_was_ended_is_not_kept(runs: Runs, tmp_path: Path) -> None:
    """Another time it may take less long."""
    for name in ("kustomize", "kubectl"):
        tool = tmp_path / "bin" / name
        tool.parent.mkdir(exist_ok=True)
        tool.write_text("#!/bin/sh\nkill -9 $$\n")
        tool.chmod(0o755)
    patch = "patches: [{target: {kind: Service}, patch: '[{op: add, path: /spec/type, value: NodePort}]'}]"
    (runs.folder / "kustomization.yaml").write_text(f"resources: [web.yaml]\n{patch}\n")
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    assert b"render-failed" in runs(PATH=path)[0]
    runs(PATH=path)
    assert not runs.were_repeated()
