"""A run that is stopped stops what it started: at once, and whatever its tools are doing."""

from __future__ import annotations

import os
import select
import signal
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.program import CLEAN, command
from tests.conftest import write_tree

ROOT = Path(__file__).parents[2]
# It tells that it runs, and holds the pipe open for as long as it or its own child lives.
TOOL = """\
#!/bin/sh
exec 9> "{alive}"
echo started >&9
/bin/sleep 300 &
wait
"""
TREES = {
    "helm": {"Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n", "templates/web.yaml": CLEAN},
    "kustomize": {
        "kustomization.yaml": (
            "namePrefix: shop\nresources: [web.yaml]\nvars: [{name: A, objref: {kind: Service, name: web, apiVersion: v1}}]\n"
        ),
        "web.yaml": CLEAN,
    },
}


class Alive:
    """A pipe whose other end is open as long as a tool lives."""

    def __init__(self, place: Path) -> None:
        os.mkfifo(place)
        self._end = os.open(place, os.O_RDONLY | os.O_NONBLOCK)
        os.set_blocking(self._end, True)

    def read(self, seconds: float) -> bytes | None:
        """What a tool said, nothing once all are gone; None if neither happens in time."""
        readable, _, _ = select.select([self._end], [], [], seconds)
        return os.read(self._end, 100) if readable else None

    def close(self) -> None:
        os.close(self._end)


@pytest.fixture
def alive(tmp_path: Path) -> Iterator[Alive]:
    pipe = Alive(tmp_path / "alive")
    yield pipe
    pipe.close()


@pytest.fixture
def _nothing_is_ignored() -> Iterator[None]:
    """What this process ignores, as under `nohup`, its children would."""
    before = signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    signal.signal(signal.SIGHUP, before)


@pytest.mark.usefixtures("_nothing_is_ignored")
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGTERM", 143), ("SIGHUP", 129)])
@pytest.mark.parametrize("tool", TREES)
def test_no_tool_outlives_the_run(tmp_path: Path, alive: Alive, tool: str, name: str, code: int) -> None:
    program = tmp_path / "bin" / tool
    write_tree(tmp_path, {f"bin/{tool}": TOOL.format(alive=tmp_path / "alive")})
    program.chmod(0o755)
    for unit in range(12):  # more than run at a time: those that wait must not start any more
        write_tree(tmp_path / f"tree/{unit}", {name: text.replace("shop", f"shop-{unit}") for name, text in TREES[tool].items()})
    environment = os.environ | {"PATH": str(program.parent), "PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)}
    run = subprocess.Popen(
        command("check", "--no-cache"), cwd=tmp_path / "tree", env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    try:
        said = alive.read(60)
        assert said is not None
        assert said.startswith(b"started"), run.communicate()
        run.send_signal(getattr(signal, name))
        output, _ = run.communicate(timeout=20)
    finally:
        run.kill()
    assert (run.returncode, output) == (code, b"")
    left: bytes | None = said
    while left:
        left = alive.read(20)
    assert left == b"", "a tool still runs"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["alive", "bin", "tree"]  # no temporary folders
