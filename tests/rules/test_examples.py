"""Every example in a rule file is a test: bad ones are found where they say, good ones are clean under all default rules."""

from __future__ import annotations

from pathlib import Path

import pytest

from kubelint_lb.catalogue.catalogue import load_catalogue
from kubelint_lb.catalogue.rule import Example
from kubelint_lb.engine.rule_examples import Place, example_settings, expected
from kubelint_lb.engine.run import lint
from kubelint_lb.settings.settings import Settings
from kubelint_lb.settings.severity import Severity
from tests.conftest import write_tree

CATALOGUE = load_catalogue()
EXAMPLES = [
    pytest.param(name, example, id=f"{name}: {example.title}")
    for name in CATALOGUE.outlines
    for example in CATALOGUE.words(name).examples
]


def run(name: str, example: Example, root: Path) -> list[Place]:
    write_tree(root, example.files)
    report = lint([root], settings_of(name, example, root))
    named = {name, *(place.rule for place in sorted(expected(example)))}
    # Of a bad example its own rule is looked at, and those that it names. A good one is so for every rule, advice apart.
    return sorted(
        Place(finding.location.path, finding.location.span.line, finding.rule, finding.message_key)
        for finding in report.findings
        if finding.rule in named or (not example.bad and finding.severity is not Severity.INFO)
    )


def settings_of(name: str, example: Example, root: Path) -> Settings:
    """What an example is linted with."""
    rule = CATALOGUE.rules[name]
    return example_settings(name, example, root, enabled=rule.enabled, severity=rule.severity)


@pytest.mark.parametrize(("name", "example"), EXAMPLES)
def test_an_example_is_found_as_it_says(name: str, example: Example, tmp_path: Path) -> None:
    assert run(name, example, tmp_path) == sorted(expected(example))


@pytest.mark.parametrize("name", list(CATALOGUE.outlines))
def test_every_message_and_parameter_occurs_in_an_example(name: str) -> None:
    rule = CATALOGUE.rules[name]
    if not rule.kinds:
        pytest.skip("made by the engine itself; its own tests show it")
    examples = CATALOGUE.words(name).examples
    shown = {place.message_key for example in examples for place in sorted(expected(example)) if place.rule == name}
    assert shown == set(rule.messages)
    assert {param for example in examples for param in example.params} == set(rule.params)
    assert any(not example.bad for example in examples)
