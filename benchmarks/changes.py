"""Changed files: a hook's run on one file of a large tree, and a comparison with HEAD, against a run on all of it."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median

from benchmarks.command import PROGRAM, measure
from benchmarks.manifests import OBJECTS_PER_APP, write_tree

APPS = 2000
_PODS = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: batch, namespace: team-0}
spec:
  selector: {matchLabels: {app: batch}}
  template:
    metadata: {labels: {app: batch}}
    spec: {containers: [{name: main, image: batch}]}
"""


def report(runs: int = 5) -> Iterator[str]:
    """Lines with times and ratios; silent without git."""
    if shutil.which("git") is None:
        yield "no git on the PATH"
        return
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name).resolve()
        write_tree(folder, APPS * OBJECTS_PER_APP)
        for arguments in (["init", "-q"], ["add", "-A"], ["-c", "user.name=b", "-c", "user.email=b@b", "commit", "-qm", "b"]):
            subprocess.run(["git", *arguments], cwd=folder, check=True)
        (folder / "team-0/pods.yaml").write_text(_PODS)
        whole = _seconds(folder, runs, ".")
        yield f"everything:        {whole:6.2f} s   kubelint-lb check, {APPS} files"
        measure(PROGRAM, "check", ".", cwd=folder)
        again = median(measure(PROGRAM, "check", ".", cwd=folder).seconds for _ in range(runs))
        yield f"the same again:    {again:6.2f} s   {again / whole:4.2f} of everything"
        for label, what in {
            "one app's file:": "team-0/app-0.yaml",
            "one file of pods:": "team-0/pods.yaml",
            "--changed-since:": "--changed-since=HEAD",
            "--new-since:": "--new-since=HEAD",
        }.items():
            seconds = _seconds(folder, runs, what)
            yield f"{label:<18} {seconds:6.2f} s   {seconds / whole:4.2f} of everything"


def _seconds(folder: Path, runs: int, what: str) -> float:
    return median(measure(PROGRAM, "check", "--no-cache", what, cwd=folder).seconds for _ in range(runs))
