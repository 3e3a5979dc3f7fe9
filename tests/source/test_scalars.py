"""Plain scalars mean what kubectl's reader (go-yaml v2, YAML 1.1) makes of them."""

from __future__ import annotations

from math import inf, isnan

import pytest

from kubelint_lb.source.node import Scalar
from kubelint_lb.source.scalars import resolve_plain
from tests.source.reading import at


@pytest.mark.parametrize("word", ["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"])
def test_true(word: str) -> None:
    assert resolve_plain(word) is True


@pytest.mark.parametrize("word", ["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"])
def test_false(word: str) -> None:
    assert resolve_plain(word) is False


@pytest.mark.parametrize("word", ["", "~", "null", "Null", "NULL"])
def test_null(word: str) -> None:
    assert resolve_plain(word) is None


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("0", 0),
        ("-0", 0),
        ("80", 80),
        ("+80", 80),
        ("-80", -80),
        ("1_000", 1000),
        ("1__0_", 10),
        ("0x1F", 31),
        ("0X1f", 31),
        ("-0x1F", -31),
        ("0x_1F", 31),
        ("017", 15),
        ("0o17", 15),
        ("0O17", 15),
        ("-017", -15),
        ("0b101", 5),
        ("0B101", 5),
        ("-0b101", -5),
    ],
)
def test_whole_numbers(text: str, number: int) -> None:
    value = resolve_plain(text)
    assert value == number
    assert isinstance(value, int)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("1.5", 1.5),
        ("1.", 1.0),
        (".5", 0.5),
        ("-.5", -0.5),
        ("+1.5", 1.5),
        ("1e3", 1000.0),
        ("1E-3", 0.001),
        ("1_0.5", 10.5),
        ("08", 8.0),  # no octal digit: ParseInt fails, the float pattern matches
        ("0.1e+1", 1.0),
        (".inf", inf),
        (".Inf", inf),
        ("+.INF", inf),
        ("-.inf", -inf),
    ],
)
def test_other_numbers(text: str, number: float) -> None:
    value = resolve_plain(text)
    assert value == number
    assert isinstance(value, float)


@pytest.mark.parametrize("text", [".nan", ".NaN", ".NAN"])
def test_not_a_number(text: str) -> None:
    value = resolve_plain(text)
    assert isinstance(value, float)
    assert isnan(value)


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-23",
        "2026-11-23T10:00:00Z",
        "1:30",
        "190:20:30",
        "1.2.3",
        "10s",
        "5Gi",
        "250m",
        "0xZZ",
        "0b2",
        "0o8",
        "1e",
        "e3",
        "1,000",
        "_1",
        "+",
        "-",
        ".",
        "..",
        "-.",
        "tRUE",
        "yEs",
        "nULL",
        "=",
        "<<",
        ".5_0",
        "1e999",
        "inf",
        "NaN",
        "0x",
        "-foo",
        "١٢",
        "{{ x }}",
        "80-90",
    ],
)
def test_everything_else_is_text(text: str) -> None:
    assert resolve_plain(text) == text


def test_a_number_longer_than_python_likes_is_no_crash() -> None:
    assert isinstance(resolve_plain("9" * 10_000), int)


@pytest.mark.parametrize("pure", [False, True])
@pytest.mark.parametrize(
    ("written", "value"),
    [
        ('"80"', "80"),
        ("'yes'", "yes"),
        ('""', ""),
        ("!!str 80", "80"),
        ("!!str yes", "yes"),
        ("! 80", "80"),
        ("!!int '80'", 80),
        ('!!bool "yes"', True),
        ("!!float '1.5'", 1.5),
        ("!!null ''", None),
        ("!<tag:yaml.org,2002:int> 80", 80),
        ("!mine 80", "80"),
        ("&a 80", 80),
        ("&a !!str 80", "80"),
        ("!!str &a 80", "80"),
        ('"a\\tb\\u00e9"', "a\tbé"),
        ('"\\ud83d\\ude00"', "😀"),
        ("'it''s'", "it's"),
        ("a  # comment", "a"),
        ("a#b", "a#b"),
        ("|\n    80", "80\n"),
        (">-\n    a\n    b", "a b"),
    ],
)
def test_quotes_tags_and_blocks(written: str, value: object, pure: bool) -> None:
    node = at(f"a: {written}\n", "a", pure=pure)
    assert isinstance(node, Scalar)
    assert node.value == value
    assert type(node.value) is type(value)


def test_the_source_token_stays_beside_the_value() -> None:
    node = at("a: 0x1F # hex\n", "a")
    assert isinstance(node, Scalar)
    assert (node.text, node.source, node.value, node.plain) == ("0x1F", "0x1F", 31, True)
    quoted = at("a: 'it''s'\n", "a")
    assert isinstance(quoted, Scalar)
    assert (quoted.text, quoted.source, quoted.plain) == ("it's", "'it''s'", False)
