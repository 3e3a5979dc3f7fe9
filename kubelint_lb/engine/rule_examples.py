"""The examples of a rule file, run: bad ones are found where they say, good ones are clean of the rule."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from kubelint_lb.catalogue.catalogue import load_catalogue
from kubelint_lb.catalogue.rule import Example
from kubelint_lb.engine.run import lint
from kubelint_lb.kube.versions import parse_version
from kubelint_lb.settings.settings import RuleOverride, Settings
from kubelint_lb.settings.severity import Severity

_EXPECT = re.compile(r"#\s*expect:\s*([^#]+)$")
_ONE = re.compile(r"([a-z0-9-]+)\[([a-z0-9-]+)\]")


class Place(NamedTuple):
    """A finding as an example states it: `# expect: rule[message]` at the end of a line."""

    path: str
    line: int
    rule: str
    message_key: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.rule}[{self.message_key}]"


class Failed(NamedTuple):
    """An example that is not as it says: what was expected and not found, and what was found and not expected."""

    rule: str
    title: str
    missing: tuple[Place, ...]
    unexpected: tuple[Place, ...]


class Tested(NamedTuple):
    """How many rules and examples there are, and those that fail."""

    rules: int
    examples: int
    failed: tuple[Failed, ...]


def run_examples(folders: tuple[Path, ...]) -> Tested:
    """Runs the examples of all rules below some folders. Raises CatalogueError for mistakes in the files."""
    catalogue = load_catalogue(folders)
    own = [name for name, rule in catalogue.rules.items() if not rule.own]
    examples = [(name, example) for name in own for example in catalogue.words(name).examples]
    failed = [one for name, example in examples if (one := _run(name, example, folders)) is not None]
    return Tested(len(own), len(examples), tuple(failed))


def expected(example: Example) -> Iterator[Place]:
    """The findings that an example states."""
    for path, text in example.files.items():
        for number, line in enumerate(text.splitlines(), start=1):
            if match := _EXPECT.search(line):
                yield from (Place(path, number, rule, key) for rule, key in _ONE.findall(match[1]))


def example_settings(name: str, example: Example, root: Path, *, enabled: bool, severity: Severity) -> Settings:
    """What an example is linted with; `enabled` and `severity` are the rule's."""
    override = RuleOverride(severity=None if enabled else severity, params=dict(example.params))
    changes: dict[str, Any] = {
        key.replace("-", "_"): parse_version(str(value)) if key.endswith("-version") else value
        for key, value in example.config.items()
    }
    if example.kubernetes_version is not None:
        changes |= {"kubernetes_version": parse_version(example.kubernetes_version), "kubernetes_version_set": True}
    settings = Settings(
        root=root.resolve(),
        severity=Severity.INFO,
        complete=example.complete,
        rules={name: override} if override != RuleOverride() else {},
    )
    return settings._replace(**changes)


def _run(name: str, example: Example, folders: tuple[Path, ...]) -> Failed | None:
    rule = load_catalogue(folders).rules[name]
    with TemporaryDirectory(prefix="kubelint-lb-") as folder:
        root = Path(folder).resolve()
        for path, text in example.files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        settings = example_settings(name, example, root, enabled=rule.enabled, severity=rule.severity)
        report = lint([root], settings._replace(rule_paths=folders, select=(name,)))
    found = {Place(one.location.path, one.location.span.line, one.rule, one.message_key) for one in report.findings}
    wanted = {one for one in expected(example) if one.rule == name}
    if found == wanted:
        return None
    return Failed(name, example.title, tuple(sorted(wanted - found)), tuple(sorted(found - wanted)))
