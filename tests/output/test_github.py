"""Workflow commands and their escaping."""

from kubelint_lb.output.formats import render
from kubelint_lb.source.place import Location
from kubelint_lb.source.span import Span
from tests.output.reports import EVERYTHING, PORT, place, report, style


def test_one_command_for_each_finding() -> None:
    assert render("github", EVERYTHING, style()) == (
        "::notice file=k8s/café menu.json,line=1,endLine=1,col=66,endColumn=76,"
        "title=kubelint-lb affinity-timeout-unbounded"
        "::Service café keeps a client on one pod for three hours, 100%25 of the time.\n"
        "::error file=k8s/route.yaml,line=14,endLine=14,col=17,endColumn=21,"
        "title=kubelint-lb backend-ref-port-not-in-service::Service storefront-canary has no port 8080.\n"
        "::warning file=k8s/route.yaml,line=12,endLine=12,col=19,endColumn=21,title=kubelint-lb weights-not-100"
        "::The weights of this rule sum to 95, not 100: storefront gets 84.2 %25 and storefront-canary 15.8 %25 of the "
        "requests.\n"
    )


def test_nothing_to_say() -> None:
    assert render("github", report(), style(statistics=True)) == ""


def test_no_columns_on_a_range_of_lines() -> None:
    text = render("github", report(PORT._replace(location=Location("a.yaml", Span(3, 5, 7, 2)))), style())
    assert text.startswith("::error file=a.yaml,line=3,endLine=7,title=kubelint-lb backend")


def test_text_cannot_break_out_of_its_command() -> None:
    finding = PORT._replace(message="50%\r\n::error::no: really, no", location=place("a,b:c%\nd.yaml", 1, 1, 1))
    assert render("github", report(finding), style()) == (
        "::error file=a%2Cb%3Ac%25%0Ad.yaml,line=1,endLine=1,col=1,endColumn=2,"
        "title=kubelint-lb backend-ref-port-not-in-service::50%25%0D%0A::error::no: really, no\n"
    )


def test_a_file_name_that_is_not_utf8_can_be_printed() -> None:
    assert "file=caf\ufffd.yaml," in render("github", report(PORT._replace(location=place("caf\udce9.yaml", 1, 1, 1))), style())


def test_control_characters_are_shown_and_never_sent() -> None:
    finding = PORT._replace(message="no port \x1b[31m80\x9b\u202e", location=place("a\x1bb.yaml", 1, 1, 1))
    text = render("github", report(finding), style())
    assert "file=a\u241bb.yaml," in text
    assert text.endswith("::no port \u241b[31m80\ufffd\ufffd\n")
