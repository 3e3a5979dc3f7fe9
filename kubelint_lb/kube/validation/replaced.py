"""Words that somebody will replace, in manifests that are written to be copied: `YOUR_HOST`, `replicas: REPLICAS`."""

from __future__ import annotations

from kubelint_lb.kube.validation.plain import Path
from kubelint_lb.source.placeholder import is_shouted

# The types (scripts/api_schemas.py lists their letters) that no word is of.
_NO_TEXTS = frozenset("iIbnqd")


def is_to_be_replaced(value: object, kind: str, path: Path) -> bool:
    """A word in capitals with an underscore, where no text belongs, or with the field's own name."""
    if not isinstance(value, str) or not is_shouted(value):
        return False
    return "_" in value or kind in _NO_TEXTS or value.lower() == str(path[-1]).lower()
