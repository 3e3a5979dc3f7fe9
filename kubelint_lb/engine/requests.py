"""Requests as people and programs write them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from ipaddress import ip_network
from typing import NamedTuple
from urllib.parse import urlsplit

from kubelint_lb.settings.errors import UsageError
from kubelint_lb.traffic.request import Request

# The keys of a line with a text, and the fields of a request that they are.
_TEXTS = {one: one for one in ("method", "scheme", "host", "path", "gateway", "service")}
_TEXTS |= {"class": "ingress_class", "from": "client"}
_KEYS = {*_TEXTS, "headers", "port"}
_SCHEMES = ("http", "https", "tls", "tcp", "udp")


class Asked(NamedTuple):
    """What options say of a request: headers as `name: value`, and whom or for whom it asks (see Request)."""

    headers: Sequence[str] = ()
    gateway: str = ""
    ingress_class: str = ""
    service: str = ""
    client: str = ""


_NOTHING = Asked()


def read_line(text: str, asked: Asked = _NOTHING) -> Request:
    """`GET https://shop.example:8443/cart?x=1`, where the method may be left out. Raises UsageError."""
    method, _, url = text.strip().rpartition(" ")
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        port = parts.port
    except ValueError as error:
        raise UsageError(f"'{text}' is no request: {error}") from error
    if parts.scheme not in _SCHEMES:
        schemes = ", ".join(_SCHEMES)
        raise UsageError(f"'{text}' is no request: the scheme is one of {schemes}, as in 'GET https://shop.example/cart'")
    path = f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"
    found = {}
    for one in asked.headers:
        name, colon, value = one.partition(":")
        if not colon or not name.strip():
            raise UsageError(f"'{one}' is no header: write 'name: value'")
        found[name.strip()] = value.strip()
    request = Request(method.strip().upper() or "GET", parts.scheme, parts.hostname or "", path, found, port)
    _check_client(asked.client)
    return request._replace(**{key: value for key, value in asked._asdict().items() if key != "headers"})


def _check_client(client: str) -> None:
    """An address, or a network of them. Raises UsageError."""
    try:
        if client:
            ip_network(client, strict=False)
    except ValueError as error:
        raise UsageError(f"'{client}' is no address of a client: {error}") from error


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
    if data.get("scheme", "http") not in _SCHEMES:
        raise UsageError(f"line {number} of the requests: the scheme is one of {', '.join(_SCHEMES)}")
    _check_client(data.get("from", ""))
    words = {field: data[key] for key, field in _TEXTS.items() if data.get(key)}
    return Request(**words, headers=headers, port=port)
