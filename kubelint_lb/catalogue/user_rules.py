"""A user's own rules: declarative, checked against the schema before they are believed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kubelint_lb.catalogue.assert_mistakes import assert_mistakes, cel_mistakes
from kubelint_lb.catalogue.outline import Outline
from kubelint_lb.catalogue.rule_file import document, read_head
from kubelint_lb.kube.kinds import FAMILIES, KINDS
from kubelint_lb.settings.errors import CatalogueError, Mistake, UsageError, did_you_mean
from kubelint_lb.settings.schema_check import load_schema, mistakes, node_places, plain_data
from kubelint_lb.source.files import read_file

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence
    from pathlib import Path

    from kubelint_lb.catalogue.rule import Rule
    from kubelint_lb.source.node import Mapping


def read_user_rules(folders: Sequence[Path], taken: Collection[str], families: Collection[str]) -> Iterator[tuple[Outline, Rule]]:
    """The rules of the YAML files below folders; a rule's family is the folder its file lies in.

    `taken` names are for neither rules nor families, `families` not for rules.
    Raises CatalogueError, or UsageError for a folder that is none.
    """
    seen = dict.fromkeys([*taken, *families], "")
    for folder in folders:
        if not folder.is_dir():
            raise UsageError(f"rule-paths: no such folder: {folder}")
        for file in sorted(folder.rglob("*.yaml")):
            path = str(file)
            text = _read(file)
            head = document(text, path, 0)
            found = [*_schema_mistakes(text, path), *_kind_mistakes(head, path), *assert_mistakes(head), *cel_mistakes(head)]
            name = str(getattr(head.get("name"), "text", ""))
            if name in seen:
                where = f" in {seen[name]}" if seen[name] else ""
                found.append(_at(head, "name", f"the name '{name}' is taken{where}; choose another"))
            elif name and name != file.stem:
                found.append(_at(head, "name", f"'{name}' in {file.name}: a rule and its file have one name"))
            if file.parent.name in taken:
                found.append(Mistake(path, 1, 1, f"the folder names the family, and '{file.parent.name}' is taken"))
            if found:
                raise CatalogueError(found)
            seen[name] = path
            rule = read_head(text, path, file.parent.name, own=False)
            seen_from_afar = (rule.name, rule.family, rule.enabled, rule.kinds, rule.needs, path, text, rule.annotations)
            yield Outline(*seen_from_afar, own=False), rule


def _read(file: Path) -> str:
    try:
        return read_file(file).decode("utf-8").replace("\r\n", "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise CatalogueError([Mistake(str(file), 1, 1, f"cannot be read: {error}")]) from None


def _schema_mistakes(text: str, path: str) -> list[Mistake]:
    schema = load_schema("rule.schema.json")
    found: list[Mistake] = []
    for index, part in enumerate(("user-head", "tail")):
        node = document(text, path, index)
        one = {"$ref": f"#/$defs/{part}", "$defs": schema["$defs"]}
        found += mistakes(plain_data(node, one, one), one, node_places(node), path)
    return found


def _kind_mistakes(head: Mapping, path: str) -> Iterator[Mistake]:
    known = [*KINDS, *FAMILIES, "Any"]
    for key in ("kinds", "needs"):
        nodes: Any = getattr(head.get(key), "items", [])
        for node in nodes if isinstance(nodes, list) else []:
            if node.text not in known:
                words = f"{key}: unknown kind '{node.text}'{did_you_mean(node.text, known)}"
                line, column, *_ = node.span
                yield Mistake(path, line, column, words)


def _at(head: Mapping, key: str, text: str) -> Mistake:
    line, column, *_ = (head.get(key) or head).span
    return Mistake(head.path, line, column, text)
