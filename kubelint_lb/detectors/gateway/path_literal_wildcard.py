"""A path is taken as it stands: `*` and `$` are characters like others, but for regular expressions."""

from __future__ import annotations

import re

from kubelint_lb.detectors.api import Context, Issue, Issues, Route, RouteRule, Scalar, detector, replace_node, text, written_text

_PATTERNS = re.compile(r"\*|\$$|\(.*\)|\.\+|\[|\\\\")


@detector
def check(route: Route, _ctx: Context) -> Issues:
    """HTTPPathMatch (gateway-api `apis/v1/httproute_types.go`): the characters are legal in a path, and matched as such."""
    for rule in route.rules:
        yield from _issues(rule)


def _issues(rule: RouteRule) -> Issues:
    for match in rule.matches:
        path = match.get("path")
        node = path.get("value") if path is not None else None
        if not isinstance(node, Scalar) or node.unknown or path is None:
            continue
        kind = text(path.get("type")) or "PathPrefix"
        value = text(node) or ""
        if kind not in {"Exact", "PathPrefix"} or _PATTERNS.search(value) is None:
            continue
        prefix = value.removesuffix("*").removesuffix("/")
        whole = value.endswith("/*") and kind == "PathPrefix" and _PATTERNS.search(prefix) is None
        words = {"path": value, "rule": rule.title, "type": kind}
        if whole:
            issue = Issue(node, "prefix", **words, prefix=prefix or "/")
            yield issue.fix(f"write {prefix or '/'}", replace_node(node, written_text(prefix) if prefix else "/"))
        else:
            yield Issue(node, "literal", **words)
