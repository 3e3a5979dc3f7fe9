"""Words for shell completion."""

from __future__ import annotations


def formats(incomplete: str) -> list[str]:
    """Output formats."""
    from kubelint_lb.output.formats import FORMATS

    return [name for name in FORMATS if name.startswith(incomplete)]


def rule_names(incomplete: str) -> list[str]:
    """Rule names."""
    from kubelint_lb.catalogue.catalogue import load_catalogue

    return [name for name in load_catalogue().outlines if name.startswith(incomplete)]


def profiles(incomplete: str) -> list[str]:
    """Names of profiles."""
    from kubelint_lb.catalogue.catalogue import load_catalogue

    return [name for name in load_catalogue().profiles if name.startswith(incomplete)]


def selectors(incomplete: str) -> list[str]:
    """Rule names, families and profiles; the last one of a list with commas."""
    from kubelint_lb.catalogue.catalogue import load_catalogue

    before, comma, last = incomplete.rpartition(",")
    return [before + comma + name for name in load_catalogue().selectors() if name.startswith(last)]
