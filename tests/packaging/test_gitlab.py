"""GitLab's CI component: every input is declared and used, and none is part of the script."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from ruamel.yaml import YAML

from tests.packaging.sandbox import REPOSITORY

_TEXT = (REPOSITORY / "templates" / "check.yml").read_text(encoding="utf-8")
HEAD, JOBS = YAML(typ="safe").load_all(_TEXT)
(JOB,) = JOBS.values()


def test_the_inputs_that_are_declared_are_the_ones_that_are_used() -> None:
    assert set(re.findall(r"\$\[\[ inputs\.(\w+) \]\]", _TEXT)) == set(HEAD["spec"]["inputs"])
    assert all(one["description"] and "default" in one for one in HEAD["spec"]["inputs"].values())


def test_no_input_is_part_of_the_script() -> None:
    assert not [line for line in JOB["script"] if "$[[" in line]


def test_the_reports_are_the_ones_that_the_job_writes(tmp_path: Path) -> None:
    line = JOB["script"][-1].replace("/tmp/kubelint-lb/bin/kubelint-lb", "printf '%s\\n'")
    words = {"KUBELINT_LB_ARGS": "--severity info", "KUBELINT_LB_PATHS": "deploy $(touch${IFS}owned)", "PATH": "/usr/bin:/bin"}
    shown = subprocess.run(["bash", "-euc", line], env=words, cwd=tmp_path, capture_output=True, text=True, check=True)
    reports = JOB["artifacts"]["reports"]
    assert shown.stdout.splitlines() == [
        "check",
        "--severity",
        "info",
        "--output",
        f"gitlab={reports['codequality']}",
        "--output",
        f"junit={reports['junit']}",
        "deploy",
        "$(touch${IFS}owned)",
    ]
    assert not list(tmp_path.iterdir())
