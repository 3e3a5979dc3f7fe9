"""One tree's work: from a target to two reports and a record. All it knows comes with the task, all it does is in one folder."""

from __future__ import annotations

import json
import os
import re
import tempfile
from datetime import date
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import NamedTuple

from kubelint_lb import __version__
from kubelint_lb.catalogue.catalogue import RuleInfos, load_catalogue
from kubelint_lb.config.config_settings import read_settings
from kubelint_lb.engine.changes import revision_of
from kubelint_lb.engine.run import lint
from kubelint_lb.fleet.files import write
from kubelint_lb.fleet.record import JSON_REPORT, SARIF_REPORT, Record, forget, read_record, record_of, write_record
from kubelint_lb.fleet.state import state_of
from kubelint_lb.fleet.targets import Target
from kubelint_lb.fleet.unpack import Kind, kind_of, unpacked
from kubelint_lb.kube.versions import parse_version
from kubelint_lb.output.formats import render
from kubelint_lb.output.style import Style
from kubelint_lb.report.finding import Report
from kubelint_lb.settings.errors import UsageError
from kubelint_lb.settings.root import Root, find_root
from kubelint_lb.settings.settings import Settings
from kubelint_lb.settings.severity import Severity

# Part of every key: a change of what is kept makes everything be done again.
_FORMAT = 1
RUN = "run.txt"
_UNPACKED = "unpacked-"
# What was unpacked to a place of the moment is called by the place that it came from.
_UNPACKED_PLACE = re.compile(rf"[^\s:]*/{_UNPACKED}[^/\s]+/tree")
_WIDTH = 100  # of excerpts, in columns; none of the two formats has any


class Options(NamedTuple):
    """What holds for all trees. `config` is a configuration file (absolute) in the place of each tree's own, or empty;
    `configuration` the digest of it and what it refers to. `kubernetes_version` is as written, or empty."""

    config: str = ""
    configuration: str = ""
    profile: str = ""
    severity: str = "warning"
    complete: bool = False
    render: bool = True
    kubernetes_version: str = ""


class Task(NamedTuple):
    """A tree to lint and the absolute folder of the run; `fresh`: whatever was done before. `run` names this run, `version` the
    program that wants it done."""

    target: Target
    output: str
    options: Options
    run: str
    fresh: bool = False
    version: str = __version__

    @property
    def folder(self) -> Path:
        """Where the reports on this tree are."""
        return Path(self.output, "trees", self.target.folder)


class Status(StrEnum):
    """What became of a tree: linted in this run, left as an earlier one did it, or neither."""

    LINTED = "linted"
    KEPT = "kept"
    FAILED = "failed"


class Outcome(NamedTuple):
    """How it ended; `reason` says why a tree failed."""

    name: str
    status: Status
    reason: str = ""


def task_text(task: Task) -> str:
    """A task as one line of JSON, for another process."""
    return json.dumps(task._asdict() | {"target": task.target._asdict(), "options": task.options._asdict()})


def task_from(text: str) -> Task:
    """The task that `task_text` wrote."""
    said = json.loads(text)
    return Task(**said | {"target": Target(**said["target"]), "options": Options(**said["options"])})


def lint_tree(task: Task, scratch: Path) -> Outcome:
    """Lints a tree, unless its reports are of just this state. Whatever is wrong with it is an outcome, never an exception.

    `scratch` is a folder for what has to be unpacked.
    """
    name = task.target.name
    try:
        _check_here(task)
        return Outcome(name, _done(task, scratch))
    except UsageError as error:
        return Outcome(name, Status.FAILED, _UNPACKED_PLACE.sub(lambda _: task.target.place, str(error)))
    except OSError as error:
        return Outcome(name, Status.FAILED, f"{error.filename or task.target.place}: {error.strerror or error}")
    except MemoryError:
        return Outcome(name, Status.FAILED, "it takes more memory than there is")
    except Exception as error:
        return Outcome(name, Status.FAILED, f"a defect of kubelint-lb, please report it: {_last_place(error)}")


