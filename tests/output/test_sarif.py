"""SARIF that validates, and that code scanning shows well."""

import json
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from kubelint_lb.output import sarif
from kubelint_lb.output.formats import render
from kubelint_lb.report.finding import Edit, Fix, Related, Report, Suppressed
from kubelint_lb.resources import schemas_root
from kubelint_lb.settings.severity import Severity
from tests.output.reports import AFFINITY, BASELINED, EVERYTHING, IGNORED, PORT, ROOT, RULES, WEIGHTS, place, report, style

VALIDATOR = jsonschema.Draft7Validator(json.loads((schemas_root() / "sarif-2.1.0.json").read_text(encoding="utf-8")))


def run_of(made: Report, **changes: object) -> Any:
    log = json.loads(render("sarif", made, style(**changes)))
    VALIDATOR.validate(log)
    assert list(log)[:2] == ["$schema", "version"]
    assert log["version"] == "2.1.0"
    (run,) = log["runs"]
    return run


def result_of(*found: Any, **changes: object) -> Any:
    return run_of(report(*found), **changes)["results"][0]


def physical(path: str, line: int, start: int, end: int, text: str, token: str) -> dict[str, object]:
    return {
        "artifactLocation": {"uri": path, "uriBaseId": "%SRCROOT%"},
        "contextRegion": {"startLine": line, "snippet": {"text": text}},
        "region": {
            "startLine": line,
            "startColumn": start,
            "endLine": line,
            "endColumn": end,
            "snippet": {"text": token},
        },
    }


def test_the_run() -> None:
    run = run_of(EVERYTHING)
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["originalUriBaseIds"] == {"%SRCROOT%": {"description": {"text": "The root of the repository that was linted."}}}
    assert run["invocations"] == [{"executionSuccessful": True}]
    assert str(ROOT) not in json.dumps(run)
    driver = run["tool"]["driver"]
    assert {key: value for key, value in driver.items() if key != "rules"} == {
        "name": "kubelint-lb",
        "version": "0.1.0",
        "semanticVersion": "0.1.0",
        "informationUri": "https://github.com/kubelint-lb/kubelint-lb",
    }


