"""Runs about a change: `--changed-since REV`, and files as a commit hook passes them."""

from __future__ import annotations

from pathlib import Path

import pytest

from kubelint_lb.catalogue.rule import Rule
from kubelint_lb.engine import detect
from kubelint_lb.engine.detect import load_check
from kubelint_lb.engine.run import lint
from kubelint_lb.report.finding import Report
from kubelint_lb.settings.errors import UsageError
from kubelint_lb.settings.settings import Settings
from kubelint_lb.settings.severity import Severity
from tests.engine.trees import check, places, sticky
from tests.engine.work_tree import ROUTE, WorkTree, deployment, service

MISSING = "gateway/route.yaml:12:17 backend-ref-not-found"
SHARE = "There is no Service shop/storefront: 100 % of the requests of rule 1 of HTTPRoute shop/shop fail."


CHART = "apiVersion: v2\nname: shop\nversion: 1.0.0\n"


def since(tree: WorkTree, revision: str = "HEAD", *paths: str) -> Report:
    return check(tree.folder, *paths, changed_since=revision)


def test_only_files_that_differ_are_reported_on(tree: WorkTree) -> None:
    tree.commit({"old.yaml": sticky("old"), "changed.yaml": sticky("changed", seconds=600)})
    tree.write({"changed.yaml": sticky("changed"), "untracked.yaml": sticky("untracked"), "staged.yaml": sticky("staged")})
    tree.git("add", "staged.yaml")
    found = places(since(tree).findings)
    assert [one.split(":")[0] for one in found] == ["changed.yaml", "staged.yaml", "untracked.yaml"]
    assert since(tree).summary.files == 3


def test_a_renamed_file_is_a_changed_one(tree: WorkTree) -> None:
    tree.commit({"old.yaml": sticky("web")})
    tree.git("mv", "old.yaml", "new.yaml")
    assert [one.split(":")[0] for one in places(since(tree).findings)] == ["new.yaml"]


def test_nothing_changed_nothing_read(tree: WorkTree) -> None:
    tree.commit({"old.yaml": sticky("old")})
    report = since(tree)
    assert (report.findings, report.summary.files, report.exit_code) == ((), 0, 0)


def test_ignored_and_excluded_files_do_not_count(tree: WorkTree) -> None:
    tree.commit({".gitignore": "out/\n", "a.yaml": sticky(seconds=600)})
    tree.write({"out/web.yaml": sticky("out"), "vendor/web.yaml": sticky("vendor")})
    report = check(tree.folder, changed_since="HEAD", exclude=("vendor/",))
    assert report.findings == ()


def test_paths_narrow_it_further(tree: WorkTree) -> None:
    tree.commit({"a/web.yaml": sticky(seconds=600)})
    tree.write({"a/web.yaml": sticky(), "b/web.yaml": sticky()})
    assert [one.split(":")[0] for one in places(since(tree, "HEAD", "a").findings)] == ["a/web.yaml"]


def test_a_root_below_the_top_of_the_work_tree(tree: WorkTree) -> None:
    tree.commit({"deploy/web.yaml": sticky(seconds=600), "other.yaml": sticky(seconds=600)})
    tree.write({"deploy/web.yaml": sticky(), "other.yaml": sticky()})
    settings = Settings(root=(tree.folder / "deploy").resolve(), changed_since="HEAD")
    report = lint([tree.folder / "deploy"], settings)
    assert [one.split(":")[0] for one in places(report.findings)] == ["web.yaml"]


def test_where_two_branches_parted(tree: WorkTree) -> None:
    tree.commit({"base.yaml": sticky("base")})
    tree.git("checkout", "--quiet", "-b", "topic")
    tree.commit({"topic.yaml": sticky("topic")})
    tree.git("checkout", "--quiet", "main")
    tree.commit({"base.yaml": sticky("base", seconds=30000)})
    tree.git("checkout", "--quiet", "topic")
    assert [one.split(":")[0] for one in places(since(tree, "main...").findings)] == ["topic.yaml"]
    assert [one.split(":")[0] for one in places(since(tree, "main").findings)] == ["base.yaml", "topic.yaml"]