def _check_here(task: Task) -> None:
    """A worker elsewhere may be of another version, or not see the folders of the one who asks."""
    if task.version != __version__:
        raise UsageError(f"the worker has kubelint-lb {__version__}, not {task.version}")
    try:
        run = Path(task.output, RUN).read_text(encoding="utf-8").strip()
    except OSError:
        raise UsageError(f"the worker does not see {task.output}: its machine must share that folder") from None
    if run != task.run:
        raise UsageError(f"another run writes to {task.output}")


def _done(task: Task, scratch: Path) -> Status:
    target, folder = task.target, task.folder
    kind = kind_of(target)
    commit = revision_of(Path(target.place), target.branch or "HEAD", named=True) if kind is Kind.BRANCH else ""
    key, today = _key(task, kind, commit), date.today().isoformat()
    before = read_record(folder)
    if before is not None and before.holds(key, today):
        if before.run == task.run:
            return Status.LINTED  # by a worker that was lost before it could tell
        if not task.fresh:
            return Status.KEPT
    forget(folder)
    with tempfile.TemporaryDirectory(dir=scratch, prefix=_UNPACKED) as name:
        empty = Path(name).resolve() / "tree"
        empty.mkdir()
        root = unpacked(target, kind, commit, empty)
        settings = _settings(task, kind, root)._replace(today=today)
        report = lint([root], settings)
        report = report._replace(notices=tuple(_UNPACKED_PLACE.sub(lambda _: target.place, one) for one in report.notices))
        _write(folder, report, settings, record_of(report, key, task.run, kind.value, today))
    return Status.LINTED


def _key(task: Task, kind: Kind, commit: str) -> str:
    """A name for all that the reports are made from."""
    options, target = task.options, task.target
    state = state_of(target, kind, commit)
    # Where a configuration lies says nothing; its digest does.
    parts = [_FORMAT, __version__, *options._replace(config=""), kind, target.complete, state]
    return sha256(json.dumps(parts).encode()).hexdigest()


def _settings(task: Task, kind: Kind, root: Path) -> Settings:
    """The tree's own configuration or that for all, under the options. What lies above a tree is not its configuration."""
    options = task.options
    settings = Settings(root=root)
    if options.config:
        config = Path(options.config)
        settings = read_settings(Root(root, config), config)
    else:
        found = find_root([root])
        if found.folder == root and found.config is not None:
            settings = read_settings(found, found.config)
        else:
            # Of a file with nearly the right name; not of one above.
            settings = settings._replace(notices=tuple(one for one in found.notices if one.startswith(f"{root}{os.sep}")))
    complete = settings.complete or options.complete or task.target.complete or kind is Kind.DUMP
    settings = settings._replace(severity=Severity(options.severity), complete=complete, render=options.render)
    if options.profile:
        settings = settings._replace(profile=options.profile)
    if options.kubernetes_version:
        settings = settings._replace(kubernetes_version=parse_version(options.kubernetes_version), kubernetes_version_set=True)
    return settings


def _write(folder: Path, report: Report, settings: Settings, record: Record) -> None:
    # From the top of the tree, wherever it was unpacked: on any machine the same bytes.
    style = Style(color=False, width=_WIDTH, cwd=report.root, sarif_root=report.root)
    # Without the rules that found nothing: the words of all rules would make most reports a hundred times as large.
    catalogue = load_catalogue(tuple(settings.rule_paths))
    found = {one.rule for one in (*report.findings, *report.suppressed)}
    rules = RuleInfos(catalogue, sorted(found & catalogue.outlines.keys()))
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / SARIF_REPORT, render("sarif", report._replace(rules=rules), style))
    write(folder / JSON_REPORT, render("json", report, style))
    write_record(folder, record)


def _last_place(error: Exception) -> str:
    trace = error.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    place = f" ({Path(trace.tb_frame.f_code.co_filename).name}:{trace.tb_lineno})" if trace is not None else ""
    return f"{type(error).__name__}: {error}{place}"
