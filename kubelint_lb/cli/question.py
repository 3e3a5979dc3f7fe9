"""Whether a run of `check` may be answered with what it printed before, and which answers may be kept."""

from __future__ import annotations

import os
import sys
import time
from typing import TYPE_CHECKING

from kubelint_lb import __version__
from kubelint_lb.cache.seen import may_matter
from kubelint_lb.cli.console import wants_color, width

if TYPE_CHECKING:
    from kubelint_lb.cache.answers import Question
    from kubelint_lb.cli.check_options import Options
    from kubelint_lb.cli.option import Values
    from kubelint_lb.report.finding import Report
    from kubelint_lb.settings.settings import Settings
    from kubelint_lb.source.place import Location

# Options that write, compare with another revision, measure, or look at what no file says.
_ANEW = (
    "outputs", "write_baseline", "changed_since", "new_since", "fix", "unsafe_fixes", "diff", "add_ignores", "watch",
    "profile_rules", "no_cache", "cluster",
)  # fmt: skip
# Formats that print no more than the findings that are shown.
_SHORT = frozenset({"text", "concise", "github"})
_PRIVATE = ("Secret", "ConfigMap", "List")
# Lines around a finding that an output may show.
_SHOWN = 3


def question_of(values: Values) -> list[str] | None:
    """All that decides what a run prints, but for what it reads; None for a run that has to be made."""
    paths = values["paths"]
    places = [str(one) for one in paths] if isinstance(paths, list) else []
    if any(values[name] for name in _ANEW) or "-" in places or not all(map(_is_plain, places)):
        return None
    try:
        here = os.getcwd()
    except OSError:
        return None
    looks = (wants_color(str(values["color"])), width(), sys.stdout.encoding)
    git = sorted(one for one in os.environ.items() if one[0].startswith("GIT_CONFIG") or one[0] == "GIT_EXEC_PATH")
    said = sorted((name, value) for name, value in values.items() if value is not None)
    return [__version__, here, time.strftime("%Y-%m-%d"), repr(looks), repr(git), repr(said), os.path.expanduser("~")]


def _is_plain(path: str) -> bool:
    """It is a folder or a file as others that are read, and no link leads to it: who changes one changes what a run is about."""
    return os.path.abspath(path) == os.path.realpath(path) and (os.path.isdir(path) or may_matter(os.path.basename(path)))


def ask(question: list[str], options: Options) -> Question:
    """The question put to what lies around its root now. Raises UsageError for paths without a root."""
    from pathlib import Path

    from kubelint_lb.cache.answers import Question
    from kubelint_lb.settings.root import find_root

    return Question(question, str(find_root([Path(one) for one in options.paths], options.config).folder))


def may_be_kept(report: Report, settings: Settings, options: Options) -> bool:
    """Nothing outside of its root took part, and none of what is printed is of a Secret or a ConfigMap."""
    outside = (settings.config_path, settings.baseline, settings.charts, *settings.crds, *settings.rule_paths)
    if not all(one.is_relative_to(report.root) for one in outside if one is not None):
        return False
    files = (settings.config_path, settings.baseline)
    if not all(may_matter(one.name) for one in files if one is not None):
        return False
    printed = report.findings
    if options.verbose or options.format not in _SHORT:
        printed += (*report.suppressed, *report.hidden)
    places = (place for one in printed for place in (one.location, *(related.location for related in one.related)))
    return not any(_is_private(report, place) for place in places)


def _is_private(report: Report, place: Location) -> bool:
    """The document of a place, or one that the lines around it reach into, is a Secret, a ConfigMap, or has encrypted values."""
    lines = report.sources.get(place.path)
    if lines is None or not any(map(_tells, lines)):
        return lines is None
    first, last = max(place.span.line - 1 - _SHOWN, 0), place.span.end_line + _SHOWN
    while first > 0 and not lines[first].startswith("---"):
        first -= 1
    while last < len(lines) and not lines[last].startswith("---"):
        last += 1
    return any(map(_tells, lines[first:last]))


def _tells(line: str) -> bool:
    return "ENC[" in line or ("kind" in line and any(word in line for word in _PRIVATE))
