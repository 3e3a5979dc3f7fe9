"""The report as SARIF 2.1.0, in the shape that code scanning shows well."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import sarif_om as om

from kubelint_lb.catalogue.rule_info import RuleInfo
from kubelint_lb.output.paths import Paths
from kubelint_lb.output.sarif_places import Places
from kubelint_lb.output.sarif_text import serialise
from kubelint_lb.report.finding import Finding, Report
from kubelint_lb.settings.severity import Severity

if TYPE_CHECKING:
    from kubelint_lb.output.style import Style

MOST_RESULTS = 25_000  # code scanning refuses a run with more
HOME = "https://github.com/kubelint-lb/kubelint-lb"
SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}
# As many places besides its own make a finding a way to follow.
_CHAIN = 2
_IN_SOURCE = frozenset({"comment", "annotation"})
_SEMANTIC = re.compile(r"\d+\.\d+\.\d+(-[0-9A-Za-z.-]+)?(\+[0-9A-Za-z.-]+)?")


def render(report: Report, style: Style) -> str:
    """One run: the enabled rules, the findings, and the suppressed ones, which say why they are."""
    places = Places(Paths(report.root, style.sarif_root), report.sources)
    numbers = {rule.name: number for number, rule in enumerate(report.rules)}
    products = {rule.name: rule.product for rule in report.rules}
    findings = report.findings + report.suppressed
    kept = _most_severe(findings)
    run = om.Run(
        tool=om.Tool(driver=_driver(report)),
        results=[_result(finding, numbers.get(finding.rule, -1), products.get(finding.rule, ""), places) for finding in kept],
        invocations=[_invocation(report, len(findings))],
        original_uri_base_ids={"%SRCROOT%": _source_root()},
        column_kind="unicodeCodePoints",
    )
    return serialise(om.SarifLog(version="2.1.0", schema_uri=SCHEMA, runs=[run]))


def _source_root() -> object:
    # No URI: the reader knows where its checkout is, and a path of this machine would only mislead.
    return om.ArtifactLocation(description=om.Message(text="The root of the repository that was linted."))


def _most_severe(findings: tuple[Finding, ...]) -> list[Finding]:
    """At most as many findings as a run may have: shown before suppressed, worse before better, in their order."""
    if len(findings) <= MOST_RESULTS:
        return list(findings)

    def importance(number: int) -> tuple[bool, int, int]:
        return findings[number].suppressed is not None, -findings[number].severity.rank, number

    return [findings[number] for number in sorted(sorted(range(len(findings)), key=importance)[:MOST_RESULTS])]


def _driver(report: Report) -> object:
    return om.ToolComponent(
        name="kubelint-lb",
        version=report.version,
        semantic_version=report.version if _SEMANTIC.fullmatch(report.version) else None,
        information_uri=HOME,
        rules=[_rule(rule) for rule in report.rules],
    )


def _rule(rule: RuleInfo) -> object:
    return om.ReportingDescriptor(
        id=rule.name,
        short_description=om.MultiformatMessageString(text=rule.summary),
        full_description=om.MultiformatMessageString(text=rule.summary),
        help=om.MultiformatMessageString(text=rule.help_markdown, markdown=rule.help_markdown),
        help_uri=rule.url or None,
        default_configuration=om.ReportingConfiguration(level=_LEVELS[rule.severity]),
        properties={
            "tags": [rule.family, "kubernetes", *([rule.product] if rule.product else [])],
            "precision": rule.confidence.value,
        },
    )


def _invocation(report: Report, found: int) -> object:
    notes = None
    if found > MOST_RESULTS:
        text = f"Only {MOST_RESULTS} of {found} results are listed, the most severe ones: more would be refused."
        notes = [om.Notification(message=om.Message(text=text), level="warning")]
    return om.Invocation(execution_successful=report.exit_code != 3, tool_execution_notifications=notes)


def _result(finding: Finding, rule_index: int, product: str, places: Places) -> object:
    related = list(enumerate(finding.related, 1))
    return om.Result(
        rule_id=finding.rule,
        rule_index=rule_index,
        level=_LEVELS[finding.severity],
        message=om.Message(text=_message(finding)),
        locations=[places.primary(finding.location, finding.object)],
        related_locations=[places.related(number, place) for number, place in related] or None,
        code_flows=[_flow(finding, places)] if len(finding.related) >= _CHAIN else None,
        partial_fingerprints={"kubelintLb/v1": finding.fingerprint},
        fixes=[places.fix(finding.fix)] if finding.fix else None,
        suppressions=_suppressions(finding, places),
        properties={
            key: value
            for key, value in {
                "help": finding.help,
                "field": finding.field,
                "units": list(finding.units),
                "condition": finding.condition and finding.condition._asdict(),
                "product": product,
            }.items()
            if value
        }
        or None,
    )


def _flow(finding: Finding, places: Places) -> object:
    """From the finding over the places that it rests on, in order: route, Service, pods."""
    steps = [(finding.location, finding.message), *((one.location, one.message) for one in finding.related)]
    locations = [om.ThreadFlowLocation(location=places.step(location, text)) for location, text in steps]
    return om.CodeFlow(thread_flows=[om.ThreadFlow(locations=locations)])


def _message(finding: Finding) -> str:
    """The message, and a link to each related place: code scanning shows only those that the message names."""
    # Names from a manifest must not become links of their own.
    text = _escaped(finding.message) if "](" in finding.message else finding.message
    links = [f"[{_escaped(related.message)}]({number})" for number, related in enumerate(finding.related, 1)]
    return f"{text}\nSee also: {'; '.join(links)}." if links else text


def _escaped(text: str) -> str:
    return re.sub(r"([\\\[\]])", r"\\\1", text)


def _suppressions(finding: Finding, places: Places) -> list[object] | None:
    why = finding.suppressed
    if why is None:
        return None
    return [
        om.Suppression(
            kind="inSource" if why.kind in _IN_SOURCE else "external",
            justification=why.reason or None,
            location=None if why.location is None else places.plain(why.location),
        )
    ]
