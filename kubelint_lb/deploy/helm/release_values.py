"""The values that a HelmRelease gives its chart: from ConfigMaps, then its own over them.

Source: https://fluxcd.io/flux/components/helm/helmreleases/#values
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.render.helm.values import VALUES_FILE, Values, merged, plain, root_of
from kubelint_lb.source.node import Mapping
from kubelint_lb.source.placeholder import has_placeholder
from kubelint_lb.source.values import boolean, mappings, name_text

if TYPE_CHECKING:
    from kubelint_lb.deploy.kustomize.overlays import Overlay
    from kubelint_lb.deploy.written import Written

_STEP = re.compile(r"((?:[^.\[\]\\=,{}]|\\.)+)((?:\[\d+\])*)(?:\.|$)")
_NUMBER = re.compile(r"0|-?[1-9]\d{0,17}")
_MOST_ITEMS = 1000


class UnknownError(Exception):
    """Why a HelmRelease cannot be rendered, for people."""


class ReleaseValues(NamedTuple):
    """The values of a release as plain Python, what people see of them in files (each over those before it), the files that
    they come from, and whether that is all: something optional may be in the cluster."""

    data: Values
    layers: tuple[Mapping, ...] = ()
    inputs: frozenset[str] = frozenset()
    whole: bool = True


def values_of(manifest: Manifest, written: Written, overlay: Overlay | None) -> ReleaseValues:
    """The values of a HelmRelease. Raises UnknownError where git does not say them."""
    found = ReleaseValues({})
    for entry in mappings(manifest.node.get("spec", "valuesFrom")):
        found = _with_entry(found, entry, manifest, written, overlay)
    own = manifest.node.get("spec", "values")
    if not isinstance(own, Mapping):
        return found
    return found._replace(data=merged(found.data, plain(own)), layers=(*found.layers, own))


def _with_entry(
    found: ReleaseValues, entry: Mapping, manifest: Manifest, written: Written, overlay: Overlay | None
) -> ReleaseValues:
    kind, name = name_text(entry.get("kind")) or "", name_text(entry.get("name")) or ""
    key = name_text(entry.get("valuesKey")) or VALUES_FILE
    data = written.data(name, key, manifest, overlay) if kind == "ConfigMap" and not has_placeholder(name) else None
    if data is None:
        if boolean(entry.get("optional")):
            return found._replace(whole=False)
        raise UnknownError(f"its values are in the {kind} {name}, which is not to be seen here")
    inputs = found.inputs | {data.path}
    target = name_text(entry.get("targetPath"))
    if target:
        return found._replace(data=with_target(found.data, target, data.text), inputs=inputs)
    root = root_of(data.text, data.path)
    if root is None and data.text.strip():
        raise UnknownError(f"{key} in the ConfigMap {name} holds no map of values")
    layers = (*found.layers, root) if root is not None and data.file else found.layers
    return found._replace(data=merged(found.data, plain(root)), layers=layers, inputs=inputs)


def with_target(data: Values, target: str, text: str) -> Values:
    """One value at a path, as `helm --set` sets it; in quotes it stays a text. Raises UnknownError for what is not understood.

    Source: https://helm.sh/docs/intro/using_helm/#the-format-and-limitations-of---set
    """
    steps: list[str | int] = []
    position = 0
    while position < len(target):
        match = _STEP.match(target, position)
        if match is None:
            raise UnknownError(f"its values are set at {target}, which is not understood here")
        steps.append(re.sub(r"\\(.)", r"\1", match[1]))
        steps += [min(int(index), _MOST_ITEMS) for index in re.findall(r"\d+", match[2])]
        position = match.end()
    quoted = len(text) > 1 and text[0] == text[-1] and text[0] in "\"'"
    if not quoted and any(sign in text for sign in ",{}\\"):
        raise UnknownError(f"what is set at {target} is not understood here")
    set_value = _put(dict(data), steps, text[1:-1] if quoted else _typed(text))
    return set_value if isinstance(set_value, dict) else dict(data)


def _put(under: object, steps: list[str | int], value: object) -> object:
    if not steps:
        return value
    step, *rest = steps
    if isinstance(step, int):
        listed = list(under) if isinstance(under, list) else []
        listed += [None] * (step + 1 - len(listed))
        listed[step] = _put(listed[step], rest, value)
        return listed
    mapped = dict(under) if isinstance(under, dict) else {}
    mapped[step] = _put(mapped.get(step), rest, value)
    return mapped


def _typed(text: str) -> object:
    if text in {"true", "false"}:
        return text == "true"
    if text == "null":
        return None
    return int(text) if _NUMBER.fullmatch(text) else text
