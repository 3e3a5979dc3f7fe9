"""What all tests share: linting a text or a small tree, and reading the findings like a person would."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from kubelint_lb.engine.run import lint
from kubelint_lb.report.finding import Finding, Report
from kubelint_lb.settings.settings import RuleOverride, Settings
from kubelint_lb.settings.severity import Severity


@dataclass(frozen=True)
class Seen:
    """A finding, flattened for assertions."""

    finding: Finding

    @property
    def rule(self) -> str:
        return self.finding.rule

    @property
    def message_key(self) -> str:
        return self.finding.message_key

    @property
    def message(self) -> str:
        return self.finding.message

    @property
    def severity(self) -> str:
        return self.finding.severity.value

    @property
    def path(self) -> str:
        return self.finding.location.path

    @property
    def line(self) -> int:
        return self.finding.location.span.line

    @property
    def column(self) -> int:
        return self.finding.location.span.column

    @property
    def end_line(self) -> int:
        return self.finding.location.span.end_line

    @property
    def end_column(self) -> int:
        return self.finding.location.span.end_column

    @property
    def field(self) -> str:
        return self.finding.field

    @property
    def place(self) -> tuple[int, int]:
        """Line and column."""
        return self.line, self.column

    @property
    def related(self) -> list[tuple[str, int, int, str]]:
        """Path, line, column and words of the related places."""
        return [
            (one.location.path, one.location.span.line, one.location.span.column, one.message) for one in self.finding.related
        ]

    def __repr__(self) -> str:
        return f"{self.path}:{self.line}:{self.column} {self.severity} {self.rule}[{self.message_key}] {self.message}"


LintTree = Callable[..., Report]
LintText = Callable[..., list[Seen]]


def write_tree(root: Path, files: Mapping[str, str]) -> None:
    """Writes texts (dedented) as files below a folder."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")


@pytest.fixture
def lint_tree(tmp_path: Path) -> LintTree:
    """Lints a small tree, given as texts by path, and returns the whole report: of rules that are selected all down to info,
    else what is worth a warning (advice would be all over every small tree)."""

    def run(files: str | Mapping[str, str], *, select: tuple[str, ...] | list[str] | str = (), **settings: Any) -> Report:
        tree = {"manifest.yaml": files} if isinstance(files, str) else files
        write_tree(tmp_path, tree)
        chosen = (select,) if isinstance(select, str) else tuple(select)
        params = settings.pop("params", None)
        settings.setdefault("render", False)  # what is installed here must not matter, but to tests of rendering
        settings.setdefault("severity", Severity.INFO if chosen else Severity.WARNING)
        options = Settings(root=tmp_path.resolve(), select=chosen, **settings)
        if params is not None:
            (rule,) = chosen
            options = options._replace(rules={rule: RuleOverride(params=params)})
        return lint([tmp_path], options)

    return run


@pytest.fixture
def lint_text(lint_tree: LintTree) -> LintText:
    """Lints one text or a small tree and returns its findings in order.

    `select=` names the rule or rules to run, `params=` sets parameters of the one selected; other keywords are settings.
    """

    def run(files: str | Mapping[str, str], **options: Any) -> list[Seen]:
        return [Seen(finding) for finding in lint_tree(files, **options).findings]

    return run


@pytest.fixture(scope="session", autouse=True)
def _no_ones_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What runs keep for other runs is kept apart from the user's."""
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield
