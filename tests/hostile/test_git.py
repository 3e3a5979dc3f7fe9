"""Repositories whose configuration names programs: git is asked, and none of them runs."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

import pytest

from kubelint_lb.deploy.revisions import Repository
from kubelint_lb.engine.run import lint
from kubelint_lb.settings.errors import UsageError
from kubelint_lb.settings.settings import Settings
from tests.engine.trees import places, sticky
from tests.engine.work_tree import WorkTree
from tests.hostile.conftest import Trap

APPLICATION = """\
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: {name: shop}
spec:
  source: {repoURL: https://example.com/shop.git, path: .}
  destination: {namespace: shop}
"""
ATTRIBUTES = "*.yaml filter=evil diff=evil merge=evil working-tree-encoding=UTF-8\n"


@pytest.fixture
def tree(tmp_path: Path) -> WorkTree:
    """A repository with a changed, a renamed, and a touched but equal file."""
    (tmp_path / "repository").mkdir()
    tree = WorkTree(tmp_path / "repository")
    tree.commit({"web.yaml": sticky("web", seconds=600), "old.yaml": sticky("old"), "same.yaml": sticky("same")})
    tree.write({"web.yaml": sticky("web"), "untracked.yaml": sticky("untracked"), "app.yaml": APPLICATION})
    tree.git("mv", "old.yaml", "new.yaml")
    os.utime(tree.folder / "same.yaml", (1, 1))  # git has to look into it to see that it is the same
    return tree


def ask_everything(folder: Path) -> list[str]:
    """Whatever of a run asks git; the findings on what changed."""
    Repository(folder).commit("HEAD...")
    lint([folder / "web.yaml"], Settings(root=folder))
    lint([folder], Settings(root=folder, new_since="HEAD"))
    found = places(lint([folder], Settings(root=folder, changed_since="HEAD", select=("service",))).findings)
    return [one.split(":")[0] for one in found]


@pytest.mark.parametrize(
    "name",
    [
        "filter.evil.clean", "filter.evil.smudge", "filter.evil.process", "diff.evil.textconv", "diff.evil.command",
        "diff.external", "core.fsmonitor", "core.pager", "core.editor", "core.sshCommand", "core.askPass", "core.gitProxy",
        "core.alternateRefsCommand", "credential.helper", "gpg.program", "merge.evil.driver", "interactive.diffFilter",
        "uploadpack.packObjectsHook",
    ],
)  # fmt: skip
def test_no_program_of_the_configuration_runs(tree: WorkTree, trap: Trap, name: str) -> None:
    tree.write({".gitattributes": ATTRIBUTES})
    tree.git("config", name, trap.command)
    assert ask_everything(tree.folder) == ["new.yaml", "untracked.yaml", "web.yaml"]
    assert not trap.sprung


@pytest.mark.parametrize("name", ["a=b", "a.b", 'a"b\\', "a b", "evil.clean"])
def test_a_filter_of_any_name(tree: WorkTree, trap: Trap, name: str) -> None:
    config = tree.folder / ".git/config"
    quoted = name.replace("\\", "\\\\").replace('"', '\\"')
    config.write_text(f'{config.read_text()}[filter "{quoted}"]\n\tclean = {trap.command}\n\trequired = true\n')
    attributes = tree.folder / ".git/info/attributes"
    attributes.parent.mkdir(exist_ok=True)
    attributes.write_text(f"*.yaml filter={name.split()[0]}\n")
    assert ask_everything(tree.folder) == ["new.yaml", "untracked.yaml", "web.yaml"]
    assert not trap.sprung


def test_a_filter_of_an_included_file(tree: WorkTree, trap: Trap) -> None:
    tree.write({"more": f'[filter "evil"]\n\tprocess = {trap.command}\n', ".gitattributes": ATTRIBUTES})
    tree.git("config", "include.path", "../more")
    ask_everything(tree.folder)
    assert not trap.sprung


def test_the_users_own_configuration_in_variables_stays(
    tree: WorkTree, trap: Trap, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Containers say by these which folders of other owners are safe; the filters are turned off beside them."""
    monkeypatch.setenv("GIT_CONFIG_COUNT", "1")
    monkeypatch.setenv("GIT_CONFIG_KEY_0", "core.excludesFile")
    monkeypatch.setenv("GIT_CONFIG_VALUE_0", str(tmp_path / "excludes"))
    (tmp_path / "excludes").write_text("untracked.yaml\n")
    tree.write({".gitattributes": ATTRIBUTES})
    tree.git("config", "filter.evil.clean", trap.command)
    assert ask_everything(tree.folder) == ["new.yaml", "web.yaml"]
    assert not trap.sprung


def test_no_hook_runs(tree: WorkTree, trap: Trap) -> None:
    for name in ("post-index-change", "reference-transaction", "post-checkout", "pre-auto-gc"):
        for folder in (tree.folder / ".git/hooks", tree.folder / "hooks"):
            folder.mkdir(exist_ok=True)
            shutil.copy(trap.program, folder / name)
    tree.git("config", "core.hooksPath", "hooks")
    trap.reset()
    ask_everything(tree.folder)
    assert not trap.sprung


@pytest.mark.parametrize("fetched_by", ["remote.origin.url", "remote.origin.uploadpack"])
def test_nothing_is_fetched_of_a_partial_clone(tree: WorkTree, trap: Trap, fetched_by: str) -> None:
    blob = tree.git("rev-parse", "HEAD:web.yaml").strip()
    (tree.folder / ".git/objects" / blob[:2] / blob[2:]).unlink()
    settings = {
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": f"ext::{trap.program} %S" if fetched_by.endswith("url") else str(tree.folder),
        "remote.origin.uploadpack": trap.command,
        "protocol.ext.allow": "always",
        "protocol.file.allow": "always",
        "core.repositoryFormatVersion": "1",
    }
    for name, value in settings.items():
        tree.git("config", name, value)
    with suppress(UsageError):  # git has not got what to compare with
        ask_everything(tree.folder)
    assert not trap.sprung


def test_a_bare_repository_among_the_files_says_nothing(tree: WorkTree, trap: Trap) -> None:
    """Unlike `.git`, a folder that looks like a repository comes along with a clone."""
    inner = tree.folder / "inner"
    shutil.copytree(tree.folder / ".git", inner)
    (inner / "config").write_text(
        f"[core]\n\trepositoryFormatVersion = 0\n\tworktree = {inner}\n\tfsmonitor = {trap.command}\n"
        f'[remote "origin"]\n\turl = https://example.com/evil.git\n[filter "evil"]\n\tclean = {trap.command}\n'
    )
    (inner / "app.yaml").write_text(APPLICATION)
    lint([inner / "app.yaml"], Settings(root=inner))
    assert not trap.sprung
