"""A team's own rules in the Common Expression Language: over an object and what it meets."""

from __future__ import annotations

from pathlib import Path

import pytest

from kubelint_lb.settings.errors import CatalogueError
from tests.conftest import LintTree, write_tree

pytest.importorskip("cel", reason="common-expression-language is not installed")

RULE = """\
name: our-own
severity: error
confidence: high
since: "1"
kinds: [KINDS]
messages:
  odd: "{name} ({value}): {reason}."
params:
  domain: {default: .shop.example, type: string, doc: Where hosts lie.}
cel:
  - EXPRESSION
---
summary: What we agreed on.
why: |
  We did.
remedy: |
  Do it.
"""
SHOP = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: shop, namespace: shop}
spec:
  rules:
    - host: www.shop.example
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: web, port: {number: 80}}}}]}
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec:
  type: NodePort
  selector: {app: web}
  ports: [{port: 80}]
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  replicas: 1
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web, image: "web:1"}]}}
"""


def rules(folder: Path, expression: str, kinds: str = "Ingress") -> tuple[Path]:
    write_tree(folder, {"ours/our-own.yaml": RULE.replace("KINDS", kinds).replace("EXPRESSION", expression)})
    return (folder / "ours",)


@pytest.mark.parametrize(
    ("kinds", "expression", "places"),
    [
        ("Ingress", "{expression: \"self.spec.rules.all(r, r.host.endsWith(params.domain))\", at: spec.rules, message: odd}", []),
        ("Ingress", "{expression: \"self.spec.rules.all(r, r.host == 'a')\", at: spec.rules, message: odd}", [(5, 3)]),
        ("Ingress", "{expression: has(self.spec.tls), at: spec.tls, message: odd}", [(4, 1)]),
        ("Ingress", "{expression: \"services.all(s, s.spec.type == 'ClusterIP')\", at: spec, message: odd}", [(4, 1)]),
        ("Ingress", "{expression: \"workloads.all(w, w.spec.replicas > 1)\", at: spec, message: odd}", [(4, 1)]),
        ("Service", "{expression: routes.size() == 0, at: spec.type, message: odd}", [(13, 9)]),
        ("Service", "{expression: \"self.spec.type == 'ClusterIP'\", at: spec.type, message: odd}", [(13, 9)]),
        ("Service", "{expression: \"false\", when: \"self.spec.type == 'ClusterIP'\", at: spec.type, message: odd}", []),
        ("Deployment", "{expression: \"services.size() == 1 && routes.size() == 1\", at: spec, message: odd}", []),
        ("Service", "{expression: unit.complete, at: metadata.name, message: odd}", [(11, 18)]),
    ],
)  # fmt: skip
def test_an_expression_has_to_be_true(
    lint_tree: LintTree, tmp_path_factory: pytest.TempPathFactory, kinds: str, expression: str, places: list[tuple[int, int]]
) -> None:
    folder = tmp_path_factory.mktemp("rules")
    report = lint_tree(SHOP, select="our-own", rule_paths=rules(folder, expression, kinds))
    assert [one.location.span[:2] for one in report.findings] == places


def test_what_cannot_be_worked_out_is_not_true(lint_tree: LintTree, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("rules")
    paths = rules(folder, "{expression: self.spec.tls.size() > 0, at: spec.rules, message: odd}")
    (found,) = lint_tree(SHOP, select="our-own", rule_paths=paths).findings
    assert "it cannot be worked out" in found.message


@pytest.mark.parametrize("host", ["'${HOST}'", "'{{ host }}'"])
def test_what_a_tool_fills_in_may_make_it_true(lint_tree: LintTree, tmp_path_factory: pytest.TempPathFactory, host: str) -> None:
    folder = tmp_path_factory.mktemp("rules")
    paths = rules(folder, "{expression: \"self.spec.rules.all(r, r.host == 'a')\", at: spec.rules, message: odd}")
    assert lint_tree(SHOP.replace("www.shop.example", host), select="our-own", rule_paths=paths).findings == ()


def test_an_expression_that_would_take_too_long_is_not_run(lint_tree: LintTree, tmp_path_factory: pytest.TempPathFactory) -> None:
    folder = tmp_path_factory.mktemp("rules")
    slow = "self.spec.ports.all(a, self.spec.ports.all(b, self.spec.ports.all(c, a.port > 0)))"
    ports = ", ".join(f"{{name: p{number}, port: {number}}}" for number in range(1, 300))
    paths = rules(folder, f"{{expression: '{slow}', at: spec.type, message: odd}}", "Service")
    (found,) = lint_tree(SHOP.replace("[{port: 80}]", f"[{ports}]"), select="our-own", rule_paths=paths).findings
    assert "it would take more than" in found.message


@pytest.mark.parametrize(
    ("expression", "words"),
    [
        ("{expression: 'self.', at: spec, message: odd}", ":11:18: no CEL: "),
        ("{expression: 'slef.spec', at: spec, message: odd}", ":11:18: nobody sets 'slef' (did you mean 'self'?)"),
        ("{expression: 'true', at: spec, message: od}", ":11:45: there is no message 'od' (did you mean 'odd'?)"),
        ("{expression: 'true', message: odd}", ":11:5: cel[0]: 'at' is missing"),
    ],
)
def test_mistakes_have_a_place(
    lint_tree: LintTree, tmp_path_factory: pytest.TempPathFactory, expression: str, words: str
) -> None:
    with pytest.raises(CatalogueError) as caught:
        lint_tree(SHOP, select="our-own", rule_paths=rules(tmp_path_factory.mktemp("rules"), expression))
    assert words in str(caught.value)
