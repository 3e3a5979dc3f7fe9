"""From bytes to a report in every format, as a fuzz target: `python -m fuzz.report --seconds 60`.

Runs under atheris where that is installed, which follows what the bytes reach in the program, else with inputs of
`fuzz.mutations`. An input that fails is written to `--failures`; `python -m fuzz.report FILE` runs it again.
"""

from __future__ import annotations

import argparse
import hashlib
import importlib.util
import os
import re
import resource
import signal
import sys
import tempfile
import time
import traceback
from contextlib import suppress
from pathlib import Path
from types import FrameType

from fuzz.mutations import mutated
from fuzz.seeds import files_of, seeds
from kubelint_lb.engine.fix import fix
from kubelint_lb.engine.run import lint
from kubelint_lb.output.formats import FORMATS, render
from kubelint_lb.output.style import Style
from kubelint_lb.report.finding import Report
from kubelint_lb.settings.settings import Settings
from kubelint_lb.settings.severity import Severity

_LONGEST = 20  # seconds for one input
_MOST_MEMORY = 4 * 1024**3  # bytes of address space
_WIDTH = 80
_NEVER_PRINTED = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def check(data: bytes) -> None:
    """Lints what the bytes stand for and renders the report in every format. Raises where the program has a defect."""
    with tempfile.TemporaryDirectory(prefix="kubelint-lb-fuzz-") as name:
        folder = Path(name).resolve()
        _write(folder, data)
        settings = Settings(
            root=folder,
            select=("ALL",),
            severity=Severity.INFO,
            complete=len(data) % 2 == 1,
            cache=False,
            today="2024-01-01",
        )
        report = lint([folder], settings)
        _check_report(report)
        _check_formats(report, folder)
        _check_report(fix([folder], settings, unsafe=True).report)


def _write(folder: Path, data: bytes) -> None:
    for name, content in files_of(data):
        target = folder / name
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        except OSError:  # a name that the file system does not take, or that a folder has
            continue


def _check_report(report: Report) -> None:
    defects = [one.message for one in report.findings if one.rule == "internal-error"]
    assert not defects, "\n".join(defects)
    assert report.exit_code in {0, 1, 2}, report.exit_code


def _check_formats(report: Report, folder: Path) -> None:
    # SARIF lists all rules that ran, which is the same every time and takes longer than the rest.
    found = {one.rule for one in (*report.findings, *report.suppressed, *report.hidden)}
    report = report._replace(rules=[one for one in report.rules if one.name in found])
    style = Style(color=False, width=_WIDTH, cwd=folder, sarif_root=folder, statistics=True, verbose=True)
    for name in FORMATS:
        text = render(name, report, style)
        sent = _NEVER_PRINTED.search(text)
        assert sent is None, f"{name} sends {sent[0]!a}"
        text.encode("utf-8", "backslashreplace")


def _too_long(_signal: int, _frame: FrameType | None) -> None:
    raise TimeoutError(f"one input took longer than {_LONGEST} s")


def check_bounded(data: bytes) -> None:
    """The same, for some seconds at most."""
    signal.signal(signal.SIGALRM, _too_long)
    signal.alarm(_LONGEST)
    try:
        check(data)
    finally:
        signal.alarm(0)


def run_mutations(seconds: float, seed: int, failures: Path) -> int:
    """Runs inputs for so long, and returns how many failed; each place of the program that fails is told once."""
    resource.setrlimit(resource.RLIMIT_AS, (_MOST_MEMORY, resource.RLIM_INFINITY))
    texts = seeds()
    end = time.monotonic() + seconds
    told: set[str] = set()
    number = 0
    with suppress(KeyboardInterrupt):  # it says what it has done so far
        while time.monotonic() < end:
            data = mutated(texts, seed, number)
            number += 1
            try:
                check_bounded(data)
            except Exception as error:
                place = _place(error)
                if place not in told:
                    told.add(place)
                    _tell(data, failures, number - 1)
    print(f"{number} inputs, {len(told)} defects (seed {seed})")
    return len(told)


def _place(error: BaseException) -> str:
    """What two failures of one cause have in common."""
    frames = traceback.extract_tb(error.__traceback__)
    last = frames[-1]
    return f"{type(error).__name__} {last.filename}:{last.lineno} {error if isinstance(error, AssertionError) else ''}"[:300]


def _tell(data: bytes, failures: Path, number: int) -> None:
    failures.mkdir(parents=True, exist_ok=True)
    file = failures / hashlib.sha256(data).hexdigest()[:16]
    file.write_bytes(data)
    print(f"input {number}: {file}\n{traceback.format_exc()}", flush=True)


def run_atheris(seconds: int, seed: int, failures: Path) -> None:
    """Runs for so long under atheris, which ends the process itself."""
    import atheris

    failures.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="kubelint-lb-fuzz-") as corpus:
        for index, data in enumerate(seeds()):
            (Path(corpus) / str(index)).write_bytes(data)
        options = [f"-max_total_time={seconds}", f"-seed={seed}", f"-timeout={_LONGEST}", f"-rss_limit_mb={_MOST_MEMORY >> 20}"]
        atheris.instrument_all()
        atheris.Setup([sys.argv[0], *options, f"-artifact_prefix={failures}/", corpus], check)
        atheris.Fuzz()


def main() -> int:
    """Runs some files, or new inputs for some seconds; 1 where one failed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path, help="inputs to run, and no others")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1, help="another one gives other inputs")
    parser.add_argument("--failures", type=Path, default=Path("fuzz-failures"), help="the folder for inputs that fail")
    parser.add_argument("--mutations", action="store_true", help="without atheris, even where it is installed")
    given = parser.parse_args()
    os.environ["PATH"] = os.devnull  # what helm and kustomize do with noise is not ours
    for file in given.files:
        check_bounded(file.read_bytes())
    if given.files:
        return 0
    if not given.mutations and importlib.util.find_spec("atheris") is not None:
        run_atheris(given.seconds, given.seed, given.failures)
    return min(1, run_mutations(given.seconds, given.seed, given.failures))


if __name__ == "__main__":
    sys.exit(main())
