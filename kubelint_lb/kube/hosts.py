"""Hostnames of the Gateway API and how they intersect.

Source: gateway-api `site-src/concepts/hostnames.md`, `apis/v1/shared_types.go` Hostname.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kubelint_lb.source.placeholder import is_open


class Hostnames:
    """Several hostnames, by what may intersect with them: the same answers as `intersects` gives for each, found by labels."""

    def __init__(self, hostnames: Iterable[str | None]) -> None:
        self._exact: set[str] = set()
        # What wildcards cover (`.example.com`), and all that some hostname lies below.
        self._covered: set[str] = set()
        self._below: set[str] = set()
        self._any = False
        for hostname in hostnames:
            if not hostname or hostname == "*" or _is_unsettled(hostname):
                self._any = True
                continue
            lowered = hostname.lower()
            if lowered.startswith("*."):
                self._covered.add(lowered[1:])
                self._below.add(lowered[1:])
            self._exact.add(lowered)
            self._below.update(_domains(lowered.removeprefix("*")))

    def may_meet(self, hostname: str) -> bool:
        """Some of them shares a name with a hostname, or may."""
        if self._any:
            return True
        if not hostname or hostname == "*" or _is_unsettled(hostname):
            return bool(self._exact)
        lowered = hostname.lower()
        if lowered in self._exact or any(domain in self._covered for domain in _domains(lowered.removeprefix("*"))):
            return True
        return lowered.startswith("*.") and lowered[1:] in self._below


def _domains(hostname: str) -> Iterator[str]:
    """Every end of a hostname that starts with a dot, itself not counted: `.b.c` and `.c` of `a.b.c`, and of `.a.b.c`."""
    place = hostname.find(".", 1)
    while place > 0:
        yield hostname[place:]
        place = hostname.find(".", place + 1)


def _is_unsettled(hostname: str) -> bool:
    return is_open(hostname) or "$" in hostname


def specificity(hostname: str | None) -> tuple[int, int]:
    """What hostnames are ordered by, the most specific first: exact ones, then wildcards, the longest first, then none."""
    if not hostname:
        return 2, 0
    return (1 if hostname.startswith("*") else 0), -len(hostname)


def intersects(left: str | None, right: str | None) -> bool | None:
    """Whether two hostnames share a name; None (unset) matches anything. The answer None: a placeholder decides.

    `*.example.com` covers any number of labels before the suffix, never `example.com` itself. A bare `*`, which the API
    refuses, is read as it is meant.
    """
    if not left or not right:
        return True
    if left == right or "*" in {left, right}:
        return True
    # Asked before lowering: `YOUR_HOST` is a word to be replaced, `your_host` is not.
    if _is_unsettled(left) or _is_unsettled(right):
        return None
    left, right = left.lower(), right.lower()
    if left == right:
        return True
    left_wild, right_wild = left.startswith("*."), right.startswith("*.")
    if left_wild and right_wild:
        return left[1:].endswith(right[1:]) or right[1:].endswith(left[1:])
    if left_wild:
        return right.endswith(left[1:])
    if right_wild:
        return left.endswith(right[1:])
    return False
