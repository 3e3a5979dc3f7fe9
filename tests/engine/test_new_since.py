"""`--new-since REV`: only what the change brought, both trees judged alike."""

from __future__ import annotations

import pytest

from kubelint_lb.report.finding import Report
from kubelint_lb.settings.errors import UsageError
from tests.engine.trees import RULE, check, places, sticky
from tests.engine.work_tree import ROUTE, WorkTree, service


def new(tree: WorkTree, revision: str = "HEAD", *paths: str, **settings: object) -> Report:
    return check(tree.folder, *paths, new_since=revision, **settings)


def files(report: Report) -> list[str]:
    return [one.location.path for one in report.findings]


def test_old_findings_are_silent_and_new_ones_are_not(tree: WorkTree) -> None:
    tree.commit({"old.yaml": sticky("old"), "web.yaml": sticky("web", seconds=600)})
    tree.write({"web.yaml": sticky("web"), "new.yaml": sticky("new")})
    report = new(tree)
    assert files(report) == ["new.yaml", "web.yaml"]
    assert [(one.location.path, one.suppressed.kind, one.suppressed.reason) for one in report.suppressed if one.suppressed] == [
        ("old.yaml", "earlier", "it was there at HEAD")
    ]
    assert report.exit_code == 1


def test_nothing_new(tree: WorkTree) -> None:
    tree.commit({"old.yaml": sticky("old")})
    report = new(tree)
    assert (report.findings, report.summary.suppressed, report.exit_code) == ((), 1, 0)


def test_a_finding_that_moves_is_not_new(tree: WorkTree) -> None:
    tree.commit({"old.yaml": sticky("old")})
    tree.git("mv", "old.yaml", "elsewhere.yaml")
    tree.write({"elsewhere.yaml": "# a line more\n" + sticky("old")})
    assert new(tree).findings == ()


def test_of_equal_findings_the_one_in_the_new_file_is_new(tree: WorkTree) -> None:
    tree.commit({"dev/web.yaml": sticky(), "prod/web.yaml": sticky()})
    tree.write({"canary/web.yaml": sticky()})
    assert files(new(tree)) == ["canary/web.yaml"]


def test_a_renamed_folder_keeps_its_findings(tree: WorkTree) -> None:
    tree.commit({"dev/web.yaml": sticky(), "prod/web.yaml": sticky()})
    tree.git("mv", "prod", "production")
    tree.write({"canary/web.yaml": sticky()})
    assert files(new(tree)) == ["canary/web.yaml"]


def test_a_comment_that_goes_makes_its_finding_new(tree: WorkTree) -> None:
    tree.commit({"web.yaml": sticky(comment=f" # kubelint-lb: ignore[{RULE}] long calls")})
    tree.write({"web.yaml": sticky()})
    assert files(new(tree)) == ["web.yaml"]


def test_deleting_a_services_file_reports_the_route(tree: WorkTree) -> None:
    tree.commit({"gateway/route.yaml": ROUTE, "apps/storefront.yaml": service("storefront"), "old.yaml": sticky()})
    tree.delete("apps/storefront.yaml")
    (finding,) = new(tree).findings
    assert places((finding,)) == ["gateway/route.yaml:12:17 backend-ref-not-found[not-found]"]
    assert finding.message.endswith(" Service shop/storefront was in apps/storefront.yaml, deleted since HEAD.")


def test_several_commits_back(tree: WorkTree) -> None:
    first = tree.commit({"old.yaml": sticky("old")})
    tree.commit({"second.yaml": sticky("second")})
    tree.write({"third.yaml": sticky("third")})
    assert files(new(tree, first)) == ["second.yaml", "third.yaml"]
    assert files(new(tree)) == ["third.yaml"]


def test_only_in_the_paths_asked_for(tree: WorkTree) -> None:
    tree.commit({"a/old.yaml": sticky("old")})
    tree.write({"a/new.yaml": sticky("new"), "b/new.yaml": sticky("other")})
    assert files(new(tree, "HEAD", "a")) == ["a/new.yaml"]
    assert files(new(tree, "HEAD", "b/new.yaml")) == ["b/new.yaml"]


def test_what_git_ignores_is_ignored_in_both(tree: WorkTree) -> None:
    tree.commit({".gitignore": "out/\n", "web.yaml": sticky()})
    tree.write({"out/web.yaml": sticky("out")})
    assert new(tree).findings == ()


def test_with_a_baseline(tree: WorkTree) -> None:
    tree.commit({"old.yaml": sticky("old")})
    tree.write({"new.yaml": sticky("new"), "known.json": '{"version": 1, "findings": []}\n'})
    assert files(new(tree, baseline=tree.folder / "known.json")) == ["new.yaml"]


def test_a_revision_that_is_none(tree: WorkTree) -> None:
    tree.commit({"web.yaml": sticky()})
    with pytest.raises(UsageError) as error:
        new(tree, "nowhere")
    assert str(error.value).startswith("--new-since: git knows no revision 'nowhere'")
