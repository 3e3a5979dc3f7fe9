"""What the API server takes for a name (kubernetes apimachinery `pkg/util/validation`)."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase

# Texts, compiled (and kept by `re`) when first used: most runs never need them.
_LABEL = r"[a-z0-9](?:[-a-z0-9]{0,61}[a-z0-9])?"
_PART = r"[a-z0-9](?:[-a-z0-9]*[a-z0-9])?"
_SUBDOMAIN = rf"(?=.{{1,253}}$){_PART}(?:\.{_PART})*"


def stands_for(pattern: str, name: str) -> bool:
    """A name in a configuration is this one; `*` stands for anything."""
    return fnmatchcase(name, pattern)


def is_dns_label(text: str) -> bool:
    """Lower-case letters, digits and inner `-`, at most 63 (DNS-1123 label)."""
    return re.fullmatch(_LABEL, text) is not None


def is_dns_subdomain(text: str) -> bool:
    """Labels joined by dots, at most 253 characters in all (DNS-1123 subdomain); no label has a limit of its own there."""
    return re.fullmatch(_SUBDOMAIN, text) is not None
