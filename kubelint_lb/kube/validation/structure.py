"""Fields, types, required fields, words, ranges, formats and keys of lists: what a schema says of each field.

Source: the API server decodes strictly where the client asks for it (kubectl and server-side apply do), then validates. JSON null
is as good as absent; `80.0` is a whole number. Whatever is filled in later is not judged.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import import_module
from typing import Any, cast

from kubelint_lb.kube.validation.findings import Findings
from kubelint_lb.kube.validation.plain import OPEN, Path, Plain
from kubelint_lb.kube.validation.scalars import TYPES, check_scalar, formatted, meant
from kubelint_lb.kube.validation.schemas import Schema, Type
from kubelint_lb.kube.validation.violation import Reason
from kubelint_lb.source.node import Mapping, Node, Scalar, Sequence
from kubelint_lb.source.values import is_null

# What the server writes itself: an export of it is of no interest.
_SERVERS_OWN = frozenset({"status", "managedFields"})
_COLLECTIONS = {"o": "a map", "m": "a map", "l": "a list"}


@cache
def code(name: str) -> Callable[[dict[str, Plain], Path, Findings], None]:
    """The function that checks the fields of a type against each other."""
    module, _, function = name.partition(".")
    found = getattr(import_module(f"kubelint_lb.kube.validation.{module}"), function)
    return cast("Callable[[dict[str, Plain], Path, Findings], None]", found)


class Structure:
    """Walks an object and its type side by side; a wrong parent hides what is below it. The walk makes the plain values, with
    the defaults of the type filled in."""

    def __init__(self, schema: Schema, found: Findings, channel: str | None) -> None:
        self._schema = schema
        self._found = found
        self._channel = channel
        # A field of the experimental channel was met: the cluster has that channel.
        self.experimental = False

    def walk(self) -> dict[str, Plain]:
        """The object as plain values."""
        return self._fields(self._found.root, self._schema.type, ())

    def _value(self, node: Node, schema: Type, path: Path) -> Plain:
        if "ref" in schema:
            schema = self._schema.resolved(schema)
        kind = schema["t"]
        if isinstance(node, Scalar):
            value = node.value
            if value is None:
                return None
            if kind == "a" or node.unknown:
                return OPEN
            if kind == "s" and len(schema) == 1 and isinstance(value, str):
                return value
            if kind in _COLLECTIONS:
                return self._wrong(path, _COLLECTIONS[kind])
            return check_scalar(node, schema, path, self._found, self._channel)
        if kind == "a":
            return OPEN
        if isinstance(node, Sequence):
            return self._list(node, schema, path) if kind == "l" else self._wrong(path, _words(kind))
        if not isinstance(node, Mapping) or kind not in {"o", "m"}:
            return self._wrong(path, _words(kind))
        return self._fields(node, schema, path) if kind == "o" else self._map(node, schema, path)

    def _wrong(self, path: Path, words: str) -> Plain:
        self._found.add(Reason.TYPE, path, words)
        return OPEN

    def _fields(self, node: Mapping, schema: Type, path: Path) -> dict[str, Plain]:
        known = schema["p"]
        plain: dict[str, Plain] = {}
        for name, value in node.items():
            if name in _SERVERS_OWN or name == "<<":
                continue
            field = known.get(name)
            if field is None:
                if not schema.get("keep"):
                    self._unknown(node, name, (*path, name), known)
                continue
            below = (*path, name)
            if "since" in field or "x" in field:
                self._meet(field, below, node.key(name))
            found = self._value(value, field, below)
            if found is not None:
                plain[name] = found
        for name in schema.get("r", ()):
            if _is_missing(plain.get(name), known[name], full=self._schema.custom) and name not in _SERVERS_OWN:
                self._found.required((*path, name))
        if self._schema.custom:
            self._count(len(plain), schema, path, "fields")
            self._fill_in(plain, known)
        if "code" in schema:
            code(schema["code"])(plain, path, self._found)
        return plain

    def _meet(self, field: Type, path: Path, key: Node | None) -> None:
        """A field that not all versions or channels have. None went since the oldest version in support."""
        servers = self._found.servers
        if "since" in field and servers.before(field["since"]):
            self._found.add(Reason.VERSION, path, f"1.{field['since']}", node=key)
        elif "x" in field:
            self.experimental = True
            if self._channel == "standard":
                self._found.add(Reason.CHANNEL, path, "experimental", node=key)

    def _unknown(self, node: Mapping, name: str, path: Path, known: Type) -> None:
        if _is_filled_in(name):
            self._found.settled = False
            return
        near = meant(name, list(known))
        self._found.unknown(path, near, node.key(name) or node)

    def _map(self, node: Mapping, schema: Type, path: Path) -> dict[str, Plain]:
        plain = {}
        for name, value in node.items():
            below = (*path, name)
            if _is_filled_in(name):
                self._found.settled = False
                continue
            if "fk" in schema and not self._key(node, name, schema["fk"], below):
                continue
            found = self._value(value, schema["of"], below)
            plain[name] = "" if found is None else found
        self._count(len(plain), schema, path, "entries")
        return plain

    def _key(self, node: Mapping, name: str, form: str, path: Path) -> bool:
        words = formatted(form, name, self._found.servers)
        if words is not None:
            self._found.add(Reason.NAME, path, words, node=node.key(name) or node)
        return words is None

    def _list(self, node: Sequence, schema: Type, path: Path) -> list[Plain]:
        plain = [self._item(item, schema["of"], (*path, index)) for index, item in enumerate(node.items)]
        self._count(len(plain), schema, path, "items")
        if "k" in schema or schema.get("u"):
            self._duplicates(plain, schema, path)
        return plain

    def _item(self, node: Node, schema: Type, path: Path) -> Plain:
        """An item that is null is one with nothing in it; to a CRD, of another type."""
        if not is_null(node):
            return self._value(node, schema, path)
        schema = self._schema.resolved(schema)
        if self._schema.custom:
            return self._wrong(path, _words(schema["t"]))
        if schema["t"] == "o":
            return self._fields(Mapping(node.document, 0, {}, []), schema, path)
        if schema["t"] == "s" and "f" in schema:
            words = formatted(schema["f"], "", self._found.servers)
            if words is not None:
                self._found.value(path, words)
        return OPEN

    def _duplicates(self, plain: list[Plain], schema: Type, path: Path) -> None:
        seen: set[tuple[Any, ...]] = set()
        for index, item in enumerate(plain):
            if schema.get("u"):
                key: tuple[Any, ...] = (item,)
            else:
                key = tuple(item.get(name) for name in schema["k"]) if isinstance(item, dict) else (OPEN,)
            if any(one is OPEN or isinstance(one, dict | list) for one in key) or all(one is None for one in key):
                continue
            if key in seen:
                shown = ", ".join(str(one) for one in key if one is not None)
                whole = bool(schema.get("u") or self._schema.custom)
                self._found.duplicate((*path, index) if whole else (*path, index, schema["k"][0]), shown)
            seen.add(key)

    def _count(self, count: int, schema: Type, path: Path, what: str) -> None:
        if "lo" in schema and count < schema["lo"]:
            self._found.add(Reason.COUNT, path, f"{schema['lo']} {what} at the least")
        elif "hi" in schema and count > schema["hi"]:
            self._found.add(Reason.COUNT, path, f"{schema['hi']} {what} at the most")

    def _fill_in(self, plain: dict[str, Plain], known: Type) -> None:
        """The defaults that a CRD names."""
        for name, field in known.items():
            if "d" in field and name not in plain:
                plain[name] = self._default(field["d"], field)

    def _default(self, value: Any, schema: Type) -> Plain:
        if isinstance(value, dict) and "p" in schema:
            plain = {name: self._default(one, schema["p"][name]) for name, one in value.items() if name in schema["p"]}
            self._fill_in(plain, schema["p"])
            return plain
        if isinstance(value, list):
            return [self._default(one, schema["of"]) for one in value]
        return value


def _words(kind: str) -> str:
    return _COLLECTIONS.get(kind) or TYPES[kind]


def _is_missing(value: Plain, schema: Type, *, full: bool) -> bool:
    """Absent; of a built-in kind, an empty text or list is as good as absent."""
    return value is None or (not full and "lo" not in schema and value in ("", []))


def _is_filled_in(name: str) -> bool:
    """A key that a template engine fills in, or a word of a strategic merge (`$patch`, `$setElementOrder/ports`)."""
    return name[:1] == "$" or "{{" in name or "${" in name or "<%" in name or name.startswith("__")