def test_an_old_revision_is_compared_with_the_files_as_they_are(tree: WorkTree) -> None:
    first = tree.commit({"web.yaml": sticky("web", seconds=600), "old.yaml": sticky("old")})
    tree.commit({"web.yaml": sticky("web")})
    assert since(tree).findings == ()
    assert [one.split(":")[0] for one in places(since(tree, first).findings)] == ["web.yaml"]


def test_deleting_a_services_file_reports_the_route_in_an_unchanged_file(tree: WorkTree) -> None:
    tree.commit({"gateway/route.yaml": ROUTE, "apps/storefront.yaml": service("storefront"), "apps/cart.yaml": service("cart")})
    tree.delete("apps/storefront.yaml")
    (finding,) = since(tree).findings
    assert places((finding,)) == [f"{MISSING}[not-found]"]
    assert finding.message == f"{SHARE} Service shop/storefront was in apps/storefront.yaml, deleted since HEAD."
    assert finding.related == ()


def test_moving_a_services_file_reports_nothing(tree: WorkTree) -> None:
    tree.commit({"gateway/route.yaml": ROUTE, "apps/storefront.yaml": service("storefront")})
    (tree.folder / "web").mkdir()
    tree.git("mv", "apps/storefront.yaml", "web/front.yaml")
    assert since(tree).findings == ()


def test_renaming_a_service_reports_the_route_and_points_at_the_new_name(tree: WorkTree) -> None:
    tree.commit({"gateway/route.yaml": ROUTE, "apps/storefront.yaml": service("storefront")})
    tree.write({"apps/storefront.yaml": service("till")})
    (finding,) = since(tree).findings
    assert places((finding,)) == [f"{MISSING}[not-found]"]
    assert finding.message == f"{SHARE} Service shop/storefront was renamed to till since HEAD."
    assert [(one.location.path, one.location.span.line, one.message) for one in finding.related] == [
        ("apps/storefront.yaml", 4, "the name since HEAD")
    ]


def test_renaming_a_service_together_with_its_file(tree: WorkTree) -> None:
    tree.commit({"gateway/route.yaml": ROUTE, "apps/storefront.yaml": service("storefront")})
    tree.git("mv", "apps/storefront.yaml", "apps/till.yaml")
    tree.write({"apps/till.yaml": service("storefront").replace("name: storefront", "name: till")})
    (finding,) = since(tree).findings
    assert finding.message == f"{SHARE} Service shop/storefront was renamed to till since HEAD."
    assert finding.related[0].location.path == "apps/till.yaml"


def test_taking_a_service_out_of_a_file_that_stays(tree: WorkTree) -> None:
    both = f"{service('cart')}---\n{service('storefront')}"
    tree.commit({"gateway/route.yaml": ROUTE, "apps/all.yaml": both})
    tree.write({"apps/all.yaml": service("cart")})
    (finding,) = since(tree).findings
    assert finding.message == f"{SHARE} Service shop/storefront was in apps/all.yaml and was taken out since HEAD."


def test_a_service_that_is_defined_elsewhere_too_is_not_missed(tree: WorkTree) -> None:
    tree.commit({"gateway/route.yaml": ROUTE, "a/front.yaml": service("storefront"), "b/front.yaml": service("storefront")})
    tree.delete("a/front.yaml")
    assert since(tree).findings == ()


def test_a_service_of_another_namespace_is_not_missed(tree: WorkTree) -> None:
    tree.commit({"gateway/route.yaml": ROUTE, "apps/front.yaml": service("storefront", "staging")})
    tree.delete("apps/front.yaml")
    assert since(tree).findings == ()


