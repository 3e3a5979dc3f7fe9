"""Requests as people and programs write them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from urllib.parse import urlsplit

from kubelint_lb.settings.errors import UsageError
from kubelint_lb.traffic.request import Request

_TEXTS = ("method", "scheme", "host", "path", "gateway")
_KEYS = {*_TEXTS, "headers", "port"}


def read_line(text: str, headers: list[str], gateway: str) -> Request:
    """`GET https://shop.example:8443/cart?x=1`, where the method may be left out. Raises UsageError."""
    method, _, url = text.strip().rpartition(" ")
    parts = urlsplit(url if "://" in url else f"http://{url}")
    if parts.scheme not in {"http", "https"}:
        raise UsageError(f"'{text}' is no request: the scheme is http or https, as in 'GET https://shop.example/cart'")
    try:
        port = parts.port
    except ValueError as error:
        raise UsageError(f"'{text}' is no request: {error}") from error
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    found = {}
    for one in headers:
        name, colon, value = one.partition(":")
        if not colon or not name.strip():
            raise UsageError(f"'{one}' is no header: write 'name: value'")
        found[name.strip()] = value.strip()
    return Request(method.strip().upper() or "GET", parts.scheme, parts.hostname or "", path, found, port, gateway)


def read_lines(text: str) -> Iterator[Request]:
    """One JSON object a line, with the keys of a Request. Raises UsageError, with the line."""
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip():
            yield _read(line, number)


def _read(line: str, number: int) -> Request:
    try:
        data = json.loads(line)
    except ValueError as error:
        raise UsageError(f"line {number} of the requests is no JSON: {error}") from error
    if not isinstance(data, dict):
        raise UsageError(f"line {number} of the requests is no JSON object")
    if unknown := sorted(data.keys() - _KEYS):
        raise UsageError(
            f"line {number} of the requests has the unknown key '{unknown[0]}'; the keys are {', '.join(sorted(_KEYS))}"
        )
    for key in _TEXTS:
        if not isinstance(data.get(key, ""), str):
            raise UsageError(f"line {number} of the requests: '{key}' has to be a text")
    headers, port = data.get("headers", {}), data.get("port")
    if not isinstance(headers, dict) or not all(isinstance(one, str) for one in headers.values()):
        raise UsageError(f"line {number} of the requests: 'headers' has to be an object of texts")
    if port is not None and (not isinstance(port, int) or isinstance(port, bool)):
        raise UsageError(f"line {number} of the requests: 'port' has to be a number")
    words = {key: data[key] for key in _TEXTS if data.get(key)}
    return Request(**words, headers=headers, port=port)
