"""Hosts whose paths ingress-nginx reads as regular expressions.

One location with a rewrite, or one Ingress with `use-regex`, makes every path of the host a case-insensitive regular expression
(`~* "^path"`), those of other Ingresses too. Source: ingress-nginx controller-v1.15.1
`internal/ingress/controller/template/template.go` (enforceRegexModifier, needsRewrite, buildLocation); docs "Ingress Path
Matching".
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from kubelint_lb.controllers.nginx.annotations import NginxAnnotations
from kubelint_lb.controllers.nginx.canary import Canary
from kubelint_lb.kube.ingress import Ingress
from kubelint_lb.kube.view import View
from kubelint_lb.source.node import Node
from kubelint_lb.source.regex import compiled
from kubelint_lb.traffic.objects import Objects

_SIGNS = re.compile(r"[\^$\[\](){}*+?|\\]")


class RegexCause(NamedTuple):
    """What makes a host's paths regular expressions: an annotation (its suffix) of an Ingress, and where it stands."""

    ingress: Ingress
    suffix: str
    node: Node


class RegexHosts:
    """The causes by host, over Ingresses that have annotations of ingress-nginx and are no canary: those of a unit, or these."""

    def __init__(self, unit: Objects | Iterable[View]) -> None:
        self._by_host: dict[str, list[RegexCause]] = defaultdict(list)
        for ingress in unit.all("Ingress") if isinstance(unit, Objects) else unit:
            if isinstance(ingress, Ingress) and Canary(ingress).enabled is False:
                self._add(ingress)

    def _add(self, ingress: Ingress) -> None:
        annotations = NginxAnnotations(ingress)
        pattern, target = annotations.node("use-regex"), annotations.node("rewrite-target")
        for path in ingress.paths:
            found = self._by_host[path.host.lower()]
            if pattern is not None and annotations.flag("use-regex") is True:
                cause = RegexCause(ingress, "use-regex", pattern)
            elif target is not None and annotations.known("rewrite-target") not in {"", path.path or "/"}:
                cause = RegexCause(ingress, "rewrite-target", target)
            else:
                continue
            if not any(one.ingress is ingress for one in found):
                found.append(cause)

    def causes(self, host: str) -> list[RegexCause]:
        """What makes a host's paths regular expressions, in order of reading; empty where nothing known does."""
        return self._by_host.get(host.lower(), [])


def looks_like_regex(path: str) -> bool:
    """It holds a sign that means something in a regular expression."""
    return _SIGNS.search(path) is not None


def groups(path: str) -> int | None:
    """How many groups a path captures; None where it does not compile."""
    expression = compiled(path)
    return None if expression is None else expression.groups


def unbalanced(path: str) -> str:
    """What is surely wrong with a regular expression, in words; empty where nothing is that every dialect would refuse."""
    try:
        re.compile(path)
    except re.error as error:
        certain = ("unbalanced", "unterminated", "missing )", "nothing to repeat")
        return error.msg if error.msg.startswith(certain) else ""
    except (OverflowError, RecursionError):
        return ""
    return ""
