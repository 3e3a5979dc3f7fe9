"""Reading a file of traffic expectations: checked data, and the nodes for places."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from kubelint_lb.config.config_file import read_config
from kubelint_lb.settings.conforms import conforms
from kubelint_lb.settings.errors import FileError, Mistake
from kubelint_lb.settings.schema_check import load_schema, mistakes
from kubelint_lb.source.decode import decode
from kubelint_lb.source.files import read_file
from kubelint_lb.source.node import Mapping, Node
from kubelint_lb.source.parse import parse_text

SCHEMA = "tests.schema.json"
_POLICIES = (("every-host",), ("services", "only-from"))


class ExpectationFile(NamedTuple):
    """A file of expectations. `data` is checked; `paths` are what it asks, as absolute paths."""

    file: Path
    data: dict[str, Any]
    paths: tuple[Path, ...]

    def root(self, path: str) -> Node | None:
        """Its nodes, as those of a file of the tree with this path."""
        documents = parse_text(decode(read_file(self.file)), path)
        return documents[0].root if documents else None


def read_expectations(file: Path) -> ExpectationFile:
    """The file, checked against its schema. Raises FileError with all mistakes in it."""
    name = str(file)
    text = read_config(file, name)
    schema = load_schema(SCHEMA)
    data = text.data(schema)
    found = [] if conforms(data, schema, schema) else mistakes(data, schema, text.places, name)
    if not found:
        found = [_no_policy(name, index, text.node) for index, one in enumerate(data.get("always", ())) if not _is_policy(one)]
    if found:
        raise FileError(found)
    base = file.resolve().parent
    return ExpectationFile(file.resolve(), data, tuple(base / one for one in data.get("paths", ["."])))


def _is_policy(entry: dict[str, Any]) -> bool:
    return sum(all(key in entry for key in keys) for keys in _POLICIES) == 1


def _no_policy(name: str, index: int, root: Mapping | None) -> Mistake:
    node = root.get("always", index) if root is not None else None
    place = node.span[:2] if node is not None else (1, 1)
    return Mistake(name, *place, f"always[{index}]: a policy has either every-host, or services and only-from")
