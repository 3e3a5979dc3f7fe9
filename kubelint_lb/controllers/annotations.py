"""What each controller reads from annotations: data, one file beside the code of each product."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from enum import Enum
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from kubelint_lb.controllers.which import (
    ALB,
    CONTOUR,
    GKE,
    HAPROXY_INGRESS,
    HAPROXY_TECH,
    KONG,
    NGINX,
    NGINX_INC,
    TRAEFIK,
)

_FOLDERS = {
    ALB: "alb",
    CONTOUR: "contour",
    GKE: "gke",
    HAPROXY_INGRESS: "haproxy",
    HAPROXY_TECH: "haproxy_tech",
    KONG: "kong",
    NGINX: "nginx",
    NGINX_INC: "nginx_inc",
    TRAEFIK: "traefik",
}
# A part of a name that users choose: a Service, a port, a status, the number of an entry.
_CHOSEN = re.compile(r"\$\{[^}]+\}|<\w+>|(?<=\.)n(?=\.)")


# Several controllers read names with it, and GKE's writes some.
_SHARED_PREFIX = "ingress.kubernetes.io"


class Effect(Enum):
    """What a controller does with a value that it cannot read."""

    REFUSED = "refused"
    DENIED = "denied"
    UNPROTECTED = "unprotected"
    GROUP_STOPS = "group-stops"
    SKIPPED = "skipped"
    IGNORED = "ignored"


# How the data begins that says so; what is not listed is ignored, or the default holds.
_EFFECTS = (
    ("reject", Effect.REFUSED),
    ("Ingress rejected", Effect.REFUSED),
    ("deny", Effect.DENIED),
    ("group-dropped", Effect.UNPROTECTED),
    ("reconcile error", Effect.GROUP_STOPS),
    ("unknown or unparsable", Effect.SKIPPED),
)


class Annotation(NamedTuple):
    """An annotation as its controller reads it.

    `type` is the controller's (bool, int, duration, enum, list, …) with `allowed` words, a `pattern` and the range `least` to
    `most` where it has them; `folds_case`: the words may be written in any case; `strips_spaces`: the pattern is held against
    the value without its spaces. `objects` are the kinds on which it is read; `needs` the suffixes without all of which it
    does nothing (`backend-protocol=FCGI`: with that value); `effect` is what becomes of a value that cannot be read.
    `removed`: the controller knows it no more, since `removed_in`; `replaced_by` took its place. `on_canary`: it has a
    meaning on a canary Ingress. `exclusive`: the members of an IngressGroup of AWS have to agree. `risk` is ingress-nginx's
    (low, medium, high, critical). `source` is where the controller's code says so.
    """

    name: str
    type: str
    objects: tuple[str, ...]
    allowed: tuple[str, ...] = ()
    least: float | None = None
    most: float | None = None
    pattern: str = ""
    folds_case: bool = False
    strips_spaces: bool = False
    needs: tuple[str, ...] = ()
    effect: Effect = Effect.IGNORED
    removed: bool = False
    removed_in: str = ""
    replaced_by: str = ""
    on_canary: bool = False
    exclusive: bool = False
    risk: str = ""
    source: str = ""

    @property
    def suffix(self) -> str:
        """What follows the prefix."""
        return self.name.partition("/")[2]


class Annotations:
    """The annotations that one controller reads."""

    def __init__(self, rows: Mapping[str, Annotation], prefixes: frozenset[str], *, folds_names: bool) -> None:
        self.rows = rows
        self.prefixes = prefixes
        self._folds_names = folds_names

    def find(self, name: str) -> Annotation | None:
        """What is known of an annotation, by its name on an object; None where the controller does not read it."""
        found = self.rows.get(name)
        if found is None and self._folds_names:
            found = self._folded.get(name.lower())
        if found is not None:
            return found
        return next((row for pattern, row in self._patterns if pattern.fullmatch(name)), None)

    def suffixes(self) -> Iterator[str]:
        """What follows the prefix in names that are read, for near misses."""
        return (row.suffix for row in self.rows.values() if not row.removed and not _CHOSEN.search(row.suffix))

    def owns(self, prefix: str) -> bool:
        """The prefix is this controller's alone."""
        return prefix in self.prefixes and prefix != _SHARED_PREFIX

    @cached_property
    def _folded(self) -> Mapping[str, Annotation]:
        return {name.lower(): row for name, row in self.rows.items()}

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], Annotation], ...]:
        flags = re.IGNORECASE if self._folds_names else re.NOFLAG
        chosen = ((name, row) for name, row in self.rows.items() if _CHOSEN.search(name))
        return tuple((re.compile(_pattern(name), flags), row) for name, row in chosen)


def _pattern(name: str) -> str:
    """A pattern of the names that users make of one. Entries of lists are written `domains[0].main` as well."""
    return ".+".join(map(re.escape, _CHOSEN.split(name))).replace(r"\..+\.", r"(?:\.|\[).+\.")


_NOBODY = Annotations({}, frozenset(), folds_names=False)


@cache
def annotations_of(controller: str) -> Annotations:
    """The annotations that a controller reads; none for a controller that is not known."""
    folder = _FOLDERS.get(controller)
    if folder is None:
        return _NOBODY
    text = (Path(__file__).parent / folder / "annotations.json").read_text(encoding="utf-8")
    rows = {row.name: row for name, one in json.loads(text).items() for row in _rows(name, one)}
    # Traefik's labels are parsed whatever their case.
    return Annotations(rows, frozenset(name.partition("/")[0] for name in rows), folds_names=controller == TRAEFIK)


def _rows(name: str, one: Mapping[str, object]) -> Iterator[Annotation]:
    """An annotation under each prefix that its controller reads it with."""
    prefix, _, suffix = name.partition("/")
    for other in (prefix, *(found for found in _words(one, "prefixes") if found != prefix)):
        yield _annotation(f"{other}/{suffix}", one)


def _words(one: Mapping[str, object], key: str) -> tuple[str, ...]:
    found = one.get(key)
    return tuple(map(str, found)) if isinstance(found, list) else ()


def _annotation(name: str, one: Mapping[str, object]) -> Annotation:
    def word(key: str) -> str:
        return str(one.get(key) or "")

    def number(key: str) -> float | None:
        found = one.get(key)
        return float(found) if isinstance(found, int | float) else None

    return Annotation(
        name,
        word("type"),
        _words(one, "objects"),
        _words(one, "allowed"),
        number("min"),
        number("max"),
        word("pattern"),
        folds_case=one.get("case_sensitive") is False,
        strips_spaces=bool(one.get("strip_spaces_before_match")),
        needs=_words(one, "inert_without"),
        effect=next((effect for start, effect in _EFFECTS if word("on_invalid").startswith(start)), Effect.IGNORED),
        removed=bool(one.get("removed")),
        removed_in=word("removed_in"),
        replaced_by=word("replaced_by"),
        on_canary=bool(one.get("effective_on_canary_ingress")),
        exclusive=word("merge") == "Exclusive",
        risk=word("risk"),
        source=word("source"),
    )
