"""A real scheduler and two real workers on loopback, one killed in the middle: nothing is lost, nothing done twice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from tests.cli.program import command
from tests.engine.slips import SLIP
from tests.fleet.trees import tree

pytest.importorskip("distributed", reason="distributed is not installed")

_SECONDS = 120
_TREES = 24

# What Dask workers run first: each tree that is begun, and each that is done, leaves a line.
_COUNTING = '''
from kubelint_lb.fleet import isolated
isolated._START = """
import sys, json
sys.path[:] = json.loads(sys.argv[1])
import os
from kubelint_lb.fleet import child, task
lint, write_record = task.lint, task.write_record
log = os.open(os.environ["FLEET_LOG"], os.O_WRONLY | os.O_APPEND | os.O_CREAT)
def begun(paths, settings):
    os.write(log, f"begun {paths[0].name} {os.getppid()}\\\\n".encode())
    return lint(paths, settings)
def done(folder, record):
    write_record(folder, record)
    os.write(log, f"done {folder.name.rpartition('-')[0].rpartition('-')[2]} {os.getppid()}\\\\n".encode())
task.lint, task.write_record = begun, done
child.main(sys.argv[2])
"""
'''


class Cluster:
    """A scheduler and two workers of one thread each, by process."""

    def __init__(
        self, address: str, scheduler: subprocess.Popen[bytes], workers: list[subprocess.Popen[bytes]], log: Path
    ) -> None:
        self.address = address
        self.scheduler = scheduler
        self.workers = workers
        self._log = log

    def lines(self, kind: str) -> list[tuple[str, int]]:
        """The trees that were begun, or done, each with the process of the worker."""
        if not self._log.exists():
            return []
        words = [line.split() for line in self._log.read_text().splitlines()]
        return [(name, int(worker)) for what, name, worker in words if what == kind]


def until(true: Callable[[], object], what: str) -> None:
    """Waits for other processes."""
    end = time.monotonic() + _SECONDS
    while not true():
        assert time.monotonic() < end, what
        time.sleep(0.02)


@contextmanager
def started(folder: Path, *arguments: str | Path) -> Iterator[subprocess.Popen[bytes]]:
    log = folder / "counted.log"
    environment = os.environ | {"FLEET_LOG": str(log), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    with (folder / "dask.log").open("ab") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *map(str, arguments)], cwd=folder, env=environment, stdout=output, stderr=output
        )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[Cluster]:
    folder = tmp_path / "cluster"
    folder.mkdir()
    (folder / "counting.py").write_text(_COUNTING)
    file = folder / "scheduler.json"
    with ExitStack() as stack:
        place = ("--scheduler-file", file)
        scheduler = stack.enter_context(
            started(folder, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", *place)
        )
        until(lambda: file.exists() and file.read_text().endswith("}"), "no scheduler")
        options = ("--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1", "--preload", folder / "counting.py")
        workers = [stack.enter_context(started(folder, "worker", *place, *options)) for _ in range(2)]
        yield Cluster(json.loads(file.read_text())["address"], scheduler, workers, folder / "counted.log")


def fleet(cluster: Cluster, folder: Path, output: Path) -> list[str]:
    return command("fleet", *map(str, sorted(folder.iterdir())), "-o", str(output), "--scheduler", cluster.address, "--no-render")


def large_trees(folder: Path) -> None:
    """As large as to take a while, so that there is a middle."""
    for number in range(_TREES):
        tree(folder / f"t{number}", "---\n".join(SLIP.replace("name: web", f"name: web-{one}") for one in range(60)))


def test_a_worker_is_killed_in_the_middle(cluster: Cluster, tmp_path: Path) -> None:
    large_trees(tmp_path / "trees")
    output = tmp_path / "out"
    with subprocess.Popen(fleet(cluster, tmp_path / "trees", output), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        victim = cluster.workers[0]
        until(lambda: sum(worker == victim.pid for _, worker in cluster.lines("done")) >= 3, "nothing is done")
        victim.kill()
        victim.wait()
        before = {name for name, _ in cluster.lines("done")}
        out, err = running.communicate(timeout=_SECONDS)
    assert (running.returncode, err.decode()) == (0, "")
    assert out.decode().startswith(f"{60 * _TREES} errors in {_TREES} trees.\n")

    said = json.loads((output / "fleet.json").read_text())
    assert said["run"] | {"started": "", "seconds": 0} == {
        "started": "", "seconds": 0, "linted": _TREES, "kept": 0, "failed": 0,
    }  # fmt: skip
    # Nothing lost: each tree is in the summary once, with its reports.
    assert sorted(Path(one["name"]).name for one in said["trees"]) == sorted(f"t{number}" for number in range(_TREES))
    assert len(list(output.glob("trees/*/done.json"))) == _TREES
    assert not list(output.rglob("*.part"))
    # Nothing twice: each tree was done once, and begun again only where the worker was killed at it.
    assert len(before) < _TREES, "it was no longer the middle"
    assert set(Counter(name for name, _ in cluster.lines("done")).values()) == {1}
    again = [name for name, times in Counter(name for name, _ in cluster.lines("begun")).items() if times > 1]
    assert len(again) <= 1
    assert before.isdisjoint(again)
    # And the other worker went on.
    assert {worker for _, worker in cluster.lines("done")} == {one.pid for one in cluster.workers}


def test_what_is_done_is_not_done_again_on_a_cluster_either(cluster: Cluster, tmp_path: Path) -> None:
    for name in ("a", "b", "c"):
        tree(tmp_path / "trees" / name)
    (tmp_path / "trees" / "d.tgz").write_text("no tarball")
    arguments = fleet(cluster, tmp_path / "trees", tmp_path / "out")
    codes = [subprocess.run(arguments, capture_output=True, timeout=_SECONDS, check=False).returncode for _ in range(2)]
    assert codes == [1, 1]  # for the tarball
    assert sorted(name for name, _ in cluster.lines("done")) == ["a", "b", "c"]
    said = json.loads((tmp_path / "out" / "fleet.json").read_text())["run"]
    assert (said["kept"], said["failed"]) == (3, 1)


def test_the_scheduler_is_killed_in_the_middle_and_this_machine_goes_on(cluster: Cluster, tmp_path: Path) -> None:
    large_trees(tmp_path / "trees")
    output = tmp_path / "out"
    arguments = fleet(cluster, tmp_path / "trees", output)
    with subprocess.Popen(arguments, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as running:
        until(lambda: len(cluster.lines("done")) >= 3, "nothing is done")
        cluster.scheduler.kill()
        _, err = running.communicate(timeout=_SECONDS)
    words = "kubelint-lb: the scheduler was lost; what was done is kept, and the same command goes on from there\n"
    assert (running.returncode, err.decode()) == (2, words)
    done = len(list(output.glob("trees/*/done.json")))
    assert 3 <= done < _TREES
    subprocess.run(
        [*arguments[: arguments.index("--scheduler")], "--no-render"], capture_output=True, timeout=_SECONDS, check=True
    )
    said = json.loads((output / "fleet.json").read_text())["run"]
    assert (said["linted"] + said["kept"], said["failed"]) == (_TREES, 0)
    assert said["kept"] >= done
