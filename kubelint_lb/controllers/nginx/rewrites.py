"""What `rewrite-target` makes of a path.

Source: ingress-nginx controller-v1.15.1 `internal/ingress/controller/template/template.go` (buildProxyPass: `rewrite "(?i)PATH"
TARGET break`); nginx `ngx_http_rewrite_module` (the query is kept).
"""

from __future__ import annotations

import re

from kubelint_lb.source.regex import bounded_regex
from kubelint_lb.traffic.request import Request

_GROUP = re.compile(r"\$(\d)")


def rewritten_path(written: str, target: str, request: Request) -> str | None:
    """The path and query that the Service sees; None where the path's expression is not understood."""
    expression = bounded_regex(written, len(request.bare_path), re.IGNORECASE)
    found = expression.search(request.bare_path) if expression is not None else None
    if found is None:
        return None
    last = len(found.groups())
    path = _GROUP.sub(lambda one: (found.group(int(one[1])) or "") if int(one[1]) <= last else "", target)
    return f"{path}?{request.query}" if request.query else path
