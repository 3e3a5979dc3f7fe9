"""`kubelint-lb test`: expectations of where requests go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kubelint_lb.cli.tree import Complete, Config, KubernetesVersion, NoRender, Rendered, TreeOptions, tree_settings
from kubelint_lb.settings.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Callable

    from kubelint_lb.settings.settings import Settings

_Files = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[FILES]...", help="Files of expectations; default: every kubelint-lb-tests.yaml from here down."),
]
_Format = Annotated[str, typer.Option("--format", "-f", metavar="FORMAT", help="As for check.")]
_Outputs = Annotated[
    list[str] | None, typer.Option("--output", "-o", metavar="[FORMAT=]FILE", help="Write to a file; may be repeated.")
]
_Write = Annotated[bool, typer.Option("--write", help="Write today's answers to the file, in place of an earlier record.")]


def expect(
    files: _Files = None,
    *,
    format: _Format = "text",  # noqa: A002
    output: _Outputs = None,
    write: _Write = False,
    config: Config = None,
    complete: Complete = False,
    kubernetes_version: KubernetesVersion = None,
    no_render: NoRender = False,
    rendered: Rendered = None,
) -> None:
    """Hold the manifests against files of expectations: which request goes where.

    Exit codes: 0 all hold, 1 some do not, 2 wrong usage or configuration, 3 a defect of kubelint-lb.
    """
    from kubelint_lb.cli.console import notice
    from kubelint_lb.cli.outputs import deliver, plan, style_of
    from kubelint_lb.config.expectation_file import read_expectations
    from kubelint_lb.engine.reading import read_worlds
    from kubelint_lb.engine.traffic_tests import run_tests

    def settings_for(paths: list[str]) -> Settings:
        return tree_settings(paths, TreeOptions(config, rendered, kubernetes_version, not no_render, complete))

    if write:
        _record(list(files or ()), settings_for)
        return
    targets = plan(format, output or ())
    expectations = [read_expectations(one) for one in files or _found()]
    paths = sorted({str(path) for one in expectations for path in one.paths})
    tested = run_tests(expectations, read_worlds(paths, settings_for(paths)))
    deliver(tested.report, targets, style_of(tested.report))
    notice(f"{tested.held} of {tested.size} expectations hold")
    raise typer.Exit(tested.report.exit_code)


def _found() -> list[Path]:
    """The files of expectations below the current folder, as `check` finds manifests."""
    from kubelint_lb.settings.root import TESTS_NAME
    from kubelint_lb.source.discover import discover

    found = [Path(one.path) for one in discover(Path.cwd()) if Path(one.path).name == TESTS_NAME]
    if not found:
        raise UsageError(f"there is no {TESTS_NAME} here: name a file, or record one with `kubelint-lb test --write`")
    return sorted(found)


def _record(files: list[Path], settings_for: Callable[[list[str]], Settings]) -> None:
    from kubelint_lb.cli.console import notice
    from kubelint_lb.cli.outputs import write_text
    from kubelint_lb.engine.reading import read_worlds
    from kubelint_lb.engine.recorded import MARK, record
    from kubelint_lb.settings.root import TESTS_NAME

    if len(files) > 1:
        raise UsageError("--write: name one file")
    file = files[0] if files else Path(TESTS_NAME)
    if file.exists() and MARK not in file.read_text(encoding="utf-8", errors="replace"):
        raise UsageError(f"--write: {file} was written by hand; name another file")
    folder = [str(file.parent)]
    recorded = record(read_worlds(folder, settings_for(folder)))
    write_text(recorded.text, file)
    unknown = f"; {recorded.unknown} answers are not known and left out" if recorded.unknown else ""
    notice(f"{file}: {recorded.size} expectations written{unknown}")
