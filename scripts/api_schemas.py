"""Writes what the API server knows of each kind: schemas/kubernetes/ and schemas/gateway-api/.

    python scripts/api_schemas.py OLDER_OPENAPI NEWER_OPENAPI CRD_FOLDER [--check]

The OpenAPI documents are JSON files with `kinds` (apiVersion/Kind to a schema's name) and `schemas`, for the oldest and the
newest
Kubernetes in support; schemas/kubernetes/checks.yaml says what the server checks in code. CRD_FOLDER holds the
CustomResourceDefinitions of the Gateway API, in its folders `standard` and `experimental`. `--check` says what is not current.

A type is written in few keys: `t` (s string, i int32, I int64, b boolean, n number, x int or string, q quantity, d date and time,
a anything, o object, l list, m map), `p` fields, `r` required fields, `of` what a list or map holds, `k` the keys of a list
that is a
map, `u` a list that is a set, `e` the words allowed, `lo` and `hi` the range of a number, of a length or of a count, `re` a
pattern,
`f` a format, `fk` a format of a map's keys, `full` empty texts are judged too, `keep` an object that keeps fields nobody knows,
`code` the function that checks several fields of the type, `d` a default, `cel` rules (expression, message, where it is
told), `ref` a type by its name.
What versions or channels differ in: `since` the minor version of Kubernetes that has a field first, `until` the last;
`x` is of the experimental channel only; what else the channels differ in is in keys such as `cel-standard` and `re-experimental`.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

from kubelint_lb.kube.validation.structural import object_type
from kubelint_lb.source.node import to_python
from kubelint_lb.source.parse import parse_text

SCHEMAS = Path(__file__).resolve().parent.parent / "schemas"
# Required by the OpenAPI documents, but the server's code takes the zero value (pkg/apis/*/validation).
_NOT_ASKED_FOR = {
    "core.v1.EvictionResponder": ("priority",), "core.v1.HTTPHeader": ("value",), "core.v1.ISCSIVolumeSource": ("lun",),
    "core.v1.PersistentVolumeClaimTemplate": ("spec",), "core.v1.PreferredSchedulingTerm": ("preference",),
    "core.v1.SleepAction": ("seconds",), "core.v1.Sysctl": ("value",), "discovery.v1.ForNode": ("name",),
    "discovery.v1.ForZone": ("name",),
}  # fmt: skip
_SHORT = {"string": "s", "boolean": "b", "number": "n"}
_META = "apimachinery.pkg.apis.meta.v1.ObjectMeta"
_POD = "core.v1.Pod"
_ANYTHING = {"t": "a"}
# GEP-1619 as of releases 1.1 to 1.6; unions of cookies and headers come after them.
_RELEASED_PERSISTENCE = {
    "sessionName": {"t": "s", "hi": 128},
    "cookieConfig": {"t": "o", "p": {"lifetimeType": {"t": "s", "e": ["Permanent", "Session"], "full": True}}},
    "idleTimeout": {"t": "s"},
}


def kubernetes(older: Path, newer: Path, checks: Path) -> dict[str, str]:
    """A JSON text for each kind; what pods and metadata are made of is in texts of their own."""
    kinds: dict[str, str] = {}
    merged: dict[str, dict[str, Any]] = {}
    versions = []
    for path in (older, newer):
        data = json.loads(path.read_text(encoding="utf-8"))
        kinds |= {kind: _name(schema) for kind, schema in data["kinds"].items()}
        versions.append({_name(name): _built_in(_name(name), schema) for name, schema in data["schemas"].items()})
    minors = tuple(int(re.search(r"1\.(\d+)", path.name)[1]) for path in (older, newer))  # type: ignore[index]
    for name in sorted(versions[0].keys() | versions[1].keys()):
        old, new = (one.get(name) for one in versions)
        merged[name] = _either(old, new, minors) if old and new else new or old or {}
    _add_checks(merged, checks)
    shared = {_META: "Metadata", _POD: "Pod"}
    files = {shared[root]: _closure(root, merged, set()) for root in shared}
    files["Pod"] = {name: one for name, one in files["Pod"].items() if name not in files["Metadata"]}
    known = {name for one in files.values() for name in one}
    by_kind: dict[str, dict[str, str]] = {}
    for kind, name in kinds.items():
        api_version, _, short = kind.rpartition("/")
        by_kind.setdefault(short, {})[api_version] = name
    written = {}
    for kind, roots in sorted(by_kind.items()):
        types = files["Pod"] if kind == "Pod" else {}
        for name in roots.values():
            types = types | {
                one: body for one, body in _closure(name, merged, set()).items() if kind == "Pod" or one not in known
            }
        written[kind] = _text({"kinds": roots, "types": types})
    written["Metadata"] = _text({"kinds": {}, "types": files["Metadata"]})
    return written


def _closure(name: str, types: dict[str, Any], seen: set[str]) -> dict[str, Any]:
    """A type and all that it is made of."""
    if name in seen:
        return {}
    seen.add(name)
    found = {name: types[name]}
    for reference in _references(types[name]):
        found |= _closure(reference, types, seen)
    return found


def _references(schema: Any) -> list[str]:
    if isinstance(schema, dict):
        own = [schema["ref"]] if isinstance(schema.get("ref"), str) else []
        return own + [one for value in schema.values() for one in _references(value)]
    return []


def gateway_api(folder: Path) -> dict[str, str]:
    """A JSON text for each kind of the Gateway API: its versions, and the type of each; what a channel lacks is marked."""
    channels = {channel: _crds(folder / channel) for channel in ("standard", "experimental")}
    found = {}
    for kind, crd in channels["experimental"].items():
        standard = channels["standard"].get(kind)
        types: list[Any] = []
        versions = {}
        for version in crd["spec"]["versions"]:
            name = version["name"]
            written = object_type(version["schema"]["openAPIV3Schema"])
            other = _version(standard, name)
            if other is not None:
                written = _channels(object_type(other["schema"]["openAPIV3Schema"]), written)
            _add_released(written)
            if written not in types:
                types.append(written)
            served = [
                one for one, found_in in (("experimental", version), ("standard", other)) if found_in and found_in["served"]
            ]
            versions[name] = {"type": types.index(written), "served": served, "deprecated": bool(version.get("deprecated"))}
        found[kind] = _text({"group": crd["spec"]["group"], "versions": versions, "types": types})
    return found


def _add_released(kind: dict[str, Any]) -> None:
    """The CRDs may be ahead of the newest release: what clusters have until then is known, too, and nothing asked of them."""
    persistence = kind["p"].get("spec", {}).get("p", {}).get("rules", {}).get("of", {}).get("p", {}).get("sessionPersistence")
    if persistence is not None:
        persistence["p"] |= _RELEASED_PERSISTENCE
        persistence["cel"] = [one for one in persistence["cel"] if not one[1].endswith("must be specified for Cookie type")]
        persistence["cel"] = [one for one in persistence["cel"] if not one[1].endswith("must be specified for Header type")]


def _crds(folder: Path) -> dict[str, Any]:
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        for document in parse_text(path.read_text(encoding="utf-8"), path.name):
            crd: Any = to_python(document.root)
            if isinstance(crd, dict) and crd.get("kind") == "CustomResourceDefinition":
                found[crd["spec"]["names"]["kind"]] = crd
    return found


def _version(crd: Any, name: str) -> Any:
    return next((one for one in crd["spec"]["versions"] if one["name"] == name), None) if crd is not None else None


def _name(schema: str) -> str:
    return schema.removeprefix("io.k8s.").removeprefix("api.")


def _built_in(name: str, schema: dict[str, Any]) -> dict[str, Any]:
    """A type of a built-in kind, by its name."""
    written = _plain(schema)
    if written["t"] != "o":
        return written
    required = [one for one in written.pop("r", ()) if one not in _NOT_ASKED_FOR.get(name, ())]
    if "status" in written["p"] and "metadata" in written["p"]:
        written["p"]["status"] = _ANYTHING
        required = [one for one in required if one != "status"]
    return written | ({"r": required} if required else {})


def _plain(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" in schema:
        return {"ref": _name(schema["$ref"].rpartition("/")[2])}
    if len(schema.get("allOf", ())) == 1:
        return _plain(schema["allOf"][0])
    if "oneOf" in schema:
        return {"t": "x" if schema.get("format") == "int-or-string" else "q"}
    kind = schema.get("type")
    if kind == "integer":
        return {"t": "i" if schema.get("format") == "int32" else "I"}
    if kind == "string":
        written: dict[str, Any] = {"t": "d" if schema.get("format") == "date-time" else "s"}
        return written | ({"e": sorted(one for one in schema["enum"] if one)} if "enum" in schema else {})
    if kind in _SHORT:
        return {"t": _SHORT[kind]}
    if kind == "array":
        # The keys of a list are those of server-side apply: creation does not look at them.
        return {"t": "l", "of": _plain(schema["items"])}
    if "additionalProperties" in schema:
        return {"t": "m", "of": _plain(schema["additionalProperties"])}
    if "properties" in schema:
        fields = {name: _plain(one) for name, one in schema["properties"].items()}
        return {"t": "o", "p": fields} | ({"r": sorted(schema["required"])} if schema.get("required") else {})
    return {"t": "a"} if kind != "object" or schema.get("x-kubernetes-preserve-unknown-fields") else {"t": "o", "p": {}}


def _either(old: dict[str, Any], new: dict[str, Any], minors: tuple[int, ...]) -> dict[str, Any]:
    """A type of two versions: fields of one of them are marked, what both ask for is asked for."""
    if old.get("t") != new.get("t") or old.get("t") != "o":
        return new
    fields: dict[str, Any] = {}
    for name in sorted(old["p"].keys() | new["p"].keys()):
        left, right = old["p"].get(name), new["p"].get(name)
        if left is None or right is None:
            fields[name] = {**(left or right), **({"since": minors[1]} if left is None else {"until": minors[0]})}
        elif "e" in left and "e" in right:
            fields[name] = right | {"e": sorted({*left["e"], *right["e"]})}
        else:
            fields[name] = right
    required = sorted(set(old.get("r", ())) & set(new.get("r", ())))
    return {"t": "o", "p": fields} | ({"r": required} if required else {})


def _add_checks(types: dict[str, dict[str, Any]], path: Path) -> None:
    document, *_ = parse_text(path.read_text(encoding="utf-8"), path.name)
    rows: Any = to_python(document.root)
    for row in rows:
        for name, function in row.get("code", {}).items():
            if name in types:
                types[name]["code"] = function
        for field, words in row.get("fields", {}).items():
            name, _, last = field.rpartition(".")
            if name not in types:
                continue
            owner = types[name]
            owner["p"][last] = _checked(dict(owner["p"][last]), owner, last, words.split())
            if not owner.get("r"):
                owner.pop("r", None)


def _checked(schema: dict[str, Any], owner: dict[str, Any], field: str, words: list[str]) -> dict[str, Any]:
    """A field's type with the words of its row."""
    required = set(owner.get("r", ()))
    while words:
        word = words.pop(0)
        if word in {"required", "optional"}:
            required = required | {field} if word == "required" else required - {field}
        elif word in {"range", "items"}:
            low, high = words.pop(0), words.pop(0)
            schema |= {
                key: int(one)
                for key, one in (("lo", low), ("hi", high))
                if one != "-" and (word, key, one) != ("items", "lo", "0")
            }
        elif word in {"enum", "enum!"}:
            schema |= {"e": words.copy()} | ({"full": True} if word == "enum!" else {})
            words.clear()
        elif word == "each-enum":
            schema["of"] = schema["of"] | {"e": words.copy(), "full": True}
            words.clear()
        elif word in {"format", "format!"}:
            schema |= {"f": words.pop(0)} | ({"full": True} if word == "format!" else {})
        elif word == "each":
            schema["of"] = schema["of"] | {"f": words.pop(0), "full": True}
        elif word == "keys":
            schema["fk"] = words.pop(0)
        elif word == "values":
            schema["of"] = schema["of"] | {"f": words.pop(0), "full": True}
        elif word == "key":
            schema["k"] = words.copy()
            words.clear()
        elif word == "set":
            schema["u"] = True
        else:
            raise ValueError(f"no such check: {word}")
    owner["r"] = sorted(required)
    return schema


