"""A run over a fleet: tasks are given out, outcomes come in as they may, and files for all are made of what lies on disk."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple
from uuid import uuid4

from kubelint_lb.config.config_settings import read_settings
from kubelint_lb.fleet.files import replaced, write
from kubelint_lb.fleet.history import HISTORY, past_line, read_history
from kubelint_lb.fleet.local import on_processes
from kubelint_lb.fleet.record import forget
from kubelint_lb.fleet.state import digest_of
from kubelint_lb.fleet.summary import Adding, Summary
from kubelint_lb.fleet.summary_json import RunFacts, summary_json
from kubelint_lb.fleet.targets import Target
from kubelint_lb.fleet.task import RUN, Options, Outcome, Status, Task
from kubelint_lb.settings.errors import UsageError
from kubelint_lb.settings.root import Root, existing

FLEET_JSON, FLEET_HTML, FLEET_PARQUET = "fleet.json", "fleet.html", "fleet.parquet"
Told = Callable[[int, int], None]


class How(NamedTuple):
    """Where trees are linted: in `jobs` processes here, or by a Dask `scheduler` (its address). `seconds` are for each tree."""

    jobs: int
    seconds: float
    scheduler: str = ""
    fresh: bool = False


class FleetRun(NamedTuple):
    """The result, and whether there is a Parquet file: that takes pyarrow."""

    summary: Summary
    parquet: bool


def configured(config: Path | None) -> tuple[str, str]:
    """The absolute path of a configuration for all trees, and a digest of it and all it refers to; empty without one.

    Raises UsageError, ConfigError or CatalogueError for mistakes in it: once, not once for each tree.
    """
    if config is None:
        return "", ""
    file = existing(config)
    if not file.is_file():
        raise UsageError(f"--config: {config} is not a file")
    settings = read_settings(Root(file.parent, file), file)
    others = [*settings.rule_paths, *settings.crds, settings.charts, settings.baseline]
    return str(file), digest_of([file, *(one for one in others if one is not None and one.exists())])


def run_fleet(targets: Sequence[Target], output: Path, options: Options, how: How, told: Told) -> FleetRun:
    """Lints what has to be and writes all reports below `output`. Raises UsageError for what stops the whole run."""
    started, clock = datetime.now(UTC), time.monotonic()
    output = _prepared(output, targets)
    run = uuid4().hex
    write(output / RUN, run + "\n")
    tasks = [Task(one, str(output), options, run, how.fresh) for one in targets]
    outcomes: dict[str, Outcome] = {}
    for outcome in _given_out(tasks, how):
        outcomes[outcome.name] = outcome
        told(len(outcomes), len(tasks))
    if (output / RUN).read_text(encoding="utf-8").strip() != run:
        # Reports on what failed here are taken away; those of another run are not ours to take.
        raise UsageError(f"--output: another run began to write to {output}; the summary is left to that")
    return _summed_up(tasks, outcomes, output, RunFacts(started.isoformat(timespec="seconds"), time.monotonic() - clock))


def _given_out(tasks: Sequence[Task], how: How) -> Iterator[Outcome]:
    if how.scheduler:
        from kubelint_lb.fleet.dask import on_cluster

        return on_cluster(tasks, how.scheduler, how.seconds)
    return on_processes(tasks, how.jobs, how.seconds)


def _prepared(output: Path, targets: Sequence[Target]) -> Path:
    """The absolute output folder, made where it is not there. In a tree it would be linted with it."""
    try:
        (output / "trees").mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise UsageError(f"--output: cannot make {output}: {error.strerror}") from None
    output = output.resolve()
    for one in targets:
        place = Path(one.place)
        if not one.branch and place.is_dir() and output.is_relative_to(place.resolve()):
            raise UsageError(f"--output: {output} lies in {place}, which is linted")
    return output


def _summed_up(tasks: Sequence[Task], outcomes: Mapping[str, Outcome], output: Path, facts: RunFacts) -> FleetRun:
    adding = Adding(read_history(output))
    with replaced(output / HISTORY) as history:
        with history.open("w", encoding="utf-8", errors="replace") as lines:
            for task in tasks:
                outcome = outcomes.get(task.target.name) or Outcome(task.target.name, Status.FAILED, "nothing was heard of it")
                if outcome.status is Status.FAILED:
                    forget(task.folder)
                lines.write(past_line(adding.add(task.target, outcome, task.folder)))
        summary = adding.summary()
        # The history takes its place last: a run that is ended before is compared with the same one again.
        parquet = _write(summary, output, facts)
    return FleetRun(summary, parquet)


def _write(summary: Summary, output: Path, facts: RunFacts) -> bool:
    from kubelint_lb.fleet.page import page

    write(output / FLEET_JSON, summary_json(summary, facts))
    write(output / FLEET_HTML, page(summary))
    if find_spec("pyarrow") is None:
        (output / FLEET_PARQUET).unlink(missing_ok=True)  # that of another run would be taken for one of this
        return False
    from kubelint_lb.fleet.parquet import write_parquet

    with replaced(output / FLEET_PARQUET) as part:
        write_parquet(summary, output, part)
    return True
