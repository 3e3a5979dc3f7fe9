"""The text for people, to the character."""

from pathlib import Path

import pytest

from kubelint_lb.output.formats import render
from kubelint_lb.report.finding import Finding, Related
from kubelint_lb.source.place import Location
from kubelint_lb.source.span import Span
from tests.output.reports import AFFINITY, EVERYTHING, PORT, ROOT, ROUTE, WEIGHTS, place, report, style

GOLDEN = Path(__file__).parent / "golden"


@pytest.mark.parametrize(
    ("name", "changes"),
    [
        ("width-100", {"width": 100}),
        ("width-60-verbose", {"width": 60, "verbose": True, "statistics": True}),
        ("color", {"width": 100, "color": True, "statistics": True}),
    ],
)
def test_a_whole_report(name: str, changes: dict[str, object]) -> None:
    assert render("text", EVERYTHING, style(**changes)) == (GOLDEN / f"{name}.txt").read_text(encoding="utf-8")


def shown(finding: Finding, width: int = 100, **sources: str) -> str:
    files = {name.replace("_", "."): text for name, text in sources.items()}
    return render("text", report(finding, sources=files), style(width=width, quiet=True))


def simple(location: Location, *related: Related) -> Finding:
    return PORT._replace(
        rule="r", message="Wrong.", help="", location=location, related=related, object=None, units=(".",), fix=None
    )


def test_quiet_leaves_findings_only() -> None:
    assert shown(WEIGHTS).endswith("   = object: HTTPRoute shop/storefront\n")
    assert render("text", report(), style(quiet=True, verbose=True, statistics=True)) == ""


def test_a_place_far_away_in_the_same_file_has_its_own_excerpt() -> None:
    text = "first: 1\n" + "x: 0\n" * 30 + "last: 1\n"
    finding = simple(place("a.yaml", 32, 7, 1), Related(place("a.yaml", 1, 8, 1), "the other one"))
    assert (
        shown(finding, a_yaml=text)
        == """\
error[r]: Wrong.
  --> a.yaml:32:7
   |
30 | x: 0
31 | x: 0
32 | last: 1
   |       ^
   |
  ::: a.yaml:1:8
   |
 1 | first: 1
   |        - the other one
 2 | x: 0
   |
"""
    )


def test_places_near_each_other_share_an_excerpt_and_leave_out_what_is_between() -> None:
    text = "".join(f"key{number}: {number}\n" for number in range(1, 13))
    finding = simple(place("a.yaml", 2, 7, 1), Related(place("a.yaml", 10, 1, 5), "here too"))
    assert (
        shown(finding, a_yaml=text)
        == """\
error[r]: Wrong.
  --> a.yaml:2:7
   |
 1 | key1: 1
 2 | key2: 2
   |       ^
 3 | key3: 3
...
 8 | key8: 8
 9 | key9: 9
10 | key10: 10
   | ----- here too
11 | key11: 11
   |
"""
    )


def test_a_single_line_between_is_shown_rather_than_left_out() -> None:
    text = "".join(f"key{number}: {number}\n" for number in range(1, 8))
    finding = simple(place("a.yaml", 1, 7, 1), Related(place("a.yaml", 6, 7, 1), "here too"))
    assert "\n2 | key2: 2\n3 | key3: 3\n4 | key4: 4\n" in shown(finding, a_yaml=text)


def test_context_stays_in_the_document() -> None:
    finding = simple(place("a.yaml", 3, 4, 1))
    assert (
        shown(finding, a_yaml="a: 1\n---\nb: 2\n---\nc: 3\n")
        == """\
error[r]: Wrong.
 --> a.yaml:3:4
  |
3 | b: 2
  |    ^
  |
"""
    )


def test_a_finding_on_a_document_separator_has_no_context() -> None:
    assert "2 | --- {a: 1\n  |     ^\n  |\n" in shown(simple(place("a.yaml", 2, 5, 1)), a_yaml="a: 1\n--- {a: 1\nb: 2\n")


def test_no_line_of_a_secret_is_shown_but_the_marked_one() -> None:
    secret = "kind: Secret\nmetadata:\n  annotations: {a: 1}\nstringData:\n  password: hunter2\n"
    finding = simple(place("a.yaml", 3, 20, 1), Related(place("a.yaml", 1, 7, 6), "a Secret"))
    assert (
        shown(finding, a_yaml=secret)
        == """\
error[r]: Wrong.
 --> a.yaml:3:20
  |
1 | kind: Secret
  |       ------ a Secret
...
3 |   annotations: {a: 1}
  |                    ^
  |
"""
    )


