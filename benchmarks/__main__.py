"""Prints every ratio, or those named: `make bench BENCH_ARGS="startup reading"`."""

from __future__ import annotations

import argparse
import subprocess
import sys
from importlib import import_module

REPORTS = ("startup", "reading", "growth", "shapes", "changes", "fleet", "peers")


def main() -> None:
    """Run the reports that the command line names."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("names", nargs="*", help=f"any of {', '.join(REPORTS)}; all of them if none is named")
    names = parser.parse_args().names or REPORTS
    if unknown := [name for name in names if name not in REPORTS]:
        parser.error(f"no report is called {unknown[0]}; there are {', '.join(REPORTS)}")
    if len(names) > 1:
        # Each in a process of its own: Linux counts the memory of the one that starts a child into the child's peak.
        for name in names:
            subprocess.run([sys.executable, "-m", "benchmarks", name], check=True)
        return
    print(f"== {names[0]}", flush=True)
    for line in import_module(f"benchmarks.{names[0]}").report():
        print(line, flush=True)


if __name__ == "__main__":
    main()