def test_a_service_that_moves_into_a_chart_is_not_missed(tree: WorkTree) -> None:
    tree.commit({"gateway/route.yaml": ROUTE, "apps/front.yaml": service("storefront")})
    tree.delete("apps/front.yaml")
    template = service("storefront").replace("port: 80", "port: {{ .Values.port }}")
    tree.write({"chart/Chart.yaml": CHART, "chart/values.yaml": "port: 80\n", "chart/templates/front.yaml": template})
    assert since(tree).findings == ()


def test_a_release_that_fills_the_namespace_makes_it_unknown(tree: WorkTree) -> None:
    tree.commit({"gateway/route.yaml": ROUTE, "apps/front.yaml": service("storefront")})
    tree.delete("apps/front.yaml")
    release = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: shop, namespace: shop}\nspec: {}\n"
    tree.write({"apps/release.yaml": release})
    assert since(tree).findings == ()


def test_an_ingress_is_told_too(tree: WorkTree) -> None:
    ingress = (
        "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: shop, namespace: shop}\nspec:\n"
        "  ingressClassName: nginx\n  defaultBackend:\n    service:\n      name: storefront\n      port: {number: 80}\n"
    )
    tree.commit({"edge/ingress.yaml": ingress, "apps/front.yaml": service("storefront")})
    tree.delete("apps/front.yaml")
    (finding,) = since(tree).findings
    assert places((finding,)) == ["edge/ingress.yaml:8:13 ingress-backend-service-not-found[not-found]"]
    assert finding.message.endswith(" Service shop/storefront was in apps/front.yaml, deleted since HEAD.")


def test_removing_the_pods_of_a_service(tree: WorkTree) -> None:
    tree.commit({"services/front.yaml": service("storefront"), "pods/front.yaml": deployment("front", "storefront")})
    tree.delete("pods/front.yaml")
    (finding,) = since(tree).findings
    assert places((finding,)) == ["services/front.yaml:8:10 selector-no-workload[no-pods]"]
    assert finding.message == (
        "Service shop/storefront selects no pods: no pod template is labelled app: storefront."
        " Deployment shop/front was in pods/front.yaml, deleted since HEAD."
    )


def test_changing_the_labels_of_the_pods_of_a_service(tree: WorkTree) -> None:
    tree.commit({"services/front.yaml": service("storefront"), "pods/front.yaml": deployment("front", "storefront")})
    tree.write({"pods/front.yaml": deployment("front", "shopwindow")})
    (finding,) = since(tree).findings
    assert places((finding,)) == ["services/front.yaml:8:10 selector-no-workload[no-pods]"]
    assert finding.message.endswith(" Deployment shop/front in pods/front.yaml had these labels at HEAD.")


def test_what_a_change_elsewhere_breaks_is_reported_only_in_the_paths_asked_for(tree: WorkTree) -> None:
    tree.commit({"gateway/route.yaml": ROUTE, "apps/front.yaml": service("storefront"), "docs/web.yaml": sticky(seconds=600)})
    tree.delete("apps/front.yaml")
    assert since(tree, "HEAD", "docs").findings == ()
    assert len(since(tree, "HEAD", "gateway").findings) == 1
    assert len(since(tree, "HEAD", "apps").findings) == 1


def test_a_hook_hears_of_what_the_commit_deletes(tree: WorkTree) -> None:
    """pre-commit passes the names of files that are there; what was deleted, git has to say."""
    files = {"gateway/route.yaml": ROUTE, "apps/front.yaml": service("storefront"), "apps/cart.yaml": service("cart")}
    tree.commit(files)
    tree.delete("apps/front.yaml")
    tree.write({"apps/cart.yaml": service("basket")})
    tree.git("add", "--all")
    (finding,) = check(tree.folder, "apps/cart.yaml").findings
    assert places((finding,)) == [f"{MISSING}[not-found]"]
    assert finding.message.endswith(" was in apps/front.yaml, deleted since HEAD.")


def test_folders_are_judged_as_they_are(tree: WorkTree) -> None:
    tree.commit({"gateway/route.yaml": ROUTE, "apps/front.yaml": service("storefront")})
    tree.delete("apps/front.yaml")
    assert check(tree.folder).findings == ()