def test_several_tokens_on_one_line() -> None:
    finding = simple(place("a.yaml", 1, 16, 1), Related(place("a.yaml", 1, 8, 1), "the first"))
    assert (
        shown(finding, a_yaml="ports: 1, next: 2\n")
        == """\
error[r]: Wrong.
 --> a.yaml:1:16
  |
1 | ports: 1, next: 2
  |        - the first
  |                ^
  |
"""
    )


def test_a_span_of_several_lines_is_underlined_on_the_first() -> None:
    finding = simple(Location("a.yaml", Span(1, 1, 3, 5)))
    assert "1 | spec:  # all\n  | ^^^^^^^^^^^^\n" in shown(finding, a_yaml="spec:  # all  \n  a: 1\n  b: 2\n")


def test_an_empty_span_behind_the_end_still_has_a_caret() -> None:
    assert "1 | a:\n  |   ^\n" in shown(simple(place("a.yaml", 1, 9, 0)), a_yaml="a:\n")


def test_without_the_source_there_is_no_excerpt() -> None:
    finding = simple(place("gone.yaml", 7, 3, 1))._replace(help="Look at it.")
    assert shown(finding) == "error[r]: Wrong.\n --> gone.yaml:7:3\n  |\n  = help: Look at it.\n"


def test_carets_stand_under_wide_and_combined_characters() -> None:
    line = '店: ["e\u0301", "値"]'
    finding = simple(place("a.yaml", 1, line.index('"値') + 1, 3))
    assert f"1 | {line}\n  |           ^^^^\n" in shown(finding, a_yaml=line)


def test_a_long_line_is_cut_around_the_token() -> None:
    line = "{" + "a: 1, " * 5_000 + "bad: token, " + "b: 2, " * 5_000 + "}"
    column = line.index("token") + 1
    text = shown(simple(place("a.yaml", 1, column, 5)), width=60, a_yaml=line)
    assert text.splitlines()[3:5] == [
        "1 | … a: 1, a: 1, bad: token, b: 2, b: 2, b: 2, b: 2, b: 2,…",
        "  |                    ^^^^^",
    ]


def test_a_second_token_far_along_a_long_line_shows_the_line_again() -> None:
    line = "first: 1, " + "x: 0, " * 50 + "last: 2"
    finding = simple(place("a.yaml", 1, line.index("last") + 1, 4), Related(place("a.yaml", 1, 1, 5), "the first"))
    assert shown(finding, width=50, a_yaml=line).splitlines()[3:7] == [
        "1 | first: 1, x: 0, x: 0, x: 0, x: 0, x: 0, x: 0,…",
        "  | ----- the first",
        "1 | …, x: 0, x: 0, x: 0, x: 0, x: 0, x: 0, last: 2",
        "  |                                        ^^^^",
    ]


def test_a_label_without_room_beside_the_carets_goes_below() -> None:
    line = "a: " + "x" * 44
    finding = simple(place("a.yaml", 1, 1, 1), Related(place("a.yaml", 1, 4, 44), "many letters that mean nothing"))
    assert shown(finding, width=55, a_yaml=line).splitlines()[4:] == [
        "  | ^",
        "  |    " + "-" * 44,
        "  |    many letters that mean nothing",
        "  |",
    ]


def test_control_characters_of_a_manifest_never_reach_the_terminal() -> None:
    finding = simple(place("a\x1b[2J.yaml", 1, 4, 3))._replace(message="Bad\x1b[31m \u202ename\nhere.")
    text = render("text", report(finding, sources={"a\x1b[2J.yaml": "a: \x1b]0\x07\n"}), style())
    assert text.splitlines()[:5] == [
        "error[r]: Bad␛[31m �name here.",
        " --> a␛[2J.yaml:1:4",
        "  |",
        "1 | a: ␛]0␇",
        "  |    ^^^",
    ]


def test_paths_are_relative_to_the_current_folder() -> None:
    assert " --> ../k8s/route.yaml:12:19\n" in render("text", report(WEIGHTS), style(cwd=ROOT / "docs"))
    assert " --> route.yaml:12:19\n" in render("text", report(WEIGHTS), style(cwd=ROOT / "k8s"))
    stdin = WEIGHTS._replace(location=place("<stdin>", 12, 19, 2), related=())
    assert " --> <stdin>:12:19\n" in render("text", report(stdin, sources={"<stdin>": ROUTE}), style(cwd=ROOT / "k8s"))


def test_many_units_are_counted() -> None:
    finding = WEIGHTS._replace(units=tuple(f"o/{number}" for number in range(9)))
    assert "= object: HTTPRoute shop/storefront (units o/0, o/1, o/2 and 6 more)\n" in shown(finding)
    assert "= unit: o/1\n" in shown(AFFINITY._replace(object=None, units=("o/1",)))
