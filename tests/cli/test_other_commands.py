"""`rules`, `explain` and `init`."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from kubelint_lb.catalogue.catalogue import load_catalogue
from kubelint_lb.cli.init import TEMPLATE
from kubelint_lb.config.config import load_settings
from kubelint_lb.settings.settings import UnitSettings
from tests.cli.program import Program


def test_rules_lists_every_rule(program: Program) -> None:
    result = program("rules")
    head, *lines = result.out.splitlines()
    assert head.split() == ["RULE", "SEVERITY", "FAMILY", "SUMMARY"]
    assert [line.split()[0] for line in lines] == list(load_catalogue().outlines)
    assert "weights-not-100" in result.out
    assert (result.code, result.err) == (0, "")


def test_rules_of_a_family(program: Program) -> None:
    lines = program("rules", "ingress").out.splitlines()[1:]
    assert {line.split()[2] for line in lines} == {"ingress"}


def test_rules_as_they_are_configured(program: Program) -> None:
    program.write(".kubelint-lb.yaml", "rules: {weights-not-100: {severity: off}, weights-all-zero: {severity: info}}\n")
    listed = {line.split()[0]: line.split()[1] for line in program("rules").out.splitlines()}
    assert (listed["weights-not-100"], listed["weights-all-zero"]) == ("off", "info")


def test_rules_as_json(program: Program) -> None:
    (rule,) = json.loads(program("rules", "--format", "json", "weights-not-100").out)
    assert list(rule) == [
        "name",
        "family",
        "product",
        "severity",
        "enabled",
        "confidence",
        "since",
        "fix",
        "params",
        "summary",
        "url",
    ]
    assert (rule["name"], rule["enabled"], rule["params"]) == ("weights-not-100", True, {"total": 100, "mode": "percent"})


def test_explain_prints_the_page(program: Program) -> None:
    result = program("explain", "weights-not-100")
    assert result.out.startswith("# weights-not-100\n")
    headings = re.findall(r"^## (\w+)", result.out, re.MULTILINE)
    assert list(dict.fromkeys(headings)) == [
        "Why",
        "What",
        "Messages",
        "Parameters",
        "Bad",
        "Good",
        "How",
        "References",
    ]
    assert "| `mode` | `percent` | `percent`, `strict` or `off` |" in result.out


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("weights-not-10", "unknown rule 'weights-not-10' (did you mean 'weights-not-100'?)"),
        ("xyzzy", "unknown rule 'xyzzy'; `kubelint-lb rules` lists them"),
    ],
)
def test_explain_an_unknown_rule(program: Program, name: str, words: str) -> None:
    result = program("explain", name)
    assert (result.code, result.out, result.err) == (2, "", f"kubelint-lb: {words}\n")


def test_init_writes_a_configuration(program: Program) -> None:
    assert program("init") == (0, "", "kubelint-lb: wrote .kubelint-lb.yaml\n")
    assert load_settings().profile == "default"
    result = program("init")
    assert (result.code, result.err) == (2, "kubelint-lb: .kubelint-lb.yaml exists; --force overwrites it\n")
    assert program("init", "--force").code == 0


def test_init_elsewhere(program: Program) -> None:
    result = program("init", "nowhere")
    assert result.code == 2
    assert result.err == "kubelint-lb: cannot write nowhere/.kubelint-lb.yaml: No such file or directory\n"


def test_every_suggestion_in_the_template_is_valid(program: Program) -> None:
    lines = [re.sub(r"^# (?=[a-z-]+:|  )", "", line) for line in TEMPLATE.splitlines() if "$schema" not in line]
    program.write(".kubelint-lb.yaml", "\n".join(lines))
    settings = load_settings()
    assert settings.units == (UnitSettings("shop", ("deploy/**",), complete=True),)
    assert settings.per_path[0].reason == "nothing here serves customers"
    assert str(settings.kubernetes_version) == "1.34"
    assert Path(".kubelint-lb.yaml").exists()


def test_no_command_prints_help(program: Program) -> None:
    result = program()
    assert "Usage: kubelint-lb" in result.out + result.err


OWN_RULE = """\
name: no-node-port
severity: error
confidence: high
since: "1"
kinds: [Service]
messages:
  opened: "{name} opens a port on every node."
assert:
  - at: spec.type
    schema: {not: {const: NodePort}}
    message: opened
---
summary: Services open no ports of nodes.
why: |
  The firewall drops them.
remedy: |
  Use an Ingress.
examples:
  - title: opened
    bad: |
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec:
        type: NodePort   # expect: no-node-port[opened]
        ports: [{port: 80}]
  - title: inside
    good: |
      apiVersion: v1
      kind: Service
      metadata: {name: web}
      spec: {type: ClusterIP, ports: [{port: 80}]}
"""


def test_examples_of_own_rules_are_run(program: Program) -> None:
    program.write("lint/house/no-node-port.yaml", OWN_RULE)
    assert program("test-rules", "lint").out == "2 of 2 examples of 1 rule are as they say.\n"
    wrong = OWN_RULE.replace("type: ClusterIP", "type: NodePort").replace("   # expect", " # was")
    program.write("other/house/no-node-port.yaml", wrong)
    found = program("test-rules", "other")
    assert found.code == 1
    assert found.out.splitlines() == [
        "no-node-port: opened",
        "  not expected: manifest.yaml:5: no-node-port[opened]",
        "no-node-port: inside",
        "  not expected: manifest.yaml:4: no-node-port[opened]",
        "0 of 2 examples of 1 rule are as they say.",
    ]
