"""Wheel, sdist and editable install work in an empty environment, far from the repository."""

from __future__ import annotations

import json
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

from tests.packaging.sandbox import REPOSITORY, Environment, run

pytestmark = pytest.mark.packaging

# The Deployment's container calls its port `http`.
MANIFEST = """\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  selector:
    app: web
  ports:
    - port: 80
      targetPort: htpp
---
apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels:
      app: web
  template:
    metadata:
      labels:
        app: web
    spec:
      containers:
        - name: web
          image: web
          ports:
            - name: http
              containerPort: 8080
"""


def data_files() -> set[str]:
    return {
        path.relative_to(REPOSITORY).as_posix()
        for folder in ("rules", "schemas")
        for path in (REPOSITORY / folder).rglob("*")
        if path.is_file()
    }


@pytest.fixture
def distributions(checkout: Path, tmp_path: Path, package_index: None) -> dict[str, Path]:
    """The sdist of the checkout, and the wheel that is built from that sdist."""
    run(sys.executable, "-m", "build", "--outdir", tmp_path / "dist", checkout, cwd=tmp_path)
    (sdist,) = (tmp_path / "dist").glob("*.tar.gz")
    (wheel,) = (tmp_path / "dist").glob("*.whl")
    return {"sdist": sdist, "wheel": wheel}


def assert_works(environment: Environment, folder: Path) -> None:
    """Lint a manifest in `folder`, list the rules, explain one."""
    (folder / "web.yaml").write_text(MANIFEST)
    result = run(environment.program, "check", "--format", "json", "web.yaml", cwd=folder, expect=1)
    (finding,) = json.loads(result.stdout)["findings"]
    assert (finding["rule"], finding["path"], finding["line"], finding["column"]) == (
        "target-port-unresolved",
        "web.yaml",
        10,
        19,
    )
    assert "weights-not-100" in run(environment.program, "rules", cwd=folder).stdout
    assert "weights-not-100" in run(environment.program, "explain", "weights-not-100", cwd=folder).stdout


def test_wheel_and_sdist_hold_what_they_should(distributions: dict[str, Path]) -> None:
    wheel = set(zipfile.ZipFile(distributions["wheel"]).namelist())
    assert {name.removeprefix("kubelint_lb/data/") for name in wheel if "/data/" in name} == data_files()
    assert {name.split("/")[0] for name in wheel} == {"kubelint_lb", "kubelint_lb-0.1.0.dist-info"}
    assert "kubelint_lb/py.typed" in wheel

    with tarfile.open(distributions["sdist"]) as archive:
        sdist = {name.split("/", 1)[1] for name in archive.getnames()}
    assert data_files() <= sdist
    assert {"README.md", "LICENSE", "tests/packaging/test_install.py", "examples/README.md"} <= sdist
    assert not [name for name in sdist if name.startswith("kubelint_lb/data")]


@pytest.mark.parametrize("kind", ["wheel", "sdist"])
def test_install_works_outside_the_repository(
    kind: str, distributions: dict[str, Path], environment: Environment, tmp_path: Path
) -> None:
    environment.install(distributions[kind])
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    assert_works(environment, folder)


def test_editable_install_reads_the_repository_and_copies_nothing(
    checkout: Path, environment: Environment, tmp_path: Path
) -> None:
    environment.install("--editable", checkout)
    assert not (checkout / "kubelint_lb" / "data").exists()
    assert not list(environment.folder.glob("lib/*/site-packages/kubelint_lb"))
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    assert_works(environment, folder)

    rule = checkout / "rules" / "gateway" / "weights-not-100.yaml"
    rule.write_text(rule.read_text().replace("\nsummary: ", "\nsummary: EDITED "))
    assert "EDITED" in run(environment.program, "explain", "weights-not-100", cwd=folder).stdout
