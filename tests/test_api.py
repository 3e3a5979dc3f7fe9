"""The Python API: `kubelint_lb.lint(paths, settings) -> Report`, imported when asked for; it neither prints nor exits."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import kubelint_lb
from kubelint_lb import Finding, Report, Settings, Severity, lint
from kubelint_lb.settings.errors import UsageError
from tests.conftest import write_tree
from tests.engine.slips import GOOD, RULE, SLIP, places, rules


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """A folder with one manifest that has a slip."""
    write_tree(tmp_path, {"web.yaml": SLIP})
    return tmp_path.resolve()


def test_the_public_names() -> None:
    traffic = ["Request", "Trace", "read_worlds", "trace"]
    assert sorted(kubelint_lb.__all__) == sorted(["Finding", "Report", "Settings", "Severity", "__version__", "lint", *traffic])
    assert all(getattr(kubelint_lb, name) is not None for name in kubelint_lb.__all__)
    with pytest.raises(AttributeError, match="module 'kubelint_lb' has no attribute 'nothing'"):
        kubelint_lb.nothing  # noqa: B018


def test_it_returns_a_report(web: Path, capsys: pytest.CaptureFixture[str]) -> None:
    report = lint([web])
    assert isinstance(report, Report)
    (found,) = report.findings
    assert isinstance(found, Finding)
    assert (found.rule, found.severity, report.exit_code, report.root) == (RULE, Severity.ERROR, 1, web)
    assert report.version == kubelint_lb.__version__
    assert capsys.readouterr() == ("", "")


def test_paths_are_texts_or_paths(web: Path) -> None:
    expected = [("web.yaml", 6, 14)]
    assert places(lint([str(web)])) == places(lint((web / "web.yaml",))) == places(lint([web])) == expected


def test_settings_have_defaults() -> None:
    settings = Settings()
    assert (settings.profile, settings.severity, settings.fail_on) == ("default", Severity.WARNING, Severity.WARNING)
    assert (settings.root, settings.select, settings.ignore, settings.complete) == (None, (), (), False)
    assert Settings() == settings


def test_settings_choose_rules_and_severities(web: Path) -> None:
    assert lint([web], Settings(ignore=(RULE,))).findings == ()
    assert lint([web], Settings(select=("service",))).findings == ()
    assert lint([web], Settings(fail_on=None)).exit_code == 0


def test_no_configuration_is_looked_for(web: Path) -> None:
    """A program says what it wants; `kubelint_lb.config.config.load_settings` reads a file."""
    write_tree(web, {".kubelint-lb.yaml": f"ignore: [{RULE}]\n"})
    assert len(lint([web]).findings) == 1


def test_wrong_use_is_an_exception_with_words(web: Path) -> None:
    with pytest.raises(UsageError, match="no such file or folder"):
        lint([web / "nowhere"])
    with pytest.raises(UsageError, match="unknown rule"):
        lint([web], Settings(select=("nothing-like-it",)))


def test_bad_manifests_are_findings_not_exceptions(web: Path) -> None:
    write_tree(web, {"broken.yaml": "apiVersion: v1\nkind: Service\nmetadata: {a: [}\n"})
    assert rules(lint([web])) == ["yaml-syntax[syntax]", f"{RULE}[scalar]"]


def test_standard_input_is_a_text() -> None:
    assert places(lint(["-"], stdin=SLIP)) == [("<stdin>", 6, 14)]


def test_a_report_is_frozen(web: Path) -> None:
    report = lint([web])
    for one in (report, report.findings[0], report.summary):
        with pytest.raises((dataclasses.FrozenInstanceError, AttributeError)):
            one.exit_code = 7  # type: ignore[union-attr, misc]


def test_one_run_leaves_nothing_for_the_next(web: Path) -> None:
    first = lint([web])
    write_tree(web, {"web.yaml": GOOD})
    assert lint([web]).findings == ()
    write_tree(web, {"web.yaml": SLIP})
    again = lint([web])
    assert (again.findings, again.summary, again.skipped) == (first.findings, first.summary, first.skipped)


def test_runs_in_threads_do_not_meet(web: Path) -> None:
    found: list[int] = []
    threads = [threading.Thread(target=lambda: found.append(len(lint([web]).findings))) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [1, 1, 1, 1]


def test_nothing_is_written_next_to_what_is_read(web: Path) -> None:
    before = sorted(path.name for path in web.rglob("*"))
    lint([web])
    assert sorted(path.name for path in web.rglob("*")) == before


def test_the_package_can_be_imported_without_its_parts() -> None:
    code = "import sys, kubelint_lb; print(*sorted(name for name in sys.modules if name.startswith('kubelint_lb.')))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.strip() == ""
