"""CEL as the CRDs of the Gateway API use it: what is decided, what fails, and what stays open."""

from __future__ import annotations

import pytest

from kubelint_lb.kube.validation.cel.evaluate import compiled
from kubelint_lb.kube.validation.cel.lexer import CelSyntaxError
from kubelint_lb.kube.validation.cel.problems import CelError, Undecided
from kubelint_lb.kube.validation.plain import OPEN

LISTENERS = [{"name": "a", "port": 80, "protocol": "HTTP"}, {"name": "b", "port": 443, "protocol": "HTTPS", "hostname": "x.org"}]


@pytest.mark.parametrize(
    ("expression", "value", "expected"),
    [
        ("self == 1 || self == 2 && false", 1, True),
        ("!(self > 2) && self + 2 * 3 == 7", 1, True),
        ("self in ['a', 'b']", "b", True),
        ("has(self.a) ? self.a == 1 : true", {}, True),
        ("has(self.a) && self.a.b == 'x'", {"a": {"b": "x"}}, True),
        ("self.all(l, l.port > 0)", LISTENERS, True),
        ("self.exists(l, l.protocol == 'TLS')", LISTENERS, False),
        ("self.exists_one(l, l.port == 80)", LISTENERS, True),
        ("self.filter(l, has(l.hostname)).size() == 1", LISTENERS, True),
        ("self.all(l1, self.exists_one(l2, l1.name == l2.name))", LISTENERS, True),
        ("self.startsWith('/') && !self.contains('//')", "/a/b", True),
        (r"self.matches('^[a-z]+$')", "abc1", False),
        ("duration(self) <= duration('1m')", "30s", True),
        ("size(self) == 3 ? self[0] == 'a' : false", ["a", "b", "c"], True),
        ("self.split('/')[0].endsWith('.io')", "example.io/x", True),
    ],
)
def test_expressions_are_decided(expression: str, value: object, expected: bool) -> None:
    assert compiled(expression)({"self": value}) is expected


def test_what_is_not_there_fails() -> None:
    with pytest.raises(CelError, match="no such key: port"):
        compiled("self.port == 80")({"self": {}})


def test_what_nobody_knows_is_undecided() -> None:
    with pytest.raises(Undecided):
        compiled("self.port == 80")({"self": {"port": OPEN}})


@pytest.mark.parametrize("expression", ["true || self.port == 80", "self.port == 80 || true", "!(self.port == 80 && false)"])
def test_a_side_that_decides_does_so_whatever_the_other_is(expression: str) -> None:
    assert compiled(expression)({"self": {"port": OPEN}}) is True


@pytest.mark.parametrize("expression", ["self ==", "self..a", "'open", "self.all(x", "1 2"])
def test_what_is_no_expression_is_said(expression: str) -> None:
    with pytest.raises(CelSyntaxError):
        compiled(expression)
