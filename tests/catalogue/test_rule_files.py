"""What holds for every rule file: its shape, its name, its words, its examples. A new rule needs no test here."""

from __future__ import annotations

import re
import string
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from kubelint_lb.catalogue.catalogue import load_catalogue
from kubelint_lb.catalogue.families import read_retired
from kubelint_lb.catalogue.rule import Rule, Words
from kubelint_lb.catalogue.rule_file import document
from kubelint_lb.kube.kinds import CUSTOM, FAMILIES, KINDS, expand
from kubelint_lb.settings.schema_check import load_schema, mistakes, node_places, plain_data

ROOT = Path(__file__).parents[2]
RULES = ROOT / "rules"
DETECTORS = ROOT / "kubelint_lb" / "detectors"
CATALOGUE = load_catalogue()
EXPECT = re.compile(r"# expect: ([a-z0-9-]+)\[([a-z0-9-]+)\]")
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
# The engine hands out more than the model's objects: every manifest, and every document.
HANDED = {*KINDS, *FAMILIES, *expand(tuple(FAMILIES)), "Any", "Document", CUSTOM}

# No manifest shows a crash, nor a renderer that fails.
NOT_SHOWN = ("internal-error", "render-failed", "traffic-expectation-failed")

each_rule = pytest.mark.parametrize("name", list(CATALOGUE.outlines))


def rule_and_words(name: str) -> tuple[Rule, Words]:
    return CATALOGUE.rules[name], CATALOGUE.words(name)


def expected(words: Words) -> set[tuple[str, str]]:
    """The rules and message keys that examples expect."""
    return {
        (match[1], match[2]) for example in words.examples for text in example.files.values() for match in EXPECT.finditer(text)
    }


def test_there_are_rules_in_every_family() -> None:
    assert {rule.family for rule in CATALOGUE.rules.values()} == {"api_server", "gateway", "ingress", "manifest", "service"}
    assert set(CATALOGUE.families) == {folder.name for folder in RULES.iterdir() if folder.is_dir()}


@each_rule
def test_both_documents_fit_the_schema(name: str) -> None:
    found = CATALOGUE.outlines[name]
    schema = load_schema("rule.schema.json")
    for index, part in enumerate(("head", "tail")):
        node = document(found.text, found.path, index)
        one: dict[str, Any] = {"$ref": f"#/$defs/{part}", "$defs": schema["$defs"]}
        assert mistakes(plain_data(node, one, one), one, node_places(node), found.path) == []


# No manifest shows a crash, nor a renderer that fails.
NOT_SHOWN = ("internal-error", "render-failed", "traffic-expectation-failed")


@each_rule
def test_the_outline_is_what_the_head_says(name: str) -> None:
    found, rule = CATALOGUE.outlines[name], CATALOGUE.rules[name]
    assert (found.name, found.enabled, found.kinds, found.needs) == (rule.name, rule.enabled, rule.kinds, rule.needs)


@each_rule
def test_name(name: str) -> None:
    assert CATALOGUE.rules[name].name == name == Path(CATALOGUE.outlines[name].path).stem
    assert NAME.fullmatch(name)
    assert not name.startswith(("use-", "prefer-", "avoid-", "do-not-", "no-")), "a name says what is wrong"
    assert name not in read_retired(RULES), "a retired name is never used again"


@each_rule
def test_kinds(name: str) -> None:
    rule = CATALOGUE.rules[name]
    assert set(rule.kinds) | set(rule.needs) <= HANDED


def test_every_rule_with_kinds_has_a_detector_and_every_detector_a_rule() -> None:
    modules = {
        (file.parent.name, file.stem)
        for file in DETECTORS.glob("*/*.py")
        if file.stem != "__init__" and file.stem[0] != "_" and file.parent.name != "forms"
    }
    handed = [rule for rule in CATALOGUE.rules.values() if rule.kinds and not rule.asserts and rule.refusals is None]
    own = {(rule.family, rule.name.replace("-", "_")) for rule in handed}
    # What is refused is found by all such rules alike; some know how to mend it.
    mending = [rule for rule in CATALOGUE.rules.values() if rule.refusals is not None and rule.fix != "never"]
    menders = modules & {(rule.family, rule.name.replace("-", "_")) for rule in mending}
    assert modules - menders == own
    for family, name in menders:
        assert callable(import_module(f"kubelint_lb.detectors.{family}.{name}").mend)


@each_rule
def test_messages(name: str) -> None:
    for key, message in CATALOGUE.rules[name].messages.items():
        for _text, field, spec, conversion in string.Formatter().parse(message.text):
            assert field is None or field.isidentifier(), f"{key}: {{{field}}}"
            assert not spec, f"{key}: a field is a name and nothing else"
            assert not conversion, f"{key}: a field is a name and nothing else"
        assert message.text[-1] in ".?", f"{key}: a message is a sentence"
        assert "\n" not in message.text.strip(), key


@each_rule
def test_every_message_occurs_in_an_example(name: str) -> None:
    rule, words = rule_and_words(name)
    # No manifest shows an entry of a baseline.
    unseen = {("unused-suppression", "stale-baseline")}
    keys = set() if name in NOT_SHOWN else {(name, key) for key in rule.messages} - unseen
    assert keys <= expected(words)
    for other, key in expected(words):
        assert key in CATALOGUE.rules[other].messages


@each_rule
def test_params(name: str) -> None:
    rule, words = rule_and_words(name)
    used = {param for example in words.examples for param in example.params}
    assert used == set(rule.params), "every parameter occurs in an example, and no other"
    for param in rule.params.values():
        Draft202012Validator.check_schema(dict(param.schema))
        Draft202012Validator(dict(param.schema)).validate(param.default)
        assert param.doc.endswith(".")
    for example in words.examples:
        for key, value in example.params.items():
            Draft202012Validator(dict(rule.params[key].schema)).validate(value)


@each_rule
def test_words(name: str) -> None:
    words = CATALOGUE.words(name)
    for text in (words.summary, words.why, words.help, words.remedy):
        assert text.strip()
        assert text.strip()[-1] in ".`", text
    assert "\n" not in words.summary
    assert all(reference.startswith("https://") for reference in words.references)


@each_rule
def test_examples(name: str) -> None:
    words = CATALOGUE.words(name)
    titles = [example.title for example in words.examples]
    assert len(set(titles)) == len(titles)
    if name in NOT_SHOWN:
        return
    assert any(example.bad for example in words.examples)
    assert any(not example.bad for example in words.examples)
    for example in words.examples:
        assert example.bad == any("# expect:" in text for text in example.files.values()), example.title


def profile_entries() -> Iterator[tuple[str, str]]:
    return ((profile.name, rule) for profile in CATALOGUE.profiles.values() for rule in profile.rules)


@pytest.mark.parametrize(("profile", "rule"), list(profile_entries()))
def test_profiles_name_rules_and_their_parameters(profile: str, rule: str) -> None:
    change = CATALOGUE.profiles[profile].rules[rule]
    for key, value in change.params.items():
        Draft202012Validator(dict(CATALOGUE.rules[rule].params[key].schema)).validate(value)


def test_the_default_profile_changes_nothing() -> None:
    assert CATALOGUE.profiles["default"].rules == {}


def test_the_words_for_selection_do_not_collide() -> None:
    words = ["ALL", *CATALOGUE.families, *CATALOGUE.profiles, *CATALOGUE.outlines]
    assert len(words) == len(set(words))


def test_schemas_are_schemas() -> None:
    for name in ("rule.schema.json", "config.schema.json"):
        Draft202012Validator.check_schema(dict(load_schema(name)))