def test_a_hook_before_the_first_commit(tree: WorkTree) -> None:
    tree.write({"web.yaml": sticky()})
    tree.git("add", "--all")
    assert len(check(tree.folder, "web.yaml").findings) == 1


def test_a_hook_without_git(tree: WorkTree, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tree.commit({"web.yaml": sticky()})
    monkeypatch.setenv("PATH", str(tmp_path / "nowhere"))
    assert len(check(tree.folder, "web.yaml").findings) == 1


def test_the_variables_of_a_hook_lead_nowhere_else(tree: WorkTree, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tree.commit({"web.yaml": sticky(seconds=600)})
    tree.write({"web.yaml": sticky()})
    for name in ("GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"):
        monkeypatch.setenv(name, str(tmp_path / "elsewhere"))
    assert len(since(tree).findings) == 1


def test_names_that_git_would_quote(tree: WorkTree) -> None:
    tree.commit({'größe "x"/wéb 1.yaml': sticky(seconds=600)})
    tree.write({'größe "x"/wéb 1.yaml': sticky()})
    assert [one.location.path for one in since(tree).findings] == ['größe "x"/wéb 1.yaml']


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "", "..."])
def test_a_revision_that_is_none(tree: WorkTree, revision: str) -> None:
    tree.commit({"web.yaml": sticky()})
    with pytest.raises(UsageError) as error:
        since(tree, revision)
    assert str(error.value).startswith(f"--changed-since: git knows no revision '{revision}' in {tree.folder.resolve()}")


def test_no_work_tree(tmp_path: Path) -> None:
    (tmp_path / "web.yaml").write_text(sticky())
    with pytest.raises(UsageError) as error:
        check(tmp_path, changed_since="HEAD")
    assert str(error.value).startswith("--changed-since: not a git repository")


def test_the_work_tree_and_the_index_stay_as_they_are(tree: WorkTree) -> None:
    tree.commit({"web.yaml": sticky(), "old.yaml": sticky("old")})
    tree.delete("old.yaml")
    tree.write({"new.yaml": sticky("new")})
    before = (tree.folder / ".git/index").read_bytes(), sorted(tree.folder.rglob("*"))
    since(tree)
    check(tree.folder, new_since="HEAD")
    assert ((tree.folder / ".git/index").read_bytes(), sorted(tree.folder.rglob("*"))) == before


def test_rules_that_could_say_nothing_of_the_files_asked_for_do_not_run(tree: WorkTree, monkeypatch: pytest.MonkeyPatch) -> None:
    tree.commit({"pods.yaml": deployment("front", "storefront"), "service.yaml": service("storefront"), "route.yaml": ROUTE})
    ran: set[str] = set()

    def load(rule: Rule) -> object:
        ran.add(rule.name)
        return load_check(rule)

    monkeypatch.setattr(detect, "load_check", load)
    check(tree.folder, "pods.yaml")
    assert "target-port-unresolved" in ran, "a Service sends to these pods"
    assert not ran & {"weights-all-zero", "backend-ref-not-found", "external-name-ip"}
    ran.clear()
    tree.delete("service.yaml")
    check(tree.folder, "pods.yaml")
    assert "backend-ref-not-found" in ran, "the commit deletes a Service"


SHOP = Path(__file__).parents[2] / "examples" / "broken-shop"


@pytest.mark.parametrize("name", [path.relative_to(SHOP).as_posix() for path in sorted(SHOP.rglob("*.yaml"))])
def test_a_run_on_one_file_finds_what_a_run_on_everything_finds_about_it(name: str) -> None:
    settings = Settings(root=SHOP, severity=Severity.INFO)
    everything = lint([SHOP], settings).findings
    expected = [one for one in everything if name in {one.location.path, *(place.location.path for place in one.related)}]
    assert list(lint([SHOP / name], settings).findings) == expected
