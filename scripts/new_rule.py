"""Starts a rule: python scripts/new_rule.py FAMILY NAME writes its two files, with UPPER-CASE where words are to be filled in."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from kubelint_lb import __version__
from kubelint_lb.catalogue.catalogue import Catalogue, load_catalogue
from kubelint_lb.catalogue.families import read_retired

ROOT = Path(__file__).resolve().parent.parent
NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)+")
ADVICE = ("use-", "prefer-", "avoid-", "do-not-", "no-")

RULE = """\
name: {name}
severity: warning
confidence: high
since: {version}
kinds: [Service]
needs: []
messages:
  {key}: "{{service}} SAYS WHAT IS WRONG, AND WHAT COMES OF IT."
params: {{}}
fix: {{when: never}}
---
summary: ONE SENTENCE ABOUT WHAT THE RULE FINDS.
why: |
  WHAT GOES WRONG AT RUN TIME, AND WHERE THAT IS WRITTEN.
remedy: |
  WHAT TO DO, IN ONE PARAGRAPH: IT IS THE HELP LINE OF EVERY FINDING.
references:
  - https://kubernetes.io/docs/concepts/services-networking/service/
examples:
  - title: THE SMALLEST MANIFEST THAT HAS THE DEFECT
    bad: |
      apiVersion: v1
      kind: Service
      metadata:
        name: web
        annotations:
          example.com/{name}: "yes"   # expect: {name}[{key}]
      spec:
        selector: {{app: web}}
        ports: [{{port: 80}}]
  - title: THE SAME, REPAIRED
    good: |
      apiVersion: v1
      kind: Service
      metadata:
        name: web
      spec:
        selector: {{app: web}}
        ports: [{{port: 80}}]
"""

DETECTOR = '''\
"""ONE SENTENCE: THE FACT THAT THE RULE RESTS ON."""

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector


@detector
def check(service: Service, ctx: Context) -> Issues:
    """SAY WHEN IT YIELDS."""
    del ctx
    node = service.annotation("example.com/{name}")
    if node is not None:
        yield Issue(node, "{key}", service=service.title)
'''


def main(arguments: list[str], root: Path = ROOT) -> int:
    if len(arguments) != 2:
        print("usage: python scripts/new_rule.py FAMILY NAME", file=sys.stderr)
        return 2
    family, name = arguments
    rules = root / "rules"
    if trouble := objection(load_catalogue(root=rules), read_retired(rules), family, name):
        print(trouble, file=sys.stderr)
        return 2
    # The last words of a name say what is wrong; a message key needs no more.
    key = "-".join(name.split("-")[-2:])
    rule = rules / family / f"{name}.yaml"
    detector = root / "kubelint_lb" / "detectors" / family / f"{name.replace('-', '_')}.py"
    package = detector.parent / "__init__.py"
    for file, text in ((rule, RULE), (detector, DETECTOR)):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text.format(name=name, key=key, version=__version__), encoding="utf-8")
        print(file.relative_to(root))
    if not package.exists():
        package.write_text(f'"""Detectors of the family {family}."""\n', encoding="utf-8")
    print("next: fill in the words, then python scripts/docs.py")
    return 0


def objection(catalogue: Catalogue, retired: dict[str, str], family: str, name: str) -> str:
    """Why a rule can not be called so, or nothing."""
    if family not in catalogue.families:
        return f"no family '{family}': choose from {', '.join(catalogue.families)}, or describe it in rules/families.yaml"
    if not NAME.fullmatch(name):
        return f"'{name}': a name is two or more lower-case words joined by '-'"
    if name.startswith(ADVICE):
        return f"'{name}': a name says what is wrong, not what to do"
    if name in retired:
        return f"'{name}' was a rule once: names are not used again"
    return f"'{name}' is taken" if name in catalogue.selectors() else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
