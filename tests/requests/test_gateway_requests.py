"""Requests of others, with what any conformant Gateway answers to them, beside what is said here.

The rows are `gateway/requests.jsonl` in the folder KUBELINT_LB_REQUESTS, over manifests beside it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from kubelint_lb.engine.reading import read_worlds
from kubelint_lb.engine.trace import trace_over
from kubelint_lb.settings.settings import Settings
from kubelint_lb.traffic.request import OutcomeKind, Request, Trace
from kubelint_lb.traffic.world import World

FOLDER = os.environ.get("KUBELINT_LB_REQUESTS")
pytestmark = pytest.mark.skipif(FOLDER is None, reason="KUBELINT_LB_REQUESTS names no folder of requests")

# What no file tells, by test and the path that is asked for.
_UNTOLD = {
    ("httproute-timeout-backend-request", "/backend-timeout?delay=1s"): "the backend itself takes its time",
}


def _rows() -> list[dict[str, Any]]:
    if FOLDER is None:
        return []
    lines = (Path(FOLDER) / "gateway" / "requests.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


@cache
def _worlds(files: tuple[str, ...], folder: Path) -> tuple[World, ...]:
    for name in ("base.yaml", *files):
        text = (Path(FOLDER or "") / "gateway" / "manifests" / name).read_text(encoding="utf-8")
        (folder / name).write_text(text, encoding="utf-8")
    return read_worlds([str(folder)], Settings(root=folder)).worlds


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[str, ...], Path]:
    found: dict[tuple[str, ...], Path] = {}
    for row in _rows():
        found.setdefault(tuple(row["manifests"]), tmp_path_factory.mktemp("requests").resolve())
    return found


@pytest.mark.parametrize("row", _rows(), ids=lambda row: f"{row['test']} {row['request']['host']}{row['request']['path']}")
def test_a_request_goes_where_a_gateway_sends_it(row: dict[str, Any], folders: dict[tuple[str, ...], Path]) -> None:
    asked, expected = row["request"], row["expect"]
    if (reason := _UNTOLD.get((row["test"], asked["path"]))) is not None:
        pytest.skip(reason)
    files = tuple(row["manifests"])
    worlds = _worlds(files, folders[files])
    if not any(_listens(world, row["gateway"], row["port"]) for world in worlds):
        pytest.skip("the Gateway that the row names does not listen at its port: another one was asked")
    if row["test"] == "httproute-reference-grant" and "status" in expected:
        pytest.skip("asked after the grant was deleted")
    words = {key: asked[key] for key in ("method", "scheme", "host", "path", "headers")}
    found = trace_over(worlds, Request(**words, port=row["port"], gateway=row["gateway"]))
    assert dict(_said(found, expected)) == {key: value for key, value in expected.items() if key != "request"} | {
        f"request.{key}": value for key, value in expected.get("request", {}).items()
    }


def _listens(world: World, gateway: str, port: int) -> bool:
    gateways = [one for one in world.objects.all("Gateway", "ListenerSet") if f"{one.namespace}/{one.name}" == gateway]
    sets = list(world.objects.all("ListenerSet"))
    listeners = [listener for one in (*gateways, *sets) for listener in getattr(one, "listeners", ())]
    return any(listener.port == port for listener in listeners)


def _said(trace: Trace, expected: dict[str, Any]) -> Iterator[tuple[str, object]]:
    outcome = trace.outcome
    if "backend" in expected:
        yield "backend", ", ".join(f"{one.namespace}/{one.name}" for one in outcome.backends if one.share)
    if "status" in expected:
        yield "status", outcome.status if outcome.kind is OutcomeKind.ERROR else outcome.kind.value
    if "redirect" in expected:
        redirect = outcome.redirect._asdict() if outcome.redirect is not None else {}
        yield "redirect", {key: type(value)(redirect.get(key) or "") for key, value in expected["redirect"].items()}
    if "mirrors" in expected:
        yield "mirrors", [f"{one.namespace}/{one.name}" for one in outcome.mirrors]
    seen = outcome.forwarded or trace.request
    for key, value in expected.get("request", {}).items():
        if key == "headers":
            yield "request.headers", {name: seen.header(name) for name in value}
        elif key == "absent_headers":
            yield "request.absent_headers", [name for name in value if seen.header(name) is None]
        else:
            yield f"request.{key}", getattr(seen, key)
