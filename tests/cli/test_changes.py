"""`--changed-since` and `--new-since` from the command line, and a hook's file names, in a git work tree."""

from __future__ import annotations

import subprocess

import pytest

from tests.cli.program import CLEAN, SERVICE, Program


@pytest.fixture
def repository(program: Program) -> Program:
    for arguments in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "--message=first"]):
        who = ["-c", "user.name=tester", "-c", "user.email=tester@lantern.example"]
        subprocess.run(["git", *who, *arguments], cwd=program.folder, check=True)
    return program


def test_changed_since(repository: Program) -> None:
    assert repository("check", "--changed-since", "HEAD").code == 0
    repository.write("cart.yaml", SERVICE.replace("web", "cart"))
    result = repository("check", "--changed-since", "HEAD", "--format", "concise")
    assert (result.code, result.err) == (1, "")
    assert result.out.splitlines()[0].startswith("cart.yaml:8:54")


def test_new_since(repository: Program) -> None:
    result = repository("check", "--new-since", "HEAD", "--verbose")
    assert result.code == 0
    assert "(not new: it was there at HEAD)" in result.out
    repository.write("cart.yaml", SERVICE.replace("web", "cart"))
    assert repository("check", "--new-since", "HEAD").code == 1


def test_a_revision_that_is_none(repository: Program) -> None:
    result = repository("check", "--new-since", "mian")
    assert (result.code, result.out) == (2, "")
    assert result.err == (
        f"kubelint-lb: --new-since: git knows no revision 'mian' in {repository.folder}; a shallow clone has to fetch it first\n"
    )


def test_outside_of_git(program: Program) -> None:
    result = program("check", "--changed-since", "HEAD")
    assert result.code == 2
    assert result.err.startswith("kubelint-lb: --changed-since: not a git repository")


def test_a_hook_reports_its_files_as_ever(repository: Program) -> None:
    repository.write("cart.yaml", CLEAN.replace("web", "cart"))
    assert repository("check", "cart.yaml").code == 0
    assert repository("check", "web.yaml", "cart.yaml").code == 1
