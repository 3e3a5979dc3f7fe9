"""What a run reads and what it reports on: the rest of the tree is context."""

from __future__ import annotations

from pathlib import Path

import pytest

from kubelint_lb.engine.run import lint
from kubelint_lb.report.finding import Report
from kubelint_lb.settings.errors import UsageError
from kubelint_lb.settings.settings import Settings
from kubelint_lb.settings.severity import Severity
from tests.conftest import write_tree
from tests.engine.slips import RULE, SLIP, places, reasons, rules

SERVICE = """\
apiVersion: v1
kind: Service
metadata: {name: shop}
spec:
  selector: {app: shop}
  ports: [{port: 80, targetPort: web}]
"""
DEPLOYMENT = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: shop}
spec:
  selector: {matchLabels: {app: shop}}
  template:
    metadata: {labels: {app: shop}}
    spec:
      containers:
        - name: shop
          image: shop
          ports: [{name: http, containerPort: 80}]
"""
PORT = "target-port-unresolved"


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    """A Service whose port's name is in no container, its Deployment in another folder, and an unrelated slip."""
    write_tree(tmp_path, {"net/service.yaml": SERVICE, "app/deploy.yaml": DEPLOYMENT, "other/web.yaml": SLIP})
    (tmp_path / ".git").mkdir()
    return tmp_path.resolve()


def run(root: Path, *paths: str, exclude: tuple[str, ...] = ()) -> Report:
    settings = Settings(root=root, severity=Severity.INFO, select=(PORT, RULE), exclude=exclude)
    return lint([root / path for path in paths], settings)


def test_the_whole_tree(tree: Path) -> None:
    report = run(tree, ".")
    assert places(report) == [("net/service.yaml", 6, 34), ("other/web.yaml", 6, 14)]
    assert (report.summary.files, report.summary.manifests, report.summary.units) == (3, 3, 1)


def test_a_file_with_the_rest_as_context(tree: Path) -> None:
    report = run(tree, "net/service.yaml")
    assert places(report) == [("net/service.yaml", 6, 34)]
    assert [one.location.path for one in report.findings[0].related] == ["app/deploy.yaml"]
    assert (report.summary.files, report.summary.manifests) == (1, 1)


def test_a_finding_elsewhere_that_a_file_takes_part_in(tree: Path) -> None:
    assert places(run(tree, "app/deploy.yaml")) == [("net/service.yaml", 6, 34)]


def test_a_folder_with_the_rest_as_context(tree: Path) -> None:
    assert places(run(tree, "net")) == places(run(tree, "app")) == [("net/service.yaml", 6, 34)]
    assert places(run(tree, "other")) == [("other/web.yaml", 6, 14)]


def test_several_paths(tree: Path) -> None:
    assert len(run(tree, "other/web.yaml", "app").findings) == 2
    assert len(run(tree, "other", "other/web.yaml", "other/../other").findings) == 1


def test_a_folder_does_not_stand_for_its_namesake(tree: Path) -> None:
    write_tree(tree, {"other-one/web.yaml": SLIP})
    assert places(run(tree, "other")) == [("other/web.yaml", 6, 14)]


def test_only_what_was_asked_for_is_counted_as_skipped(tree: Path) -> None:
    write_tree(tree, {"other/values.yaml": "a: 1\n", "app/values.yaml": "a: 1\n"})
    report = run(tree, "other")
    assert set(reasons(report)) == {"other/values.yaml"}
    assert report.summary.files == 2


def test_a_file_named_on_the_command_line_is_read_whatever_it_is_called(tree: Path) -> None:
    write_tree(tree, {"other/web.txt": SLIP, ".gitignore": "hidden.yaml\n", "hidden.yaml": SLIP})
    assert places(run(tree, "other/web.txt")) == [("other/web.txt", 6, 14)]
    assert places(run(tree, "hidden.yaml")) == [("hidden.yaml", 6, 14)]


def test_what_is_excluded_stays_out_when_it_is_named(tree: Path) -> None:
    for pattern in ("other/", "other/web.yaml", "*.yaml", "/other"):
        report = run(tree, "other/web.yaml", exclude=(pattern,))
        assert (report.findings, report.summary.files) == ((), 0)
    assert run(tree, "other", exclude=("other/",)).findings == ()


