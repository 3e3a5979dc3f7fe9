"""Where a report goes: standard output and files, each in a format."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from kubelint_lb.cli.console import wants_color, width, write_bytes, write_out
from kubelint_lb.output.formats import FORMATS, render
from kubelint_lb.settings.errors import UsageError, did_you_mean
from kubelint_lb.settings.root import git_root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from kubelint_lb.output.style import Style
    from kubelint_lb.report.finding import Report

_WITH_FORMAT = re.compile(r"([a-z]+)=(.*)", re.DOTALL)
_FOR_MACHINES = frozenset({"json", "sarif", "gitlab", "junit", "html", "rdjson"})


class Target(NamedTuple):
    """A format and the file it goes to; None is standard output."""

    format: str
    file: Path | None


def plan(format_name: str, outputs: Sequence[str]) -> list[Target]:
    """What to write where: `FILE` takes the place of standard output, `FORMAT=FILE` comes besides; `-` is standard output.

    Raises UsageError for an unknown format, and for a file that can not be written to before a long run finds out.
    """
    targets = [_target(output, format_name) for output in outputs]
    replaced = any(target.file is None for target in targets) or any(not _names_format(output) for output in outputs)
    if not replaced:
        targets.insert(0, Target(_known(format_name), None))
    if sum(target.file is None for target in targets) > 1:
        raise UsageError("--output: only one report can go to standard output")
    for target in targets:
        if target.file is not None:
            check_writable("--output", target.file)
    return targets


def style_of(report: Report, color: str = "auto") -> Style:
    """How a report looks here: on this terminal, from this folder."""
    from kubelint_lb.output.style import Style

    sarif_root = git_root(report.root) or report.root
    return Style(color=wants_color(color), width=width(), cwd=Path.cwd(), sarif_root=sarif_root)


def deliver(report: Report, targets: Sequence[Target], style: Style) -> None:
    """Writes a report to all its targets. Raises UsageError, after what could be written was, for a file that cannot."""

    troubles = []
    for target in targets:
        if target.file is None:
            text = render(target.format, report, style)
            if target.format in _FOR_MACHINES:
                write_bytes(text.encode())
            else:
                write_out(text)
            continue
        try:
            target.file.write_bytes(render(target.format, report, style._replace(color=False)).encode())
        except OSError as error:
            troubles.append(f"--output: cannot write {target.file}: {error.strerror}")
    if troubles:
        raise UsageError("\n".join(troubles))


def _names_format(output: str) -> bool:
    return _WITH_FORMAT.fullmatch(output) is not None


def _target(output: str, format_name: str) -> Target:
    match = _WITH_FORMAT.fullmatch(output)
    name, file = (match[1], match[2]) if match else (format_name, output)
    if not file:
        raise UsageError(f"--output {output}: a file name is missing")
    return Target(_known(name), None if file == "-" else Path(file))


def _known(name: str) -> str:
    if name not in FORMATS:
        raise UsageError(f"unknown format '{name}'{did_you_mean(name, FORMATS)}; choose from {', '.join(FORMATS)}")
    return name


def check_writable(option: str, file: Path) -> None:
    """Raises UsageError for a file that surely can not be written."""
    if file.is_dir():
        raise UsageError(f"{option}: {file} is a folder")
    if not file.parent.is_dir():
        raise UsageError(f"{option}: cannot write {file}: there is no folder {file.parent}")


def write_text(text: str, file: Path | None) -> None:
    """Writes a text to a file, or to standard output. Raises UsageError for a file that cannot be written."""
    if file is None:
        write_out(text)
        return
    check_writable("--output", file)
    try:
        file.write_bytes(text.encode("utf-8", "backslashreplace"))
    except OSError as error:
        raise UsageError(f"--output: cannot write {file}: {error.strerror}") from error
