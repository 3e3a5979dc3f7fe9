"""Times of ingress-nginx are seconds."""

from __future__ import annotations

import re

from kubelint_lb.detectors.api import Context, Ingress, Issue, Issues, detector, go_int, nginx, replace_node

_DEFAULTS = {
    "proxy-connect-timeout": "5 seconds",
    "proxy-send-timeout": "60 seconds",
    "proxy-read-timeout": "60 seconds",
    "proxy-next-upstream-timeout": "no limit",
    "auth-keepalive-timeout": "60 seconds",
}
_SECONDS = {"": 1, "s": 1, "m": 60, "h": 3600}
_LONGEST_CONNECT = 75


@detector
def check(ingress: Ingress, ctx: Context) -> Issues:
    """ingress-nginx `internal/ingress/annotations/proxy/main.go` (errors of the parser are swallowed); nginx
    `proxy_connect_timeout`."""
    annotations = nginx(ingress, ctx)
    for suffix, default in _DEFAULTS.items():
        node, value = annotations.node(suffix), annotations.known(suffix)
        if node is None or not value:
            continue
        number = go_int(value)
        words = {"ingress": ingress.title, "name": suffix, "value": value}
        if number is None:
            issue = Issue(node, "unit", default=default, **words)
            found = re.fullmatch(r"([0-9]+)\s*([smh]?)", value.strip())
            seconds = str(int(found[1]) * _SECONDS[found[2]]) if found is not None else ""
            yield issue.fix(f"write {seconds} seconds", replace_node(node, f'"{seconds}"')) if seconds else issue
        elif suffix == "proxy-connect-timeout" and number > _LONGEST_CONNECT:
            yield Issue(node, "too-long", **words)
