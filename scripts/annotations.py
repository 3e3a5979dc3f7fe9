"""Writes what each Ingress controller reads from annotations, from a catalogue: kubelint_lb/controllers/*/annotations.json.

    python scripts/annotations.py CATALOGUE [--check]

CATALOGUE is a JSON file with a list `annotations`, each with its controller, name, type, and what is known of it. With --check
nothing is written: it fails if some file is not current.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from pathlib import Path

CONTROLLERS = Path(__file__).parent.parent / "kubelint_lb" / "controllers"
# The folder of each controller, by its name in the catalogue.
FOLDERS = {
    "aws-alb": "alb",
    "contour": "contour",
    "gke": "gke",
    "haproxy-ingress": "haproxy",
    "haproxytech": "haproxy_tech",
    "ingress-nginx": "nginx",
    "kong": "kong",
    "nginx-inc": "nginx_inc",
    "traefik": "traefik",
    "traefik-ingress-nginx-provider": "traefik_nginx",
}
# What is kept of an annotation; a value that says nothing (null, false, an empty list) is left out.
KEPT = (
    "type", "allowed", "min", "max", "unit", "pattern", "max_length", "merge", "case_sensitive", "case_insensitive_name",
    "separator", "objects", "scope", "prefixes", "default", "on_invalid", "inert_without", "depends_on",
    "effective_on_canary_ingress",
    "strip_spaces_before_match", "not_on_master", "not_on_minion", "plus_only", "risk", "since", "deprecated", "removed",
    "removed_in", "replaced_by", "replacement_hint", "written_by_controller", "alias_of", "ingress2gateway", "source",
)  # fmt: skip
# Says something where it is false, too.
FOLDS = "case_sensitive"
# The controller's expression, and one that says the same and takes no time on a long value that does not match: Go's expressions
# never look back.
LINEAR = {
    r"^([A-Za-z]+,?\s?)+$": r"^[A-Za-z]+(?:(?:,\s?|\s)[A-Za-z]+)*(?:,\s?|\s)?$",
    r"^(([A-Za-z0-9\-\_]+|\*),?\s?)+$": r"^[A-Za-z0-9\-_*]+(?:(?:,\s?|\s)[A-Za-z0-9\-_*]+)*(?:,\s?|\s)?$",
    r"^((((([a-z]+://)?(\*\.)?[A-Za-z0-9\-.]*(:\d+)?,?)|null)+)|\*)?$": (
        r"^(?:\*|(?:[A-Za-z0-9\-.,]|\*\.|:(?=\d)|(?<=[a-z])://)*)$"
    ),
}


def rendered(catalogue: Path) -> dict[Path, str]:
    """The text of each file, by its path."""
    found: dict[str, dict[str, object]] = defaultdict(dict)
    for one in json.loads(catalogue.read_text(encoding="utf-8"))["annotations"]:
        kept = {key: one[key] for key in KEPT if one.get(key) not in (None, False, [], "") or (key == FOLDS and key in one)}
        if "pattern" in kept:
            kept["pattern"] = LINEAR.get(kept["pattern"], kept["pattern"])
        found[FOLDERS[one["controller"]]][one["name"]] = kept
    return {CONTROLLERS / folder / "annotations.json": _text(names) for folder, names in sorted(found.items())}


def _text(names: dict[str, object]) -> str:
    """One annotation a line, so that a change of one is a change of one line."""
    lines = (f"  {json.dumps(name)}: {json.dumps(names[name], ensure_ascii=False)}" for name in sorted(names))
    return "{\n" + ",\n".join(lines) + "\n}\n"


def main(arguments: list[str]) -> int:
    """Writes the files, or says which are not current."""
    paths = [one for one in arguments if one != "--check"]
    if len(paths) != 1 or not Path(paths[0]).is_file():
        print(__doc__, file=sys.stderr)
        return 2
    stale = {path: text for path, text in rendered(Path(paths[0])).items() if not path.exists() or path.read_text() != text}
    for path, text in stale.items():
        if "--check" in arguments:
            print(f"{path.relative_to(CONTROLLERS.parent.parent)}: not current")
        else:
            path.write_text(text, encoding="utf-8")
    return int(bool(stale) and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
