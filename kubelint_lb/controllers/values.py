"""Whether a controller can read the value of an annotation.

Sources: each row of `annotations.json`; for how a type is read, ingress-nginx
`internal/ingress/annotations/parser/validators.go`, nginx/kubernetes-ingress `internal/configs/annotations.go`,
haproxytech `pkg/utils/utils.go` (GetBoolValue).
"""

from __future__ import annotations

import re
from ipaddress import ip_network

from kubelint_lb.controllers.annotations import Annotation
from kubelint_lb.controllers.go import go_bool, go_int, is_go_duration
from kubelint_lb.controllers.which import ALB, CONTOUR, HAPROXY_INGRESS, HAPROXY_TECH, KONG, NGINX, NGINX_INC, TRAEFIK

_PARSE_BOOL = frozenset({NGINX, ALB, NGINX_INC, TRAEFIK, HAPROXY_INGRESS})
_PARSE_INT = frozenset({NGINX, ALB, NGINX_INC, TRAEFIK, KONG, HAPROXY_INGRESS, HAPROXY_TECH, CONTOUR})
_HAPROXY_BOOL = frozenset({"enabled", "disabled", "on", "off"})
_NGINX_TIME = re.compile(r"(?:[0-9]+(?:ms|[yMwdhms]?)\s*)+", re.ASCII)
_NGINX_SIZE = re.compile(r"[0-9]+[kKmMgG]?", re.ASCII)
_HAPROXY_TIME = re.compile(r"[0-9]+(?:us|ms|[smhd])?", re.ASCII)


def wanted(controller: str, annotation: Annotation, value: str) -> str | None:
    """What a controller wants in place of a value that it cannot read, in words; None where it reads it, or that is not known.

    Spaces around and an empty text are left alone: who wrote them meant nothing by it.
    """
    value = value.strip()
    if not value:
        return None
    if annotation.type == "bool":
        return _bool(controller, value)
    if annotation.type == "int" and controller in _PARSE_INT:
        return _int(annotation, value)
    if annotation.pattern:
        return _pattern(annotation, value)
    if annotation.type == "enum":
        return _word(annotation, value)
    if annotation.type == "cidr-list" and controller == NGINX:
        return None if all(_is_network(one.strip()) for one in value.split(",")) else "addresses or networks, with commas"
    if annotation.type == "duration":
        return _duration(controller, value)
    if annotation.type == "size" and controller == NGINX_INC:
        return None if _NGINX_SIZE.fullmatch(value) else "a size (`8k`, `1m`)"
    return None


def _bool(controller: str, value: str) -> str | None:
    if controller in _PARSE_BOOL:
        fits = go_bool(value) is not None
    elif controller == HAPROXY_TECH:
        fits = go_bool(value) is not None or value.lower() in _HAPROXY_BOOL
    else:
        fits = value.lower() in {"true", "false"}
    return None if fits else "true or false"


def _int(annotation: Annotation, value: str) -> str | None:
    number = go_int(value)
    least, most = annotation.least, annotation.most
    bounds = [] if least is None else [f"from {least:g}"]
    bounds += [] if most is None else [f"to {most:g}"]
    fits = number is not None and (least is None or number >= least) and (most is None or number <= most)
    return None if fits else " ".join(["a whole number", *bounds])


def _pattern(annotation: Annotation, value: str) -> str | None:
    held = value.replace(" ", "") if annotation.strips_spaces else value
    # Names of servers are held against the pattern one by one (ValidateArrayOfServerName).
    alone = annotation.type != "list" or "," in annotation.pattern or annotation.allowed
    parts = [held] if alone else [part.strip() for part in held.split(",")]
    # In Go `$` is the end of the text, never the line feed before it.
    pattern = re.sub(r"(?<!\\)\$$", r"\\Z", annotation.pattern)
    if all(re.search(pattern, part) for part in parts):
        return None
    if annotation.type == "size":
        return "a size (`8k`, `1m`)"
    return f"one of {', '.join(annotation.allowed)}" if annotation.allowed else "other characters"


def _word(annotation: Annotation, value: str) -> str | None:
    allowed = annotation.allowed
    if not allowed or any("<" in word for word in allowed):
        return None
    fits = value.lower() in map(str.lower, allowed) if annotation.folds_case else value in allowed
    return None if fits else f"one of {', '.join(allowed)}"


def _duration(controller: str, value: str) -> str | None:
    if controller == NGINX_INC:
        return None if _NGINX_TIME.fullmatch(value) else "a time (`30s`)"
    if controller == HAPROXY_TECH:
        return None if _HAPROXY_TIME.fullmatch(value) else "a time (`30s`)"
    if controller == CONTOUR:
        return None if is_go_duration(value) or value in {"infinity", "infinite"} else "a time (`30s`), or infinity"
    return None


def _is_network(text: str) -> bool:
    try:
        ip_network(text, strict=False)
    except ValueError:
        return False
    return True
