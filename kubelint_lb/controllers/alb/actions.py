"""Actions of the AWS Load Balancer Controller: JSON in annotations.

Go's decoder takes keys in any case and leaves out those that it does not know; ports may be numbers or texts.
Source: aws-load-balancer-controller `pkg/ingress/config_types.go` (validation), `enhanced_backend_builder.go`.
"""

from __future__ import annotations

import json
from typing import Any, NamedTuple

_TYPES = ("forward", "redirect", "fixed-response")
_REDIRECTS = ("HTTP_301", "HTTP_302")


class TargetGroup(NamedTuple):
    """One of the groups that an action forwards to: a Service with its port, or one that AWS knows; all as written."""

    service: str
    port: str
    weight: object


class Action(NamedTuple):
    """What an action says: `wrong` is what the controller refuses about it, in words; empty where nothing. `stickiness` is its
    `targetGroupStickinessConfig`, with keys in small letters, where that is enabled."""

    groups: tuple[TargetGroup, ...]
    wrong: str
    stickiness: dict[str, Any] | None = None


def read_json(text: str) -> object:
    """The value of a JSON text with the keys of its maps in small letters; None where it is no JSON."""
    try:
        return _lowered(json.loads(text))
    except (ValueError, RecursionError):
        return None


def _lowered(value: object) -> object:
    if isinstance(value, dict):
        return {str(key).lower(): _lowered(one) for key, one in value.items()}
    return [_lowered(one) for one in value] if isinstance(value, list) else value


def read_action(text: str) -> Action:
    """The action in an annotation."""
    data = read_json(text)
    if not isinstance(data, dict):
        return Action((), "no JSON object")
    return _of_type(data)._replace(stickiness=_stickiness(data))


def _of_type(data: dict[str, Any]) -> Action:
    kind = str(data.get("type", ""))
    if kind not in _TYPES:
        return Action((), f"type has to be one of {', '.join(_TYPES)}")
    if kind == "fixed-response":
        return Action((), _of_status(data.get("fixedresponseconfig"), "fixedResponseConfig", ()))
    if kind == "redirect":
        return Action((), _of_status(data.get("redirectconfig"), "redirectConfig", _REDIRECTS))
    return _forward(data)


def _of_status(config: object, name: str, allowed: tuple[str, ...]) -> str:
    if not isinstance(config, dict):
        return f"it lacks {name}"
    code = config.get("statuscode")
    if not isinstance(code, str):
        return f"{name} needs a statusCode, as a text"
    return f"statusCode has to be {' or '.join(allowed)}" if allowed and code not in allowed else ""


def _stickiness(data: dict[str, Any]) -> dict[str, Any] | None:
    forward = data.get("forwardconfig")
    config = forward.get("targetgroupstickinessconfig") if isinstance(forward, dict) else None
    return config if isinstance(config, dict) and config.get("enabled") is True else None


def _forward(data: dict[str, Any]) -> Action:
    single = any(data.get(key) for key in ("targetgrouparn", "targetgroupname"))
    config = data.get("forwardconfig")
    if single == isinstance(config, dict):
        return Action((), "it needs either a target group or a forwardConfig")
    entries = config.get("targetgroups") if isinstance(config, dict) else None
    if single or not isinstance(config, dict):
        return Action((), "")
    if not isinstance(entries, list) or not entries:
        return Action((), "forwardConfig has no targetGroups")
    maps = [entry for entry in entries if isinstance(entry, dict)]
    groups = tuple(TargetGroup(str(one.get("servicename") or ""), _port(one), one.get("weight")) for one in maps)
    wrong = next((words for one in maps if (words := _of_group(one))), "")
    if not wrong and len(maps) > 1 and any(group.weight is None for group in groups):
        wrong = "each of several target groups needs a weight"
    return Action(groups, wrong)


def _port(entry: dict[str, Any]) -> str:
    port = entry.get("serviceport")
    return "" if port is None else str(port)


def _of_group(entry: dict[str, Any]) -> str:
    named = bool(entry.get("servicename"))
    if named == any(entry.get(key) for key in ("targetgrouparn", "targetgroupname")):
        return "a target group is either a Service or an ARN or name"
    return "a Service needs its servicePort" if named and entry.get("serviceport") is None else ""
