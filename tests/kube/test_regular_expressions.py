"""Which patterns data planes can read."""

from __future__ import annotations

import pytest

from kubelint_lb.kube.regular_expressions import Trouble, trouble_of


@pytest.mark.parametrize(
    "pattern",
    ["/cart/.*", "^/v[0-9]+(/|$)", "(?i)two", "a(?i)b", "(?P<id>x+)", "(?<id>x+)", "(?:a|b)", r"\pL+", "[[:alpha:]]+", r"a\z",
     r"\Qa+\E", "a{2,5}", "[]a]+", "[^]a]", r"\++", r"[*+]+", "[(?=]", "", "a{", "x*?", r"\d+\.\d+"],
)  # fmt: skip
def test_patterns_that_can_be_read(pattern: str) -> None:
    assert trouble_of(pattern) is None


@pytest.mark.parametrize(
    "pattern", ["/(?!admin).*", "a(?=b)", "(?<=a)b", "(?<!a)b", r"(a)\1", "a++", "a*+", "(?>a)", "a{2}+", "a{1001}", "x(?#words)"]
)
def test_patterns_that_re2_does_not_have(pattern: str) -> None:
    assert trouble_of(pattern) is Trouble.NOT_RE2


@pytest.mark.parametrize("pattern", ["*.example", "/cart(", "[a-z", "a**", "+", "(?P<id", "b)", "[z-a]"])
def test_patterns_that_nothing_can_read(pattern: str) -> None:
    assert trouble_of(pattern) is Trouble.INVALID
