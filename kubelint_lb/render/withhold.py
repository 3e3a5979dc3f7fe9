"""Takes the data out of Secrets and ConfigMaps: no rule reads it, and it must not reach a cache."""

from __future__ import annotations

import json
import re

from kubelint_lb.source.node import to_python
from kubelint_lb.source.parse import parse_text

_TOP_KIND = re.compile(r"""^kind:[ \t]+["']?([A-Za-z0-9]+)["']?[ \t]*(?:#.*)?$""", re.MULTILINE)
_WITHHELD = frozenset({"Secret", "ConfigMap"})
_KEPT = ("apiVersion", "kind", "metadata", "type")
# Holds the whole object as it once was.
_LAST_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
# The one ConfigMap that rules read: kube-proxy's.
_READ = ("KubeProxyConfiguration", "kube-proxy-replacement")


def withhold(text: str) -> str:
    """The text of one object, as it is or, where it holds Secrets or ConfigMaps, as JSON without their data."""
    kinds = _TOP_KIND.findall(text)
    if kinds and not any(kind in _WITHHELD or kind.endswith("List") for kind in kinds):
        return text
    if not any(kind in text for kind in _WITHHELD) or (kinds == ["ConfigMap"] and any(word in text for word in _READ)):
        return text
    documents = parse_text(text, "")
    reduced = [_reduced(to_python(one.root)) for one in documents if one.root is not None]
    return "\n---\n".join(json.dumps(one) for one in reduced)


def _reduced(value: object) -> object:
    if not isinstance(value, dict):
        return value
    if value.get("kind") in _WITHHELD:
        kept = {name: value[name] for name in _KEPT if name in value}
        metadata = kept.get("metadata")
        if isinstance(metadata, dict) and isinstance(metadata.get("annotations"), dict):
            annotations = {name: one for name, one in metadata["annotations"].items() if name != _LAST_APPLIED}
            kept["metadata"] = {**metadata, "annotations": annotations}
        return kept
    if isinstance(value.get("items"), list):
        return {**value, "items": [_reduced(item) for item in value["items"]]}
    return value
