"""Which repository a tree is."""

from __future__ import annotations

import pytest

from kubelint_lb.deploy.layout import Layout
from kubelint_lb.deploy.repository import Lies, Remotes, ThisRepository, repository_name

URL = "https://git.example.com/acme/deploy"


def repository(*files: str, remotes: Remotes | None = None) -> ThisRepository:
    return ThisRepository(frozenset(files), Layout({}, frozenset()), lambda _: None, remotes)


@pytest.mark.parametrize(
    ("address", "name"),
    [
        ("https://github.com/Acme/Deploy.git", ("acme", "deploy")),
        ("https://github.com/acme/deploy/", ("acme", "deploy")),
        ("https://user:token@git.example.com:8443/acme/deploy", ("acme", "deploy")),
        ("git@github.com:acme/deploy.git", ("acme", "deploy")),
        ("ssh://git@github.com:22/acme/deploy.git", ("acme", "deploy")),
        ("https://gitlab.com/acme/infra/deploy", ("acme", "infra", "deploy")),
        ("https://dev.azure.com/acme/infra/_git/deploy", ("acme", "infra", "deploy")),
        ("git@ssh.dev.azure.com:v3/acme/infra/deploy", ("acme", "infra", "deploy")),
        ("{{ .repo }}", None),
        ("", None),
    ],
)
def test_owner_and_name_of_an_address(address: str, name: tuple[str, ...] | None) -> None:
    assert repository_name(address) == name


def test_a_remote_says_so() -> None:
    one = repository(remotes=Remotes(["git@github.com:acme/deploy.git"], ["feature"]))
    assert one.lies("https://github.com/acme/deploy", "HEAD") is Lies.HERE
    assert one.lies("https://github.com/acme/deploy", "refs/heads/feature") is Lies.HERE
    assert one.lies("https://github.com/acme/deploy", "v1.2.3") is Lies.PERHAPS
    assert one.lies("https://github.com/fork/deploy", "HEAD") is Lies.PERHAPS
    assert one.lies("https://github.com/acme/other", "HEAD") is Lies.ELSEWHERE


def test_without_remotes_the_one_whose_paths_are_here() -> None:
    one = repository("apps/web/a.yaml", "apps/api/a.yaml")
    other = "https://git.example.com/acme/charts"
    for address, path in ((URL, "apps/web"), (URL, "apps/api"), (other, "apps/web"), (other, "charts/x"), (other, "charts/y")):
        one.hear(address, path)
    assert one.lies(URL, "") is Lies.HERE
    assert one.lies(other, "") is Lies.PERHAPS


def test_the_top_of_a_repository_is_no_evidence() -> None:
    one = repository("web.yaml")
    one.hear(URL, ".")
    assert one.lies(URL, "") is Lies.PERHAPS


def test_a_tie_is_left_open() -> None:
    one = repository("apps/web.yaml")
    for owner in ("one", "two"):
        one.hear(f"https://git.example.com/{owner}/deploy", "apps")
    assert one.lies("https://git.example.com/one/deploy", "") is Lies.PERHAPS


def test_folders_by_paths_from_the_top() -> None:
    one = repository("apps/web.yaml", remotes=Remotes(above="deploy"))
    assert one.folder("deploy/apps/") == "apps"
    assert one.folder("./deploy") == ""
    assert one.folder("apps") is None
    assert one.folder("deploy/../apps") is None
