"""Reading a configuration file into checked plain data, with the places of everything in it."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from kubelint_lb.settings.conforms import conforms
from kubelint_lb.settings.errors import ConfigError, Mistake
from kubelint_lb.settings.schema_check import Places, load_schema, mistakes, node_places, plain_data
from kubelint_lb.source.decode import NotText, decode
from kubelint_lb.source.files import read_file
from kubelint_lb.source.node import Mapping as MappingNode
from kubelint_lb.source.parse import parse_text
from kubelint_lb.source.span import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from kubelint_lb.catalogue.catalogue import Catalogue

_START = Span(1, 1, 1, 1)
_TABLE = ("tool", "kubelint-lb")


class ConfigText(NamedTuple):
    """A configuration that was read but not checked; `name` is how people call the file."""

    name: str
    node: MappingNode | None
    toml: Mapping[str, object] | None
    places: Places

    def data(self, schema: Mapping[str, Any]) -> dict[str, Any]:
        """The configuration as plain Python; in YAML, text where the schema wants text."""
        if self.toml is not None:
            return dict(self.toml)
        value = plain_data(self.node, schema, schema)
        return value if isinstance(value, dict) else {}


def read_config(file: Path, name: str) -> ConfigText:
    """The text of a configuration file, YAML or TOML by its name. Raises ConfigError."""
    try:
        text = decode(read_file(file))
    except OSError as error:
        raise ConfigError([Mistake(name, 1, 1, f"cannot be read: {error.strerror}")]) from None
    except NotText as error:
        raise ConfigError([Mistake(name, 1, 1, str(error))]) from None
    return _read_toml(text, name) if file.suffix == ".toml" else _read_yaml(text, name)


def check_config(config: ConfigText, catalogue: Catalogue) -> dict[str, Any]:
    """The data of a configuration. Raises ConfigError with all mistakes in it."""
    plain = load_schema("config.schema.json")
    schema = _with_rules(plain, catalogue, _rules_named(config.data(plain)))
    data = config.data(schema)
    if not conforms(data, schema, schema) and (found := mistakes(data, schema, config.places, config.name)):
        raise ConfigError(found)
    return data


def _rules_named(data: Mapping[str, Any]) -> set[str]:
    """Every name that stands under a `rules` key, in data that may be any shape."""
    per_path = data.get("per-path")
    holders = [data, *(entry for entry in per_path if isinstance(entry, dict))] if isinstance(per_path, list) else [data]
    return {name for holder in holders for name in (holder.get("rules") or ()) if isinstance(holder.get("rules"), dict)}


def _with_rules(schema: Mapping[str, Any], catalogue: Catalogue, named: set[str]) -> dict[str, Any]:
    """The schema, with the rules, families and profiles there are, and the parameters of the rules that are named."""
    override = schema["$defs"]["rules"]["additionalProperties"]
    rules: dict[str, Any] = dict.fromkeys(catalogue.outlines, override)
    for name in named & rules.keys():
        params = {key: param.schema for key, param in catalogue.rules[name].params.items()}
        of_rule = {"type": "object", "properties": params, "additionalProperties": False, "x-noun": "parameter"}
        rules[name] = {**override, "properties": {**override["properties"], "params": of_rule}}
    words = [word for word in catalogue.selectors() if word]
    defs = {
        **schema["$defs"],
        "rules": {"type": "object", "properties": rules, "additionalProperties": False, "x-noun": "rule"},
        "rule": {"type": "string", "enum": list(catalogue.outlines), "x-noun": "rule"},
        "profile": {"type": "string", "enum": list(catalogue.profiles), "x-noun": "profile"},
        "selector": {"type": "string", "enum": words, "x-noun": "rule, family or profile"},
    }
    return {**schema, "$defs": defs}


def _read_yaml(text: str, name: str) -> ConfigText:
    documents = parse_text(text, name)
    found = [Mistake(name, *fault.span[:2], fault.words) for document in documents for fault in document.faults]
    for document in documents[:1]:
        for _, key, *_ in document.duplicates:
            found.append(Mistake(name, *key.span[:2], f"the key '{key.source}' occurs twice"))
        if document.root is not None and not isinstance(document.root, MappingNode):
            found.append(Mistake(name, *document.root.span[:2], "a configuration is a mapping of keys to values"))
    second = documents[1:2]
    found += [Mistake(name, one.line, 1, "a configuration is one YAML document; this is another") for one in second]
    if found:
        raise ConfigError(found)
    root = documents[0].root if documents else None
    if not isinstance(root, MappingNode):
        return ConfigText(name, None, {}, lambda _path, _key: _START)
    return ConfigText(name, root, None, node_places(root))


def _read_toml(text: str, name: str) -> ConfigText:
    import tomllib

    from kubelint_lb.config.toml_places import TomlPlaces

    try:
        whole = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line, column = _toml_place(str(error), text)
        raise ConfigError([Mistake(name, line, column, f"not TOML: {str(error).split(' (at ')[0]}")]) from None
    table = whole.get("tool", {}).get("kubelint-lb", {})
    scanned = TomlPlaces(text, name)

    def places(path: Sequence[str | int], key: bool) -> Span:  # noqa: FBT001
        full = (*_TABLE, *path)
        if key and full in scanned.keys:
            return scanned.keys[full]
        for length in range(len(full), 0, -1):
            if span := scanned.values.get(full[:length]) or scanned.keys.get(full[:length]):
                return span
        return _START

    if not isinstance(table, dict):
        raise ConfigError([Mistake(name, *places((), False)[:2], "tool.kubelint-lb is a table")])  # noqa: FBT003
    return ConfigText(name, None, _dates_as_text(table), places)


def _toml_place(words: str, text: str) -> tuple[int, int]:
    """The place in tomllib's words: `(at line 3, column 7)` or `(at end of document)`."""
    import re

    if match := re.search(r"\(at line (\d+), column (\d+)\)", words):
        return int(match[1]), int(match[2])
    return text.count("\n") + 1, 1


def _dates_as_text(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _dates_as_text(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_dates_as_text(item) for item in value]
    return value.isoformat() if isinstance(value, datetime.date | datetime.time) else value
