"""A small catalogue: rules of two families, one of them off by default, one with parameters."""

from __future__ import annotations

from pathlib import Path

WEIGHTS = """\
name: weights-odd
severity: warning
confidence: medium
since: 0.1.0
kinds: [HTTPRoute]
needs: []
messages:
  odd: "{route} splits oddly."
  even: {text: "{route} splits evenly.", severity: info}
params:
  mode: {enum: [percent, strict, "off"], default: percent, doc: "How weights are read."}
  total: {type: integer, minimum: 1, default: 100, doc: "What weights should sum to."}
fix: {when: never}
---
summary: Weights do not sum to 100.
why: |
  Because.
remedy: |
  Make them sum
  to 100.

  Or do not.
references: [https://example.org/weights]
examples:
  - title: one missing
    bad: |
      kind: HTTPRoute
      weight: 1  # expect: weights-odd[odd]
  - title: in two files
    files:
      route.yaml: |
        kind: HTTPRoute
      service.yaml: |
        kind: Service
    params: {mode: strict}
    complete: true
"""

QUIET = """\
name: pods-lonely
severity: info
confidence: high
since: 0.1.0
default: off
kinds: [Service]
messages:
  lonely: "{service} has one pod."
---
summary: One pod only.
why: |
  It may fail.
remedy: |
  Run two.
"""

PROFILES = """\
default:
  description: What everybody gets.
  rules: {}
strict:
  description: More.
  rules:
    pods-lonely: {severity: error}
    weights-odd: {params: {mode: strict}}
loose:
  description: Less.
  rules:
    weights-odd: {enabled: false}
"""

FAMILIES = """\
gateway: {title: Gateway API, description: Routes.}
service: {title: Services, description: Pods.}
"""


def write_rules(root: Path) -> Path:
    """The catalogue's folder, written below `root`."""
    for path, text in {
        "gateway/weights-odd.yaml": WEIGHTS,
        "service/pods-lonely.yaml": QUIET,
        "profiles.yaml": PROFILES,
        "families.yaml": FAMILIES,
        "retired.yaml": "weights-strange: use weights-odd\n",
    }.items():
        file = root / "rules" / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    return root / "rules"
