"""GitLab, JUnit, reviewdog, Markdown and HTML: what their readers need, and no words of other people that they would run."""

from __future__ import annotations

import json
import re
from xml.etree import ElementTree

import pytest

from kubelint_lb.output.formats import render
from kubelint_lb.output.markdown import LONGEST
from tests.output.reports import AFFINITY, EVERYTHING, PORT, WEIGHTS, place, report, style

EVIL = PORT._replace(
    message="no <b>port</b> `80` | [x](http://evil.example) @admin \x1b[31m\u202e]]>",
    location=place("a\x1b<b>.yaml", 1, 1, 1),
    object=PORT.object._replace(name="<img src=x onerror=alert(1)>") if PORT.object else None,
)
FORMATS = ("gitlab", "junit", "markdown", "html", "rdjson")


@pytest.mark.parametrize("name", FORMATS)
def test_control_characters_are_shown_and_never_sent(name: str) -> None:
    text = render(name, report(EVIL), style())
    assert not re.search("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e]", text)


def test_gitlab_has_one_entry_a_finding_by_its_fingerprint() -> None:
    entries = json.loads(render("gitlab", EVERYTHING, style()))
    assert [(one["check_name"], one["severity"], one["location"]) for one in entries] == [
        ("affinity-timeout-unbounded", "info", {"path": "k8s/café menu.json", "lines": {"begin": 1, "end": 1}}),
        ("backend-ref-port-not-in-service", "critical", {"path": "k8s/route.yaml", "lines": {"begin": 14, "end": 14}}),
        ("weights-not-100", "major", {"path": "k8s/route.yaml", "lines": {"begin": 12, "end": 12}}),
    ]
    assert [one["fingerprint"] for one in entries] == [AFFINITY.fingerprint, PORT.fingerprint, WEIGHTS.fingerprint]
    assert json.loads(render("gitlab", report(), style())) == []


def test_junit_has_a_suite_a_file_and_a_case_a_finding() -> None:
    root = ElementTree.fromstring(render("junit", EVERYTHING, style()))
    assert (root.tag, root.get("tests"), root.get("failures")) == ("testsuites", "3", "2")
    suites = {suite.get("name"): [case.get("name") for case in suite] for suite in root}
    assert suites == {
        "k8s/café menu.json": ["affinity-timeout-unbounded (1:66)"],
        "k8s/route.yaml": ["backend-ref-port-not-in-service (14:17)", "weights-not-100 (12:19)"],
    }
    (failure,) = root.findall(".//testcase[@line='14']/failure")
    assert (failure.get("type"), failure.get("message")) == ("error", PORT.message)
    assert "k8s/svc.yaml:10:13: the only port of Service storefront-canary" in (failure.text or "")
    nothing = ElementTree.fromstring(render("junit", report(), style()))
    assert (nothing.get("tests"), nothing.get("failures")) == ("1", "0")


def test_reviewdog_counts_columns_in_bytes_and_gets_suggestions() -> None:
    affinity, port, _ = json.loads(render("rdjson", EVERYTHING, style()))["diagnostics"]
    # `métier`, `cafe` with a combining accent, and `店` take more bytes than characters.
    assert affinity["location"]["range"]["start"] == {"line": 1, "column": 70}
    assert port["severity"] == "ERROR"
    assert port["code"]["value"] == PORT.rule
    assert port["suggestions"] == [
        {"range": {"start": {"line": 14, "column": 17}, "end": {"line": 14, "column": 21}}, "text": "80"}
    ]
    assert port["relatedLocations"][0]["location"]["path"] == "k8s/svc.yaml"


def test_markdown_counts_and_folds() -> None:
    text = render("markdown", EVERYTHING, style())
    assert "**1 error, 1 warning, 1 info** in 3 files, 9 manifests, 1 unit." in text
    assert "| HTTPRoute shop/storefront | 1 | 1 |  | k8s/route.yaml:14:17 |" in text
    assert text.count("<details>") == text.count("</details>") == 3
    assert "14 |           port: 8080" in text


def test_markdown_stays_within_what_github_takes() -> None:
    many = [PORT._replace(message=f"{number} {'x' * 300}") for number in range(500)]
    text = render("markdown", report(*many), style())
    assert len(text) <= LONGEST
    assert re.search(r"\d+ of 500 findings are not shown: they do not fit here\.\n$", text)


def test_words_of_manifests_stay_words() -> None:
    text = render("markdown", report(EVIL), style())
    head = text[: text.index("```")]
    assert "no \\<b\\>port\\</b\\> \\`80\\` \\| \\[x\\](http:\u200b//evil.example) @\u200badmin" in head
    page = render("html", report(EVIL), style())
    assert "<img src=x" not in page
    assert "<b>" not in page


def test_the_page_needs_no_network() -> None:
    page = render("html", EVERYTHING, style())
    assert not re.search(r"src=|url\(|@import|<link", page)
    assert page.count('class="finding ') == 3
    assert page.index("Errors</h2>") < page.index("Warnings</h2>") < page.index("Infos</h2>")


def test_github_gets_as_many_commands_as_it_shows() -> None:
    lines = render("github", report(*[PORT] * 12, WEIGHTS), style()).splitlines()
    assert [line[:9] for line in lines[:11]] == ["::error f"] * 10 + ["::warning"]
    assert lines[11] == "2 findings more than GitHub shows beside the code:"
    assert lines[12].startswith("k8s/route.yaml:14:17: error[backend-ref-port-not-in-service]")


def test_sarif_shows_the_way_where_a_finding_rests_on_several_places() -> None:
    chain = PORT._replace(related=(*PORT.related, *WEIGHTS.related))
    (result,) = json.loads(render("sarif", report(chain), style()))["runs"][0]["results"]
    (flow,) = result["codeFlows"]
    steps = flow["threadFlows"][0]["locations"]
    assert [one["location"]["message"]["text"] for one in steps] == [PORT.message, *(one.message for one in chain.related)]
