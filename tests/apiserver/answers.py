"""What real API servers answered to manifests with one thing changed, beside what is reported here.

The rows are a file `answers.jsonl` in the folder KUBELINT_LB_APISERVER: `manifest`, `base` (what it was made from), `accepted` by
version.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

from kubelint_lb.kube.validation.findings import Servers
from kubelint_lb.kube.validation.refusals import violations
from kubelint_lb.kube.validation.violation import Reason, Violation
from kubelint_lb.kube.versions import Version
from kubelint_lb.source.node import Mapping, Scalar
from kubelint_lb.source.parse import parse_text

FOLDER = os.environ.get("KUBELINT_LB_APISERVER")
_SERVERS = Servers(Version(1, 34), Version(1, 37))


class Tally(NamedTuple):
    """Refusals by base, those of them that are reported, by base and by reason, and the manifests that were refused wrongly.

    `named` are the reported refusals of which the server names fields, `placed` those that are reported at one of them or
    below it.
    """

    refused: Counter[str]
    reported: Counter[str]
    reasons: Counter[str]
    wrong: list[str]
    named: Counter[str]
    placed: Counter[str]


def reported(manifest: str) -> list[Violation]:
    """What is said to be refused of one manifest by all versions in support."""
    return [one for one in _said(manifest, _SERVERS) if one.reason is not Reason.WARNING]


def warnings(manifest: str, version: Version) -> list[Violation]:
    """What a version is said to warn of."""
    return [one for one in _said(manifest, Servers(version, version)) if one.reason is Reason.WARNING]


def _said(manifest: str, servers: Servers) -> tuple[Violation, ...]:
    root = parse_text(manifest, "manifest.yaml")[0].root
    assert isinstance(root, Mapping)
    version, kind = root.get("apiVersion"), root.get("kind")
    if not isinstance(version, Scalar) or not isinstance(kind, Scalar):
        return ()
    return violations(root, version.text, kind.text, servers)


def rows(folder: str) -> list[dict[str, Any]]:
    """The rows of the file."""
    lines = (Path(folder) / "answers.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def tally(folder: str) -> Tally:
    """Refused is what every version refuses; a wrong refusal is one of what some version takes."""
    found = Tally(Counter(), Counter(), Counter(), [], Counter(), Counter())
    for row in rows(folder):
        said = reported(row["manifest"])
        if any(row["accepted"].values()):
            found.wrong.extend([row["manifest"]] if said else [])
            continue
        found.refused[row["base"]] += 1
        found.reported[row["base"]] += bool(said)
        found.reasons.update({one.reason.name.lower() for one in said})
        if said and row.get("fields"):
            found.named[row["base"]] += 1
            found.placed[row["base"]] += any(_is_at(one.path, field) for one in said for field in row["fields"])
    return found


def _is_at(path: str, field: str) -> bool:
    """A path of a finding is the server's field, or below it. The server writes keys of labels in brackets, and what a row of a
    list is known by in braces."""
    named = re.sub(r"\[[^\]0-9][^\]]*\]|\.\{.*", "", field)
    return path == named or path.startswith((f"{named}.", f"{named}["))
