"""Names with control characters, in whatever the program prints: shown or escaped, never sent."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kubelint_lb.output.formats import FORMATS
from tests.cli.program import Program

# Colours, titles of windows, C1, ends of lines that are none, the other direction, DEL, NUL, half a character: as YAML says them.
EVIL = r"\u001b[31mred\u001b]0;title\u0007\u009b31m\u0085\u2028\u202e\u007f\u0000\ud800"
_SENT = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
ROUTE = f"""\
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {{{{name: "edge{EVIL}", namespace: "a{EVIL}"}}}}
spec: {{{{gatewayClassName: "any{EVIL}", listeners: [{{{{name: "l{EVIL}", port: 80, protocol: HTTP, hostname: "h{EVIL}"}}}}]}}}}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{{{name: "shop{EVIL}", namespace: "a{EVIL}", labels: {{{{"k{EVIL}": 1}}}}}}}}
spec:
  parentRefs: [{{{{name: "edge{EVIL}"}}}}]
  hostnames: ["*.{EVIL}", shop.example]
  rules:
    - matches: [{{{{path: {{{{type: PathPrefix, value: "/{EVIL}"}}}}}}}}, {{{{path: {{{{value: /}}}}}}}}]
      backendRefs: [{{{{name: "web{EVIL}", port: 80, weight: 1}}}}, {{{{name: "gone{EVIL}", port: 1, weight: 2}}}}]
---
apiVersion: v1
kind: Service
metadata: {{{{name: "web{EVIL}", namespace: "a{EVIL}", annotations: {{{{"x{EVIL}": "{EVIL}"}}}}}}}}
spec: {{{{selector: {{{{"app{EVIL}": "{EVIL}"}}}}, ports: [{{{{port: 80, name: "p{EVIL}"}}}}], externalTrafficPolicy: "{EVIL}"}}}}
""".replace("{{", "{").replace("}}", "}")


@pytest.fixture
def evil(program: Program) -> Program:
    program.write("route\x1b[31m.yaml", ROUTE)
    program.write(
        ".kubelint-lb.yaml", f'objects: [{{rule: weights-not-100, name: "x{EVIL}", reason: "r{EVIL}"}}]\n'.replace("\\ud800", "")
    )
    return program


def commands() -> list[list[str]]:
    found = [["check", "--select", "ALL", "--severity", "info", "--verbose", "--format", name] for name in FORMATS]
    found += [["graph", "--format", name] for name in ("mermaid", "dot", "svg", "html")]
    found += [[name, "--format", form] for name in ("units", "rules") for form in ("text", "json")]
    found += [["trace", "http://shop.example/", ".", "--why", "--format", form] for form in ("text", "json")]
    found += [["check", "\x1b[31mnowhere"], ["check", "--select", "\x1b[31m"], ["explain", "\x1b[31m"], ["trace", "\x1b[31m"]]
    return found


@pytest.mark.parametrize("arguments", commands(), ids=lambda arguments: " ".join(map(repr, arguments)))
def test_no_control_character_is_sent(evil: Program, arguments: list[str]) -> None:
    result = evil(*arguments)
    assert result.code in {0, 1, 2}, result.err
    assert "Traceback" not in result.err
    for text in (result.out, result.err):
        assert _SENT.search(text) is None, text[max(0, (_SENT.search(text) or re.match("", text)).start() - 60) :][:120]  # type: ignore[union-attr]


def test_json_says_the_names_all_the_same(evil: Program) -> None:
    found = json.loads(evil("check", "--select", "ALL", "--format", "json").out)
    assert "route\x1b[31m.yaml" in {one["path"] for one in found["findings"]}


def test_a_report_in_a_file(evil: Program) -> None:
    evil("check", "--select", "ALL", "--format", "sarif", "--output", "report.sarif")
    assert _SENT.search(Path("report.sarif").read_text(encoding="utf-8")) is None