def test_the_rules() -> None:
    rules = run_of(EVERYTHING)["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == [rule.name for rule in RULES]
    assert rules[0] == {
        "id": "affinity-timeout-unbounded",
        "shortDescription": {"text": "A session that never ends."},
        "fullDescription": {"text": "A session that never ends."},
        "help": {"text": "## Why\n\nOne pod gets it **all**.\n", "markdown": "## Why\n\nOne pod gets it **all**.\n"},
        "helpUri": "https://example.org/rules/affinity-timeout-unbounded.md",
        "defaultConfiguration": {"level": "note"},
        "properties": {"tags": ["service", "kubernetes"], "precision": "low"},
    }
    assert [rule["defaultConfiguration"]["level"] for rule in rules] == ["note", "error", "warning"]


def test_a_result() -> None:
    assert result_of(PORT) == {
        "ruleId": "backend-ref-port-not-in-service",
        "ruleIndex": 1,
        "level": "error",
        "message": {
            "text": "Service storefront-canary has no port 8080.\nSee also: [the only port of Service storefront-canary](1)."
        },
        "locations": [
            {
                "physicalLocation": physical("k8s/route.yaml", 14, 17, 21, "          port: 8080", "8080"),
                "logicalLocations": [
                    {
                        "kind": "resource",
                        "name": "storefront",
                        "fullyQualifiedName": "gateway.networking.k8s.io/HTTPRoute/shop/storefront",
                    }
                ],
            }
        ],
        "relatedLocations": [
            {
                "id": 1,
                "physicalLocation": physical("k8s/svc.yaml", 10, 13, 15, "      port: 80", "80"),
                "message": {"text": "the only port of Service storefront-canary"},
            }
        ],
        "partialFingerprints": {"kubelintLb/v1": "fedcba9876543210"},
        "fixes": [
            {
                "description": {"text": "Use port 80"},
                "artifactChanges": [
                    {
                        "artifactLocation": {"uri": "k8s/route.yaml", "uriBaseId": "%SRCROOT%"},
                        "replacements": [
                            {
                                "deletedRegion": {"startLine": 14, "startColumn": 17, "endLine": 14, "endColumn": 21},
                                "insertedContent": {"text": "80"},
                            }
                        ],
                    }
                ],
            }
        ],
        "properties": {
            "help": "Use a port of the Service: 80.",
            "field": "spec.rules[0].backendRefs[1].port",
            "units": ["overlays/prod", "overlays/stage"],
        },
    }


def test_the_level_is_written_even_where_it_is_the_default() -> None:
    quieter = PORT._replace(severity=Severity.WARNING)
    assert [result["level"] for result in run_of(report(AFFINITY, PORT, quieter))["results"]] == ["note", "error", "warning"]


def test_uris_are_percent_encoded_and_below_the_root() -> None:
    location = result_of(AFFINITY)["locations"][0]["physicalLocation"]
    assert location["artifactLocation"] == {"uri": "k8s/caf%C3%A9%20menu.json", "uriBaseId": "%SRCROOT%"}
    assert location["region"]["startColumn"] == 66
    assert result_of(AFFINITY, sarif_root=Path("/"))["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == (
        "home/me/work/k8s/caf%C3%A9%20menu.json"
    )
    odd = PORT._replace(location=place("a:b#caf\udce9?.yaml", 1, 1, 1))
    assert result_of(odd)["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "a%3Ab%23caf%E9%3F.yaml"


def test_no_position_is_below_one() -> None:
    region = result_of(PORT._replace(location=place("gone.yaml", 0, 0, 0)))["locations"][0]["physicalLocation"]["region"]
    assert region == {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 1}


def test_suppressed_findings_say_why() -> None:
    kinds = {"comment": "inSource", "annotation": "inSource", "per-path": "external", "object": "external"}
    suppressed = tuple(PORT._replace(suppressed=Suppressed(kind, "moves")) for kind in kinds)
    run = run_of(report(WEIGHTS, suppressed=(*suppressed, BASELINED, IGNORED)))
    assert [result.get("suppressions") for result in run["results"]] == [
        None,
        *([{"kind": kind, "justification": "moves"}] for kind in kinds.values()),
        [{"kind": "external"}],
        [
            {
                "kind": "inSource",
                "justification": "moves next week",
                "location": {
                    "physicalLocation": {
                        "artifactLocation": {"uri": "k8s/route.yaml", "uriBaseId": "%SRCROOT%"},
                        "region": {"startLine": 14, "startColumn": 23, "endLine": 14, "endColumn": 63},
                    }
                },
            }
        ],
    ]


def test_names_in_a_message_do_not_become_links() -> None:
    related = (Related(place("k8s/svc.yaml", 10, 13, 2), "spec.ports[0]"),)
    message = "[here](https://evil.example) is no Service."
    assert result_of(PORT._replace(message=message, related=related))["message"]["text"] == (
        "\\[here\\](https://evil.example) is no Service.\nSee also: [spec.ports\\[0\\]](1)."
    )
    assert result_of(PORT._replace(message="rules[0] is unused.", related=()))["message"]["text"] == "rules[0] is unused."


def test_edits_are_grouped_by_file() -> None:
    edits = tuple(Edit(place(path, line, 1, 2), "x") for path, line in (("a.yaml", 1), ("b.yaml", 2), ("a.yaml", 3)))
    changes = result_of(PORT._replace(fix=Fix("Do it", "safe", edits)))["fixes"][0]["artifactChanges"]
    assert [(change["artifactLocation"]["uri"], len(change["replacements"])) for change in changes] == [
        ("a.yaml", 2),
        ("b.yaml", 1),
    ]


def test_a_rule_that_is_not_listed_has_no_index() -> None:
    result = result_of(PORT._replace(rule="internal-error"))
    assert result["ruleId"] == "internal-error"
    assert "ruleIndex" not in result


def test_the_product_that_a_rule_is_about_is_a_tag_and_with_its_results() -> None:
    about = tuple(rule._replace(product="gke") if rule.name == PORT.rule else rule for rule in RULES)
    run = run_of(EVERYTHING._replace(rules=about))
    tagged = [rule["id"] for rule in run["tool"]["driver"]["rules"] if "gke" in rule["properties"]["tags"]]
    said = {one["ruleId"] for one in run["results"] if one.get("properties", {}).get("product") == "gke"}
    assert (tagged, said) == ([PORT.rule], {PORT.rule})


def test_a_crash_is_an_unsuccessful_execution() -> None:
    assert run_of(report(PORT, exit_code=3))["invocations"] == [{"executionSuccessful": False}]


def test_a_version_that_is_not_semantic_is_not_called_so() -> None:
    driver = run_of(report(version="0.2.dev1"))["tool"]["driver"]
    assert driver["version"] == "0.2.dev1"
    assert "semanticVersion" not in driver


def test_the_worst_results_are_kept_in_order_when_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "MOST_RESULTS", 3)
    run = run_of(report(AFFINITY, WEIGHTS, PORT, WEIGHTS, suppressed=(IGNORED,)))
    assert [result["level"] for result in run["results"]] == ["warning", "error", "warning"]
    assert run["invocations"][0]["toolExecutionNotifications"] == [
        {
            "level": "warning",
            "message": {"text": "Only 3 of 5 results are listed, the most severe ones: more would be refused."},
        }
    ]


def test_a_long_line_is_no_snippet() -> None:
    made = report(PORT._replace(location=place("a.json", 1, 1, 1), related=()), sources={"a.json": "{" + " " * 5_000 + "}"})
    assert set(run_of(made)["results"][0]["locations"][0]["physicalLocation"]) == {"artifactLocation", "region"}
