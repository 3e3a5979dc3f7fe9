"""Every example of every rule with values that nobody expects: findings or silence, never a crash."""

from __future__ import annotations

import random
import re

import pytest

from kubelint_lb.catalogue.catalogue import load_catalogue
from kubelint_lb.engine.run import lint
from kubelint_lb.settings.settings import Settings
from kubelint_lb.settings.severity import Severity

CATALOGUE = load_catalogue()
ODD = (
    "", "null", "[]", "{}", "[null]", "[[]]", "[{}]", "{a: b}", "{a: [{b: c}]}", "0", "-1", "99999999999999999999", "1e3", "0x1F",
    ".inf", ".nan", "true", "no", "''", "'*'", "' '", "'🚢'", '"\\0"', '"\\ud800"', "{{ x }}", "${X}", "x-${X}", "2024-01-01",
    "1:30", "!!int x", "!!binary x", "!!null ''", "&a [*a]", "*nobody", "|\n  text",
)  # fmt: skip
_VALUE = re.compile(r"^(\s*(?:- )?[\w./-]+:)( .*|)$", re.MULTILINE)
_INNER = re.compile(r"(?<=[:,\[] )([^,:\[\]{}\n]+)(?=[,\]}])")


def changed(text: str, choice: random.Random) -> str:
    """The text with one value replaced: of a line, or inside brackets."""
    places = [match.span(2) for match in _VALUE.finditer(text)] + [match.span(1) for match in _INNER.finditer(text)]
    if not places:
        return text
    start, end = choice.choice(places)
    return f"{text[:start]} {choice.choice(ODD)}{text[end:]}"


@pytest.mark.parametrize("name", [name for name in CATALOGUE.outlines if CATALOGUE.outlines[name].kinds])
def test_odd_values_crash_nothing(name: str) -> None:
    choice = random.Random(name)
    settings = Settings(select=("ALL",), severity=Severity.INFO)
    for example in CATALOGUE.words(name).examples:
        text = "\n---\n".join(example.files.values())
        for complete in (False, True):
            for _ in range(4):
                odd = changed(changed(text, choice), choice)
                report = lint(["-"], settings._replace(complete=complete), stdin=odd)
                assert "internal-error" not in {one.rule for one in report.findings}, odd
                assert len({one.fingerprint for one in report.findings}) == len(report.findings), odd