def _channels(standard: dict[str, Any], experimental: dict[str, Any]) -> dict[str, Any]:
    """A type of both channels: what only the experimental one has is marked, what both refuse is refused."""
    written: dict[str, Any] = {}
    for key in sorted(standard.keys() | experimental.keys()):
        left: Any = standard.get(key)
        right: Any = experimental.get(key)
        if key == "p":
            written[key] = {
                name: _channels(left[name], one) if name in left else one | {"x": True} for name, one in right.items()
            }
        elif key == "of":
            written[key] = _channels(left, right)
        elif key == "cel":
            mine, theirs = left or [], right or []
            both = [one for one in theirs if one in mine]
            rules = {"cel": both, "cel-standard": [one for one in mine if one not in both]}
            rules["cel-experimental"] = [one for one in theirs if one not in both]
            written |= {name: found for name, found in rules.items() if found}
        elif key == "e" and left and right:
            written[key] = right
            if left != right:
                written["e-standard"] = left
        elif key == "r":
            written[key] = sorted(set(left or ()) & set(right or ()))
        elif left == right:
            written[key] = right
        else:
            written |= {
                f"{key}-{channel}": one for channel, one in (("standard", left), ("experimental", right)) if one is not None
            }
    return written


def _text(data: object) -> str:
    return json.dumps(data, separators=(",", ":"), ensure_ascii=False, sort_keys=True) + "\n"


def main(arguments: list[str]) -> int:
    """Writes the files, or says which are not current."""
    given = [Path(one) for one in arguments if one != "--check"]
    if len(given) != 3:
        print(__doc__, file=sys.stderr)
        return 2
    folder = SCHEMAS / "kubernetes"
    texts = {folder / f"{kind}.json": text for kind, text in kubernetes(given[0], given[1], folder / "checks.yaml").items()}
    texts |= {SCHEMAS / "gateway-api" / f"{kind}.json": text for kind, text in gateway_api(given[2]).items()}
    stale = {path: text for path, text in texts.items() if not path.exists() or path.read_text(encoding="utf-8") != text}
    for path, text in sorted(stale.items()):
        if "--check" in arguments:
            print(f"{path.relative_to(SCHEMAS.parent)}: not current")
        else:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
    return int(bool(stale) and "--check" in arguments)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
