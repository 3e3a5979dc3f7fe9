"""Which HelmRelease made an object: Flux's helm-controller labels all that it installs.

Source: fluxcd/helm-controller, the post-renderer of origin labels: `helm.toolkit.fluxcd.io/name` and `/namespace`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from kubelint_lb.kube.manifest import Manifest

_LABEL = "helm.toolkit.fluxcd.io/"
# The metadata of a document that is not parsed, in block style; in it, each label's value.
_METADATA = re.compile(r"^metadata:[ \t]*\r?\n((?:[ \t]+[^\n]*\n|\r?\n)*)", re.MULTILINE)
_VALUE = r"""helm\.toolkit\.fluxcd\.io/{0}["']?[ \t]*:[ \t]*["']?([^\s"',}}#]+)"""
_NAME, _NAMESPACE = (re.compile(_VALUE.format(part)) for part in ("name", "namespace"))


class ReleaseName(NamedTuple):
    """The identity of a HelmRelease; no namespace where the labels leave it out."""

    namespace: str | None
    name: str


def release_of(manifest: Manifest) -> Iterator[ReleaseName]:
    """The HelmRelease that an object's labels name, if they do."""
    name = manifest.labels.get(_LABEL + "name")
    if name:
        yield ReleaseName(manifest.labels.get(_LABEL + "namespace") or None, name)


def releases_in(text: str) -> Iterator[ReleaseName]:
    """The HelmRelease that the labels of a document name that nobody parsed."""
    if _LABEL not in text:
        return
    metadata = _METADATA.search(text + "\n")
    name = _NAME.search(metadata[1]) if metadata else None
    if metadata and name:
        namespace = _NAMESPACE.search(metadata[1])
        yield ReleaseName(namespace[1] if namespace else None, name[1])
