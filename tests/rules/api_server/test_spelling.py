"""How a refused value is written so that the API server takes it."""

from __future__ import annotations

import pytest

from kubelint_lb.detectors.forms.spelling import spelling
from kubelint_lb.kube.validation.violation import Reason, Violation
from kubelint_lb.source.parse import parse_text

_TIMEOUT = "spec.rules[0].timeouts.request"
_RANGE = "spec.loadBalancerSourceRanges[0]"
_AFFINITY = "spec.sessionAffinityConfig.clientIP.timeoutSeconds"


def _spelled(written: str, reason: Reason, path: str, words: str = "", near: str = "") -> str:
    root = parse_text(f"value: {written}\n", "a.yaml")[0].root
    node = root.get("value") if root is not None else None
    assert node is not None
    return spelling(Violation(node, reason, path, words, near))


@pytest.mark.parametrize(
    ("written", "wanted", "path", "spelled"),
    [
        ("'80'", "a whole number", "spec.ports[0].port", "80"),
        ("'080'", "a whole number", "spec.ports[0].port", ""),
        ("'many'", "a whole number", "spec.replicas", ""),
        ("90%", "a whole number", "spec.rules[0].backendRefs[0].weight", "90"),
        ("0.1", "a whole number", "spec.rules[0].backendRefs[0].weight", ""),
        ('"true"', "true or false", "spec.publishNotReadyAddresses", "true"),
        ('"yes"', "true or false", "spec.publishNotReadyAddresses", ""),
        ("010", "a text", "spec.selector.release", '"010"'),
        ("on", "a text", "spec.selector.debug", '"on"'),
        ("", "a text", "spec.selector.debug", ""),
        ("10", "a text", _TIMEOUT, ""),
        ("[a]", "a text", "spec.type", ""),
    ],
)
def test_a_value_of_another_type(written: str, wanted: str, path: str, spelled: str) -> None:
    assert _spelled(written, Reason.TYPE, path, wanted) == spelled


@pytest.mark.parametrize(
    ("written", "path", "spelled"),
    [
        ("'8080'", "spec.ports[0].targetPort", "8080"),
        ("'http port'", "spec.ports[0].targetPort", ""),
        ("10.9.8.7", _RANGE, "10.9.8.7/32"),
        ("'fd00::1'", _RANGE, "fd00::1/128"),
        ("office.example", _RANGE, ""),
        ("10.9.8.7/8", _RANGE, ""),
        ("90000", _AFFINITY, "86400"),
        ("-1", _AFFINITY, ""),
        ("1.5s", _TIMEOUT, "1500ms"),
        ("1d", _TIMEOUT, "24h"),
        ("90 s", _TIMEOUT, "90s"),
        ("0.0001ms", _TIMEOUT, ""),
        ("soon", _TIMEOUT, ""),
    ],
)
def test_a_value_of_another_form(written: str, path: str, spelled: str) -> None:
    assert _spelled(written, Reason.VALUE, path) == spelled


def test_what_is_near_an_allowed_value_is_meant() -> None:
    assert _spelled("Prefix", Reason.VALUE, "spec.rules[0].matches[0].path.type", near="PathPrefix") == "PathPrefix"


def test_what_is_missing_has_no_spelling() -> None:
    assert _spelled("a", Reason.REQUIRED, "spec.ports") == ""
