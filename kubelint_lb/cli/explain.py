"""`kubelint-lb explain`: one rule, as its page of the documentation; or one finding, with what it rests on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Annotated

import typer

from kubelint_lb.cli import complete as words
from kubelint_lb.cli.tree import Config

_FINDING = re.compile(r"[0-9a-f]{16}|[a-z0-9-]+@.+:\d+")
_HELP = "A rule; or a finding: its fingerprint, or rule@path:line."
_Name = Annotated[str, typer.Argument(metavar="NAME", help=_HELP, autocompletion=words.rule_names)]


def explain(name: _Name, *, config: Config = None) -> None:
    """Print the page of a rule: why, what to do, examples. Or tell why a finding is one, here."""
    from kubelint_lb.catalogue.catalogue import load_catalogue
    from kubelint_lb.catalogue.rule_page import rule_page
    from kubelint_lb.cli.console import write_out
    from kubelint_lb.config.config import load_settings

    catalogue = load_catalogue()
    if name not in catalogue.outlines and _FINDING.fullmatch(name):
        write_out(_finding(name, config))
        return
    if name not in catalogue.outlines:
        # Only a name that is not ours is worth reading a configuration for.
        catalogue = load_catalogue(load_settings((), config).rule_paths)
        catalogue.check_rule(name)
    write_out(rule_page(catalogue.rules[name], catalogue.words(name)))


def _finding(name: str, config: Path | None) -> str:
    """A finding of the current folder, with the answers for all references of its object."""
    from kubelint_lb.cli.tree import TreeOptions, read_tree
    from kubelint_lb.output.finding_text import finding_text
    from kubelint_lb.output.paths import Paths
    from kubelint_lb.settings.errors import UsageError
    from kubelint_lb.settings.severity import Severity
    from kubelint_lb.traffic.evidence import evidence_of
    from kubelint_lb.traffic.world import distinct

    options = TreeOptions(config)
    reading = read_tree(["."], options, Severity.INFO)
    paths = Paths(reading.scope.root, Path.cwd())
    report = reading.report()
    rule, _, place = name.partition("@")
    meant = [
        one
        for one in (*report.findings, *report.suppressed)
        if one.fingerprint == name or (one.rule == rule and f"{paths(one.location.path)}:{one.location.span.line}" == place)
    ]
    if not meant:
        raise UsageError(f"there is no finding {name} here; `kubelint-lb check --format json` shows fingerprints")
    units = [one.objects for one in distinct(reading.worlds)]
    texts = []
    for one in meant:
        evidence = evidence_of(one.object[1:], units) if one.object is not None else []
        texts.append(finding_text(one, report, evidence, paths))
    return "\n".join(texts)
