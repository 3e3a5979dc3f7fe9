"""Prints every ratio, or those named: `make bench BENCH_ARGS="startup reading"`."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Iterator

from benchmarks import growth, reading, startup

REPORTS: dict[str, Callable[[], Iterator[str]]] = {
    "startup": startup.report,
    "reading": reading.report,
    "growth": growth.report,
}


def main() -> None:
    """Run the reports that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"any of {', '.join(REPORTS)}; all of them if none is named")
    names = parser.parse_args().names
    if unknown := [name for name in names if name not in REPORTS]:
        parser.error(f"no report is called {unknown[0]}; there are {', '.join(REPORTS)}")
    for name in names or REPORTS:
        print(f"== {name}")
        for line in REPORTS[name]():
            print(line, flush=True)


if __name__ == "__main__":
    main()
