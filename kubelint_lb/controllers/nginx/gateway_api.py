"""What of ingress-nginx's annotations the Gateway API expresses: data, `gateway_api.json`.

Sources: the Gateway API's CRDs by release and channel; ingress2gateway v1.1.0 `pkg/i2gw/providers/ingressnginx`; the products'
own documentation of their policies.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple


class Successor(NamedTuple):
    """What takes an annotation's place: `how` in the Gateway API, `since` which release of which channel; the `policies` of
    products, by product; and what `changes` on the way. All empty where nothing does."""

    how: str
    since: str
    channel: str
    policies: Mapping[str, str]
    changes: str


@cache
def successors() -> Mapping[str, Successor]:
    """By the annotation's name without its prefix."""
    groups = json.loads((Path(__file__).parent / "gateway_api.json").read_text(encoding="utf-8"))
    return {name: _successor(group) for group in groups for name in group["annotations"]}


def _successor(group: Mapping[str, object]) -> Successor:
    policies = group.get("policies")
    how, since, channel, changes = (str(group.get(key, "")) for key in ("how", "since", "channel", "changes"))
    return Successor(how, since, channel, policies if isinstance(policies, dict) else {}, changes)