def test_a_file_with_no_manifest_in_a_tree_of_many(tree: Path) -> None:
    write_tree(tree, {"README.md": "words\n"})
    report = run(tree, "README.md")
    assert (report.findings, report.summary.files, len(report.skipped)) == ((), 1, 1)


def test_the_root_is_the_work_tree_else_what_the_paths_share(tree: Path, tmp_path: Path) -> None:
    report = lint([tree / "net/service.yaml"], Settings(select=(PORT,)))
    assert (report.root, len(report.findings)) == (tree, 1)
    (tree / ".git").rmdir()
    assert lint([tree / "net/service.yaml"], Settings(select=(PORT,))).root == tree / "net"
    assert lint([tree / "net/service.yaml", tree / "app"], Settings(select=(PORT,))).root == tree


def test_a_file_named_from_the_top_of_its_tree_is_read_with_it(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tree / ".git").rmdir()
    monkeypatch.chdir(tree)
    report = lint(["net/service.yaml"], Settings(select=(PORT,)))
    assert (report.root, places(report)) == (tree, [("net/service.yaml", 6, 34)])


def test_paths_are_relative_to_the_current_folder(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree / "net")
    settings = Settings(select=(PORT,))
    for paths in ([], ["."], ["service.yaml"], [Path("../net/service.yaml")], ["../app"]):
        assert places(lint(paths, settings)) == [("net/service.yaml", 6, 34)]


def test_a_root_that_is_a_link_or_relative(tree: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "link").symlink_to(tree)
    monkeypatch.chdir(tree)
    for root in (tmp_path / "link", Path(), Path("net/..")):
        report = lint([tree / "other"], Settings(root=root, select=(RULE,)))
        assert (report.root, places(report)) == (tree, [("other/web.yaml", 6, 14)])


def test_a_link_that_is_named_stands_for_its_target(tree: Path) -> None:
    (tree / "link.yaml").symlink_to("other/web.yaml")
    assert places(run(tree, "link.yaml")) == [("other/web.yaml", 6, 14)]


@pytest.mark.parametrize("name", ["nowhere.yaml", "no/where", "x" * 5000, "nul\0.yaml", "net/service.yaml/x"])
def test_a_path_that_does_not_exist_is_a_usage_error(tree: Path, name: str) -> None:
    with pytest.raises(UsageError, match=r"no such file|cannot read"):
        run(tree, name)


def test_a_broken_link_that_is_named_is_a_usage_error(tree: Path) -> None:
    (tree / "broken.yaml").symlink_to("nowhere")
    (tree / "loop.yaml").symlink_to("loop.yaml")
    for name in ("broken.yaml", "loop.yaml"):
        with pytest.raises(UsageError, match=r"no such file|cannot read"):
            run(tree, name)


def test_a_path_outside_the_root_is_a_usage_error(tree: Path) -> None:
    with pytest.raises(UsageError, match="lies outside"):
        lint([tree / "app"], Settings(root=tree / "net"))
    with pytest.raises(UsageError, match="lies outside"):
        lint([tree / "net", tree.parent], Settings(root=tree))


# Standard input


def test_standard_input_stands_alone(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tree)
    report = lint(["-"], Settings(select=(PORT, RULE)), stdin=SLIP)
    assert places(report) == [("<stdin>", 6, 14)]
    assert (report.summary.files, report.exit_code) == (1, 1)
    assert report.sources["<stdin>"][5] == "    release: 1.10"


def test_objects_of_standard_input_see_each_other() -> None:
    report = lint(["-"], Settings(select=(PORT,)), stdin=SERVICE + "---\n" + DEPLOYMENT)
    assert places(report) == [("<stdin>", 6, 34)]


@pytest.mark.parametrize("text", ["", "\n", "- a\n", "{", "apiVersion: v1\nkind: Service\nmetadata: {{ .Values.x }}\n"])
def test_standard_input_without_objects_is_counted(text: str) -> None:
    report = lint(["-"], Settings(), stdin=text)
    assert (rules(report), set(reasons(report)), report.summary.files) == ([], {"<stdin>"}, 1)
