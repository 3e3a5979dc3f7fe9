"""Something that the API server refuses or warns of."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from kubelint_lb.source.node import Node


class Reason(Enum):
    """Why the server refuses a value, in the groups in which it says so."""

    UNKNOWN = "a field that it does not know"
    TYPE = "another type than it decodes"
    REQUIRED = "a field that is not there"
    VERSION = "a field that these versions do not have"
    CHANNEL = "a field that the channel does not have"
    COUNT = "too few or too many items"
    VALUE = "a value that it does not take"
    NAME = "a name that it does not take"
    CONFLICT = "fields that do not go together"
    RULE = "a rule of the kind's own"
    DUPLICATE = "an item that is there twice"
    WARNING = "what it takes with a warning"


class Violation(NamedTuple):
    """A refusal. `node` is where it stands: the key of an unknown field, the key of what lacks a field, else the value. `path` is
    the field (`spec.ports[0].port`), `words` say what is wrong with it, `near` is what may have been meant. `definition` is
    where the repository defines the kind itself."""

    node: Node
    reason: Reason
    path: str
    words: str
    near: str = ""
    definition: Node | None = None


class Refusal(NamedTuple):
    """Refusals for some reasons (names of `Reason` in lower case), at the fields that a pattern matches, alone
    or with what is said of them (`spec.rules[0].name: words`); empty: at all that no rule of its own reports."""

    reasons: tuple[str, ...]
    fields: str = ""
