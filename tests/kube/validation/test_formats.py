"""The forms of names, addresses, quantities and schedules, as the server's own functions take them."""

from __future__ import annotations

from fractions import Fraction

import pytest

from kubelint_lb.kube.validation.formats import FORMATS
from kubelint_lb.kube.validation.quantities import quantity

TAKEN = [
    ("dns-label", "a-1"),
    ("dns-subdomain", "a.b-c.1"),
    ("qualified-name", "app.kubernetes.io/Name_1"),
    ("label-value", ""),
    ("label-value", "A_b.c-1"),
    ("port-name", "http-2"),
    ("host-or-wildcard", "*.example.com"),
    ("ingress-host", "shop.example.com"),
    ("controller", "k8s.io/ingress-nginx"),
    ("header-name", "X-Trace"),
    ("config-key", "a.b_c-d"),
    ("cron", "*/5 0-6 1,15 jan-mar mon"),
    ("cron", "@daily"),
    ("time-zone", "Europe/Berlin"),
    ("environment-name", "a b-c"),
]
REFUSED = [
    ("dns-label", "a_b"),
    ("dns-label", "a" * 64),
    ("dns-subdomain", "a..b"),
    ("qualified-name", "/name"),
    ("qualified-name", "-name"),
    ("label-value", "-a"),
    ("port-name", "8080"),
    ("port-name", "a--b"),
    ("port-name", "Http"),
    ("port-name", "sixteen-letters-"),
    ("host-or-wildcard", "a.*.com"),
    ("ingress-host", "10.0.0.1"),
    ("controller", "ingress-nginx"),
    ("header-name", "X Trace"),
    ("path-segment", "a/b"),
    ("cron", "* * * *"),
    ("cron", "61 * * * *"),
    ("environment-name", "a=b"),
]


@pytest.mark.parametrize(("form", "text"), TAKEN)
def test_what_the_server_takes(form: str, text: str) -> None:
    assert FORMATS[form](text) is None


@pytest.mark.parametrize(("form", "text"), REFUSED)
def test_what_it_refuses(form: str, text: str) -> None:
    assert FORMATS[form](text)


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("500m", Fraction(1, 2)),
        ("1Gi", Fraction(1024**3)),
        ("1e3", Fraction(1000)),
        (".5", Fraction(1, 2)),
        ("-1k", Fraction(-1000)),
        (2, Fraction(2)),
        ("1 Gi", None),
        ("1GiB", None),
        (True, None),
    ],
)
def test_quantities(text: object, number: Fraction | None) -> None:
    assert quantity(text) == number
