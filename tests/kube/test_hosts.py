"""Which hostnames two objects of the Gateway API have in common."""

from __future__ import annotations

import pytest

from kubelint_lb.kube.hosts import Hostnames, intersects


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (None, "shop.example.com"),
        (None, None),
        ("", "shop.example.com"),
        ("shop.example.com", "shop.example.com"),
        ("Shop.Example.com", "shop.example.com"),
        ("*.example.com", "shop.example.com"),
        ("*.example.com", "eu.shop.example.com"),
        ("*.com", "*.example.com"),
        ("*.example.com", "*.example.com"),
        ("*", "shop.example.com"),
        ("shop.${DOMAIN}", "shop.${DOMAIN}"),
    ],
)
def test_hostnames_with_a_name_in_common(left: str | None, right: str | None) -> None:
    assert intersects(left, right) is True
    assert intersects(right, left) is True


@pytest.mark.parametrize(
    ("left", "right"),
    [
        ("shop.example.com", "www.example.com"),
        ("*.example.com", "example.com"),
        ("*.example.com", "shop.example.org"),
        ("*.example.com", "shopexample.com"),
        ("*.example.com", "*.example.org"),
        ("*.shop.example.com", "*.xshop.example.com"),
    ],
)
def test_hostnames_with_nothing_in_common(left: str, right: str) -> None:
    assert intersects(left, right) is False
    assert intersects(right, left) is False


@pytest.mark.parametrize("placeholder", ["shop.${DOMAIN}", "{{ host }}", "YOUR_HOST", "<host>", "$HOST"])
def test_a_placeholder_decides_nothing(placeholder: str) -> None:
    assert intersects(placeholder, "shop.example.com") is None
    assert intersects("*.example.com", placeholder) is None


@pytest.mark.parametrize("hostname", ["a.b.c", "*.b.c", "*.c", "b.c", "x.a.b.c", "*.a.b.c", "*", "", "${H}", "A.B.C", "d.e"])
def test_many_hostnames_answer_as_each_of_them_does(hostname: str) -> None:
    every = ["a.b.c", "*.b.c", "*.c", "x.a.b.c", "*.a.b.c", "d.e", "*.z.d.e"]
    for first in (None, "*", "YOUR_HOST", *every):
        for second in every:
            expected = any(intersects(one, hostname) is not False for one in (first, second))
            assert Hostnames([first, second]).may_meet(hostname) is expected, (first, second)
