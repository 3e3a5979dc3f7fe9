"""Services with one finding each, for trees in which it matters which findings are known and which are new."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from kubelint_lb.engine.run import lint
from kubelint_lb.report.finding import Finding, Report
from kubelint_lb.settings.settings import Settings
from kubelint_lb.settings.severity import Severity
from kubelint_lb.source.place import Location

RULE = "affinity-timeout-unbounded"


def sticky(name: str = "web", namespace: str = "shop", comment: str = "", seconds: int = 20000) -> str:
    """A Service whose sessions last too long (line 11, column 23), with a comment at the end of that line."""
    return f"""\
apiVersion: v1
kind: Service
metadata:
  name: {name}
  namespace: {namespace}
spec:
  selector: {{app: {name}}}
  sessionAffinity: ClientIP
  sessionAffinityConfig:
    clientIP:
      timeoutSeconds: {seconds}{comment}
  ports:
    - port: 80
"""


def check(root: Path, *paths: str, **settings: Any) -> Report:
    """A run over a tree, or over some of its files."""
    options = Settings(root=root.resolve(), severity=Severity.WARNING)._replace(**settings)
    return lint([root / path for path in paths or (".",)], options)


def places(findings: tuple[Finding, ...]) -> list[str]:
    """`path:line:column rule[key]` of findings."""
    return [f"{_place(one.location)} {one.rule}[{one.message_key}]" for one in findings]


def _place(location: Location) -> str:
    return f"{location.path}:{location.span.line}:{location.span.column}"
