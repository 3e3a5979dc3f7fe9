"""As much of an API server as kubectl needs to read from it: discovery, pages, tables, and what may not be listed."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple
from urllib.parse import parse_qs, urlsplit

from tests.cluster.recorded import Item, crd, resources

# So small that everything comes in several pages.
_PAGE = 2


class Asked(NamedTuple):
    """A request: its path, its query, and whether only a table is wanted."""

    path: str
    query: dict[str, list[str]]
    table: bool


class ApiServer:
    """The answers for some objects; `asked` are the requests so far."""

    def __init__(self, items: Iterable[Item], forbidden: Iterable[str] = ()) -> None:
        self._items, self._forbidden = list(items), set(forbidden)
        self._kinds: dict[str, list[Item]] = {}
        for name, line in {
            **resources(),
            "customresourcedefinitions": "apiextensions.k8s.io/v1 false CustomResourceDefinition",
        }.items():
            api, namespaced, kind = line.split()[-3:]
            known = {
                "name": name,
                "singularName": kind.lower(),
                "namespaced": namespaced == "true",
                "kind": kind,
                "verbs": ["get", "list"],
            }
            self._kinds.setdefault(api, []).append(known)
        self.asked: list[Asked] = []

    def answer(self, asked: Asked) -> tuple[int, Item]:
        self.asked.append(asked)
        parts = asked.path.strip("/").split("/")
        if asked.path == "/version":
            return 200, {"major": "1", "minor": "31", "gitVersion": "v1.31.2"}
        if asked.path == "/api":
            return 200, {"kind": "APIVersions", "versions": ["v1"]}
        if asked.path == "/apis":
            return 200, {"kind": "APIGroupList", "apiVersion": "v1", "groups": [_group(one) for one in self._kinds if "/" in one]}
        api = parts[1] if parts[0] == "api" else "/".join(parts[1:3])
        rest = parts[2:] if parts[0] == "api" else parts[3:]
        if not rest:
            return 200, {
                "kind": "APIResourceList",
                "apiVersion": "v1",
                "groupVersion": api,
                "resources": self._kinds.get(api, []),
            }
        namespace = rest[1] if rest[0] == "namespaces" and len(rest) > 2 else None
        plural, *name = rest[2:] if namespace is not None else rest
        return self._objects(api, plural, namespace, name, asked)

    def _objects(self, api: str, plural: str, namespace: str | None, name: list[str], asked: Asked) -> tuple[int, Item]:
        kind = next((one["kind"] for one in self._kinds.get(api, ()) if one["name"] == plural), None)
        if plural in self._forbidden or kind is None:
            message = f'{plural} is forbidden: User "dev" cannot list resource "{plural}" at the cluster scope'
            failure = {"kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": "Forbidden", "code": 403}
            return 403, {**failure, "message": message, "details": {"kind": plural}}
        if kind == "CustomResourceDefinition":
            return 200, {"apiVersion": api, **crd(), "metadata": {**crd()["metadata"], "name": name[0]}}
        items = [one for one in self._items if (one["kind"], one["apiVersion"]) == (kind, api)]
        items = [one for one in items if namespace is None or one["metadata"]["namespace"] == namespace]
        for selector in asked.query.get("fieldSelector", ()):
            items = [one for one in items if one["metadata"]["name"] == selector.partition("=")[2]]
        start = int(asked.query.get("continue", ["0"])[0])
        page, rest = items[start : start + _PAGE], items[start + _PAGE :]
        metadata = {"resourceVersion": "1", **({"continue": str(start + _PAGE)} if rest else {})}
        if asked.table:
            return 200, _table(page, metadata)
        return 200, {"kind": f"{kind}List", "apiVersion": api, "metadata": metadata, "items": page}


def _group(api: str) -> Item:
    version = {"groupVersion": api, "version": api.partition("/")[2]}
    return {"name": api.partition("/")[0], "versions": [version], "preferredVersion": version}


def _table(items: list[Item], metadata: Item) -> Item:
    """Of Secrets the columns that real servers have; the objects are metadata only."""
    secret = any(one["kind"] == "Secret" for one in items)
    names = ["Name", *(["Type"] if secret else []), "Data", "Age"]
    rows = []
    for one in items:
        about = {key: value for key, value in one["metadata"].items() if key in {"name", "namespace"}}
        cells = [about["name"], *([one["type"]] if secret else []), len(one.get("data", ())), "5d"]
        rows.append(
            {"cells": cells, "object": {"kind": "PartialObjectMetadata", "apiVersion": "meta.k8s.io/v1", "metadata": about}}
        )
    columns = [{"name": name, "type": "string", "format": "", "description": "", "priority": 0} for name in names]
    return {"kind": "Table", "apiVersion": "meta.k8s.io/v1", "metadata": metadata, "columnDefinitions": columns, "rows": rows}


@contextmanager
def serving(server: ApiServer) -> Iterator[str]:
    """Answers at an address of this machine, as long as it is needed."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            place = urlsplit(self.path)
            table = "as=Table" in self.headers.get("Accept", "")
            status, answer = server.answer(Asked(place.path, parse_qs(place.query), table))
            data = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        thread = threading.Thread(target=http.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{http.server_port}"
        finally:
            http.shutdown()
            thread.join()
