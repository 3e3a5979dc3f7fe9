"""Renders Helm charts with `helm template`: no hooks, no cluster, no repository."""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from kubelint_lb.cache.outputs import Cache, key_of, tool_identity
from kubelint_lb.render.helm.chart import Chart
from kubelint_lb.render.process import Outcome, run_tool
from kubelint_lb.render.withhold import withhold
from kubelint_lb.source.files import read_file

# Stands for a namespace that nobody named: a placeholder, so that no rule takes it for a name.
UNNAMED = "__NAMESPACE__"
_LONGEST = 400
_OBJECT = re.compile(r"^---[ \t]*\n# Source: ([^\n]+)\n", re.MULTILINE)
_CHATTER = re.compile(r"^(?:Error:\s*|WARNING:[^\n]*\n|Use --debug flag[^\n]*|I\d{4} [^\n]*\n|level=[^\n]*\n)", re.MULTILINE)
# With these, a chart cannot be rendered whatever its values are: a template that does not parse, files that are no chart.
_BROKEN = re.compile(r"(?:^|: )parse error at \(|Chart\.yaml|cannot load values\.yaml|chart metadata|links? that|is a link")


class Release(NamedTuple):
    """A chart to render: under a name, into a namespace, with values files (absolute paths) for a version of Kubernetes.

    `configured`: the user asked for just this; else it has the chart's own values. `inline` are more values, texts in JSON
    that go over the files. `files` are rendered in place of those in the chart's folder, by path relative to it.
    """

    chart: Chart
    root: Path
    name: str
    namespace: str = UNNAMED
    values: tuple[Path, ...] = ()
    kubernetes: str = ""
    configured: bool = False
    inline: tuple[str, ...] = ()
    files: Mapping[str, bytes] | None = None


class HelmOutput(NamedTuple):
    """Each object's template (as Helm names it) and text; or why there are none: `failure` in Helm's words, `timed_out`."""

    objects: tuple[tuple[str, str], ...] = ()
    failure: str = ""
    timed_out: bool = False
    # Rendered again it would fail again.
    lasting: bool = False

    @property
    def wants_values(self) -> bool:
        """The chart is sound as far as it goes: with other values than these it may be rendered."""
        return not self.timed_out and _BROKEN.search(self.failure) is None


class Helm:
    """A `helm` program. What comes of a release is kept in a cache, a failure too."""

    def __init__(self, tool: str, cache: Cache, seconds: float, jobs: int | None = None) -> None:
        self._tool = tool
        self._identity = tool_identity(tool)
        self._cache = cache
        self._seconds = seconds
        self._jobs = jobs

    def render_all(self, releases: Sequence[Release]) -> list[HelmOutput]:
        """What each release consists of, in the same order."""
        keys = [self._key(one) for one in releases]
        found = {key: output for key in keys if (output := self._kept(key)) is not None}
        fresh = self._render_some({key: one for key, one in zip(keys, releases, strict=True) if key not in found})
        return [found[key] if key in found else fresh[key] for key in keys]

    def _kept(self, key: str) -> HelmOutput | None:
        failure = self._cache.failure(key)
        if failure is not None:
            return HelmOutput(failure=failure)
        objects = self._cache.get(key)
        return HelmOutput(tuple(objects)) if objects is not None else None

    def _render_some(self, wanted: dict[str, Release]) -> dict[str, HelmOutput]:
        if not wanted:
            return {}
        from kubelint_lb.render.parallel import in_parallel, workers

        results = in_parallel(self._render, wanted.values(), self._jobs or workers())
        for key, rendered in zip(wanted, results, strict=True):
            if not rendered.failure and not rendered.timed_out:
                self._cache.put(key, rendered.objects)
            elif rendered.lasting:
                self._cache.put_failure(key, rendered.failure)
        return dict(zip(wanted, results, strict=True))

    def _key(self, release: Release) -> str:
        chart = release.chart.files if release.files is None else release.files
        files = (part for name in sorted(chart) for part in (name.encode(errors="replace"), chart[name]))
        values = (*map(_content, release.values), *(text.encode() for text in release.inline))
        arguments = "\0".join((release.name, release.namespace, release.kubernetes)).encode()
        return key_of([b"helm", self._identity, arguments, *values, b"chart", *files])

    def _render(self, release: Release) -> HelmOutput:
        try:
            made = tempfile.TemporaryDirectory(prefix="kubelint-lb-", ignore_cleanup_errors=True)
        except OSError as error:
            return HelmOutput(failure=f"a temporary folder cannot be made: {error.strerror}")
        with made as name:
            home = Path(name).resolve()
            try:
                folder = _chart_folder(release, home)
                values = [*release.values, *_written(release.inline, home)]
            except (OSError, ValueError) as error:
                return HelmOutput(failure=f"a temporary folder cannot be written: {getattr(error, 'strerror', None) or error}")
            return self._template(release, folder, values, home)

    def _template(self, release: Release, folder: Path, values: Iterable[Path], home: Path) -> HelmOutput:
        arguments = [self._tool, "template", release.name, str(folder), "--namespace", release.namespace, "--no-hooks"]
        if release.kubernetes:
            arguments += ["--kube-version", release.kubernetes]
        for path in values:
            arguments += ["--values", _quoted(str(path))]
        outcome = run_tool(arguments, folder, self._seconds)
        if outcome.succeeded:
            return HelmOutput(tuple(objects_of(outcome.stdout)))
        failure = _failure(outcome, (home, release.root))
        return HelmOutput(failure=failure, timed_out=outcome.timed_out, lasting=outcome.failed_for_good)


def _chart_folder(release: Release, home: Path) -> Path:
    """Where Helm finds the chart. Raises OSError or ValueError where it cannot be written."""
    if release.files is None:
        return release.root / release.chart.folder
    folder = home / "chart"
    for name, data in release.files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return folder


def _written(texts: Iterable[str], home: Path) -> Iterator[Path]:
    for index, text in enumerate(texts):
        path = home / f"values-{index}.json"
        path.write_text(text, encoding="utf-8")
        yield path


def objects_of(text: str) -> Iterable[tuple[str, str]]:
    """The templates and texts of the objects that Helm printed, without the data of Secrets and ConfigMaps."""
    marks = list(_OBJECT.finditer(text))
    for mark, following in zip(marks, [*marks[1:], None], strict=False):
        end = following.start() if following is not None else len(text)
        body = text[mark.end() : end]
        if body.strip():
            yield mark[1].strip(), withhold(body)


def _content(path: Path) -> bytes:
    try:
        return read_file(path)
    except OSError:
        return b""


def _quoted(path: str) -> str:
    """Helm reads a list of files as CSV."""
    if "," not in path and '"' not in path:
        return path
    doubled = path.replace('"', '""')
    return f'"{doubled}"'


def _failure(outcome: Outcome, folders: Iterable[Path]) -> str:
    if outcome.too_much:
        return "it printed more than any chart should"
    # What it logs before is advice; the error comes last.
    _, marker, said = f"\n{outcome.stderr}".rpartition("\nError: ")
    stderr = _CHATTER.sub("", said if marker else outcome.stderr)
    for folder in folders:
        stderr = stderr.replace(f"{folder}/", "")
    words = " ".join(stderr.split())
    return words[:_LONGEST].rstrip(".") or f"it ended with exit code {outcome.code} and said nothing"
