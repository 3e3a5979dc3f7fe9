"""The types of the API, read from schemas/ when first asked for. `scripts/api_schemas.py` says how they are written."""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any, NamedTuple, TypeAlias

from kubelint_lb.resources import schemas_root
from kubelint_lb.source.node import Node

Type: TypeAlias = Mapping[str, Any]
GATEWAY_API = "gateway.networking.k8s.io"
_META = "apimachinery.pkg.apis.meta.v1.ObjectMeta"
# The files with what many kinds are made of.
_SHARED = ("Metadata", "Pod")


class Schema(NamedTuple):
    """The type of a kind in a version, and the other types that it is made of. `served`: the channels of the Gateway API that
    have it; empty for other kinds. `definition`: where a repository defines it itself. `deprecated`: a newer version is there."""

    type: Type
    types: Mapping[str, Type]
    served: tuple[str, ...] = ()
    definition: Node | None = None
    deprecated: bool = False

    @property
    def custom(self) -> bool:
        """A CustomResourceDefinition says so, no code of Kubernetes."""
        return bool(self.served) or self.definition is not None

    def resolved(self, schema: Type) -> Type:
        """A type by what it refers to; what the reference says beside the name stays."""
        while "ref" in schema:
            found = self.types.get(schema["ref"]) or _shared_type(schema["ref"])
            schema = {**found, **{key: value for key, value in schema.items() if key != "ref"}} if len(schema) > 1 else found
        return schema


@cache
def _read(folder: str, kind: str) -> Mapping[str, Any] | None:
    file = schemas_root() / folder / f"{kind}.json"
    if not kind.isalnum() or not file.is_file():
        return None
    data: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return data


def _shared(name: str) -> Mapping[str, Type]:
    data = _read("kubernetes", name)
    types: Mapping[str, Type] = data["types"] if data is not None else {}
    return types


@cache
def _shared_type(name: str) -> Type:
    """From the first file that has it: what pods are made of is long, and a Service has no use for it."""
    return next(types for types in map(_shared, _SHARED) if name in types)[name]


def object_meta() -> Type:
    """The type of every object's metadata."""
    return _shared("Metadata")[_META]


def schema_of(group: str, version: str, kind: str) -> Schema | None:
    """The type of a kind in a version; None for one that is not known here."""
    if group.endswith("gateway.networking.k8s.io") or group == "gateway.networking.x-k8s.io":
        found = _read("gateway-api", kind)
        known = found["versions"].get(version) if found is not None and found["group"] == group else None
        if found is None or known is None:
            return None
        return Schema(found["types"][known["type"]], {}, tuple(known["served"]), deprecated=known["deprecated"])
    found = _read("kubernetes", kind)
    if found is None:
        return None
    name = found["kinds"].get(f"{group}/{version}" if group else version)
    return Schema(found["types"][name], found["types"]) if name is not None else None
