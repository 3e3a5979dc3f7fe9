"""Writes docs/rules from the rule files. `--check` writes nothing, names what is not current, and exits 1 if there is any."""

from __future__ import annotations

import sys
from pathlib import Path

from kubelint_lb.catalogue.catalogue import load_catalogue
from kubelint_lb.catalogue.rule_page import pages

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "rules"


def main(arguments: list[str], folder: Path = FOLDER) -> int:
    if arguments not in ([], ["--check"]):
        print("usage: python scripts/docs.py [--check]", file=sys.stderr)
        return 2
    wanted = pages(load_catalogue())
    there = {file.name: file.read_text(encoding="utf-8") for file in folder.glob("*.md")}
    if arguments:
        return check(wanted, there, folder)
    folder.mkdir(parents=True, exist_ok=True)
    for name in there.keys() - wanted.keys():
        (folder / name).unlink()
    changed = [name for name, text in wanted.items() if there.get(name) != text]
    for name in changed:
        (folder / name).write_text(wanted[name], encoding="utf-8", newline="\n")
    print(f"{len(wanted)} pages, {len(changed)} written, {len(there.keys() - wanted.keys())} removed")
    return 0


def check(wanted: dict[str, str], there: dict[str, str], folder: Path) -> int:
    problems = [f"{folder / name}: no rule has this page" for name in sorted(there.keys() - wanted.keys())]
    for name, text in sorted(wanted.items()):
        if name not in there:
            problems.append(f"{folder / name}: missing")
        elif there[name] != text:
            problems.append(f"{folder / name}: not current")
    if problems:
        print("\n".join(problems), file=sys.stderr)
        print("run: python scripts/docs.py", file=sys.stderr)
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
