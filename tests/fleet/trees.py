"""Small trees of all kinds, runs over them, and worker processes in which something happens to a tree."""

from __future__ import annotations

import json
import subprocess
import tarfile
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator

from kubelint_lb.fleet.run import FleetRun, How, run_fleet
from kubelint_lb.fleet.targets import Target, targets_of
from kubelint_lb.fleet.task import Options
from kubelint_lb.fleet.teams import TeamRule, no_team
from kubelint_lb.resources import schemas_root
from tests.engine.slips import SLIP

SCHEMA = json.loads((schemas_root() / "fleet.schema.json").read_text(encoding="utf-8"))


def tree(folder: Path, text: str = SLIP) -> Path:
    """A folder with one manifest, which has a slip or none."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "web.yaml").write_text(text)
    return folder


def git(folder: Path, *arguments: str) -> None:
    command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.com", "-c", "commit.gpgsign=false", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def repository(folder: Path, text: str = SLIP) -> Path:
    """A tree in git, on branch `main`, with all committed."""
    tree(folder, text)
    git(folder, "init", "-q", "-b", "main")
    git(folder, "add", ".")
    git(folder, "commit", "-qm", "first")
    return folder


def tarball(file: Path, folder: Path, inside: str) -> Path:
    """A tarball with a folder in it, under another name."""
    with tarfile.open(file, "w:gz" if file.name.endswith("gz") else "w") as tar:
        tar.add(folder, arcname=inside)
    return file


def run(
    words: Iterable[str | Path],
    output: Path,
    *,
    options: Options = Options(),  # noqa: B008 - frozen
    team_of: TeamRule = no_team,
    jobs: int = 2,
    seconds: float = 60,
    fresh: bool = False,
) -> FleetRun:
    """A run in worker processes of this machine."""
    return run_fleet(targets_of(map(str, words), team_of), output, options, How(jobs, seconds, fresh=fresh), lambda *_: None)


def statuses(found: FleetRun) -> dict[str, str]:
    """What became of each tree, by the last part of its name."""
    return {one.name.rpartition("/")[2]: one.status.value for one in found.summary.trees}


def reasons(found: FleetRun) -> dict[str, str]:
    """Why trees failed, by the last part of their names."""
    return {one.name.rpartition("/")[2]: one.reason for one in found.summary.failed}


def report(output: Path, target: Target) -> dict[str, Any]:
    """The JSON report on a tree."""
    said: dict[str, Any] = json.loads((output / "trees" / target.folder / "report.json").read_text())
    return said


def summary(output: Path) -> dict[str, Any]:
    """What `fleet.json` says, but for the one field that two runs over the same say otherwise."""
    said: dict[str, Any] = json.loads((output / "fleet.json").read_text())
    Draft202012Validator(SCHEMA).validate(said)
    said.pop("run")
    return said
