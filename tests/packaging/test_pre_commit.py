"""The hooks work for a repository that names this one in its .pre-commit-config.yaml."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.packaging.sandbox import git, run

pytestmark = pytest.mark.packaging

WORKLOAD = """\
apiVersion: apps/v1
kind: Deployment
metadata:
  name: {name}
spec:
  selector:
    matchLabels:
      app: {name}
  template:
    metadata:
      labels:
        app: {name}
    spec:
      containers:
        - name: main
          image: {name}
          ports:
            - name: http
              containerPort: 8080
"""

SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: {name}
spec:
  selector:
    app: {name}
  ports:
    - port: 80
      targetPort: {port}
"""


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A committed repository of two apps; both Services ask for a port that their pods, in another file, don't have."""
    folder = tmp_path / "shop"
    folder.mkdir()
    git("init", "--quiet", "--initial-branch=main", cwd=folder)
    for name in ("web", "cart"):
        (folder / f"{name}.yaml").write_text(WORKLOAD.format(name=name))
        (folder / f"{name}-service.yaml").write_text(SERVICE.format(name=name, port="htpp"))
    git("add", "--all", cwd=folder)
    git("commit", "--quiet", "--message=two apps", cwd=folder)
    return folder


def try_hook(hook: str, *, shop: Path, hooks: Path, expect: int, files: list[str] | None = None) -> str:
    """What `pre-commit try-repo` prints for the hook, over `files` or over everything."""
    which = ["--files", *files] if files else ["--all-files"]
    pre_commit = (sys.executable, "-m", "pre_commit", "try-repo", "--color=never")
    return run(*pre_commit, hooks, hook, *which, cwd=shop, expect=expect).stdout


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package_index: None) -> None:
    monkeypatch.setenv("PRE_COMMIT_HOME", str(tmp_path / "store"))


def test_hook_reports_the_files_of_the_commit_and_reads_the_rest(shop: Path, checkout: Path) -> None:
    output = try_hook("kubelint-lb", shop=shop, hooks=checkout, expect=1, files=["web-service.yaml"])
    assert "target-port-unresolved" in output
    assert "web-service.yaml:10:19" in output
    assert "web.yaml:18:21" in output, "the container's port, in a file that was not passed"
    assert "cart-service.yaml" not in output


def test_hook_passes_when_the_commit_is_clean(shop: Path, checkout: Path) -> None:
    (shop / "web-service.yaml").write_text(SERVICE.format(name="web", port="http"))
    output = try_hook("kubelint-lb", shop=shop, hooks=checkout, expect=0, files=["web-service.yaml"])
    assert "Passed" in output


def test_hook_for_all_files_reports_everything(shop: Path, checkout: Path) -> None:
    output = try_hook("kubelint-lb-all", shop=shop, hooks=checkout, expect=1, files=["web.yaml"])
    assert "web-service.yaml:10:19" in output
    assert "cart-service.yaml:10:19" in output
