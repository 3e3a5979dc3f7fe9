"""A baseline keeps known findings silent, tells new ones from their equals, and says which entries are stale."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kubelint_lb.engine.baseline import accepted, baseline_text, days_to_come
from kubelint_lb.settings.errors import FileError, UsageError
from kubelint_lb.settings.severity import Severity
from tests.conftest import write_tree
from tests.engine.trees import RULE, check, places, sticky

FOUND = "affinity-timeout-unbounded[too-long]"


def write_baseline(root: Path) -> Path:
    file = root / "known.json"
    file.write_text(baseline_text(check(root)))
    return file


def test_known_findings_are_silent_and_new_ones_are_not(tmp_path: Path) -> None:
    write_tree(tmp_path, {"web.yaml": sticky("web")})
    baseline = write_baseline(tmp_path)
    write_tree(tmp_path, {"cart.yaml": sticky("cart")})
    report = check(tmp_path, baseline=baseline)
    assert places(report.findings) == [f"cart.yaml:11:23 {FOUND}"]
    assert places(report.suppressed) == [f"web.yaml:11:23 {FOUND}"]
    assert report.suppressed[0].suppressed is not None
    assert report.suppressed[0].suppressed.kind == "baseline"
    assert (report.exit_code, report.summary.suppressed) == (1, 1)


def test_a_known_finding_is_known_when_it_moves(tmp_path: Path) -> None:
    write_tree(tmp_path, {"web.yaml": sticky("web")})
    baseline = write_baseline(tmp_path)
    (tmp_path / "web.yaml").unlink()
    write_tree(tmp_path, {"apps/web/service.yaml": "# moved\n" + sticky("web")})
    assert check(tmp_path, baseline=baseline).findings == ()


def test_of_equal_findings_the_one_in_a_new_file_is_new(tmp_path: Path) -> None:
    write_tree(tmp_path, {"dev/web.yaml": sticky(), "staging/web.yaml": sticky()})
    baseline = write_baseline(tmp_path)
    write_tree(tmp_path, {"prod/web.yaml": sticky()})
    assert places(check(tmp_path, baseline=baseline).findings) == [f"prod/web.yaml:11:23 {FOUND}"]
    assert places(check(tmp_path, "prod/web.yaml", baseline=baseline).findings) == [f"prod/web.yaml:11:23 {FOUND}"]
    assert check(tmp_path, "staging/web.yaml", baseline=baseline).findings == ()


def test_fingerprints_are_those_of_the_whole_tree_whatever_is_asked_for(tmp_path: Path) -> None:
    write_tree(tmp_path, {"dev/web.yaml": sticky(), "prod/web.yaml": sticky()})
    (one,) = check(tmp_path, "prod/web.yaml").findings
    assert one.fingerprint == check(tmp_path).findings[1].fingerprint


def limited(root: Path, until: str) -> Path:
    """A baseline whose only entry holds until a day."""
    file = write_baseline(root)
    data = json.loads(file.read_text())
    data["findings"][0]["until"] = until
    file.write_text(json.dumps(data, indent=2))
    return file


def test_an_entry_holds_through_its_last_day(tmp_path: Path) -> None:
    write_tree(tmp_path, {"web.yaml": sticky()})
    file = limited(tmp_path, "2027-06-30")
    assert check(tmp_path, baseline=file, today="2027-06-30").findings == ()
    report = check(tmp_path, baseline=file, today="2027-07-01")
    assert places(report.findings) == [f"web.yaml:11:23 {FOUND}"], "it is back, and its entry is not stale"
    (note,) = report.findings[0].related
    assert (note.location.path, note.location.span.line, note.message) == ("known.json", 9, "the baseline held until 2027-06-30")


def test_writing_anew_keeps_the_days_to_come(tmp_path: Path) -> None:
    write_tree(tmp_path, {"web.yaml": sticky()})
    file = limited(tmp_path, "2027-06-30")
    days = days_to_come(file, tmp_path, "2027-06-30")
    assert '"until": "2027-06-30"' in baseline_text(check(tmp_path), days)
    assert days_to_come(file, tmp_path, "2027-07-01") == {}
    assert days_to_come(tmp_path / "web.yaml", tmp_path, "2027-07-01") == {}


@pytest.mark.parametrize("until", ['"soon"', "20270630", '"30/06/2027"'])
def test_a_day_that_is_none_ends_the_run(tmp_path: Path, until: str) -> None:
    file = tmp_path / "known.json"
    row = '{"fingerprint": "a", "rule": "r", "path": "p", "message": "m", "until": ' + until + "}"
    file.write_text('{"version": 1, "findings": [\n' + row + "\n]}")
    with pytest.raises(FileError) as error:
        check(tmp_path, baseline=file)
    assert [(one.line, one.column, one.text) for one in error.value.mistakes] == [
        (2, 73, "findings[0]: 'until' is a day as YYYY-MM-DD")
    ]


def test_a_stale_entry_is_reported_at_its_line(tmp_path: Path) -> None:
    write_tree(tmp_path, {"cart.yaml": sticky("cart"), "web.yaml": sticky("web")})
    baseline = write_baseline(tmp_path)
    write_tree(tmp_path, {"web.yaml": sticky("web", seconds=600)})
    report = check(tmp_path, baseline=baseline)
    assert places(report.findings) == ["known.json:5:21 unused-suppression[stale-baseline]"]
    assert report.findings[0].message == f"This entry of the baseline is stale: {RULE} does not find it any more."
    assert report.sources["known.json"][4].startswith('    {"fingerprint": ')


@pytest.mark.parametrize("how", ["one file", "a folder", "another rule", "not ignored", "unreadable"])
def test_what_was_not_looked_at_is_not_stale(tmp_path: Path, how: str) -> None:
    write_tree(tmp_path, {"a/cart.yaml": sticky("cart"), "a/web.yaml": sticky("web")})
    baseline = write_baseline(tmp_path)
    write_tree(tmp_path, {"a/web.yaml": sticky("web", seconds=600)})
    match how:
        case "one file":
            report = check(tmp_path, "a/web.yaml", baseline=baseline)
        case "a folder":
            report = check(tmp_path, "a", baseline=baseline)
        case "another rule":
            report = check(tmp_path, baseline=baseline, select=("gateway", "unused-suppression"))
        case "not ignored":
            report = check(tmp_path, baseline=baseline, ignore=("unused-suppression",))
        case _:
            (tmp_path / "a/web.yaml").write_bytes(b"kind: \xff")
            report = check(tmp_path, baseline=baseline)
    assert report.findings == ()


def test_comments_come_before_the_baseline(tmp_path: Path) -> None:
    write_tree(tmp_path, {"web.yaml": sticky()})
    baseline = write_baseline(tmp_path)
    write_tree(tmp_path, {"web.yaml": sticky(comment=f" # kubelint-lb: ignore[{RULE}] long calls")})
    report = check(tmp_path, baseline=baseline)
    assert [one.suppressed.kind for one in report.suppressed if one.suppressed] == ["comment"]
    assert places(report.findings) == ["known.json:4:21 unused-suppression[stale-baseline]"], "it hides nothing any more"


def test_a_baseline_is_sorted_and_has_a_line_for_each_finding(tmp_path: Path) -> None:
    write_tree(tmp_path, {"b/web.yaml": sticky("web"), "a/web.yaml": sticky("web"), "c.yaml": sticky("cart")})
    text = write_baseline(tmp_path).read_text()
    assert [line.split('"path": ')[1].split(",")[0] for line in text.splitlines()[3:-2]] == [
        '"a/web.yaml"',
        '"b/web.yaml"',
        '"c.yaml"',
    ]
    entry = json.loads(text)["findings"][2]
    assert sorted(entry) == ["fingerprint", "message", "path", "rule"]
    assert entry["rule"] == RULE


def test_a_baseline_of_nothing(tmp_path: Path) -> None:
    write_tree(tmp_path, {"web.yaml": sticky(seconds=600)})
    baseline = write_baseline(tmp_path)
    assert json.loads(baseline.read_text()) == {"version": 1, "findings": []}
    assert check(tmp_path, baseline=baseline).findings == ()


def test_a_baseline_holds_what_the_severity_hides(tmp_path: Path) -> None:
    write_tree(tmp_path, {"web.yaml": sticky()})
    report = check(tmp_path, severity=Severity.ERROR, fail_on=Severity.ERROR)
    assert (report.findings, places(report.hidden)) == ((), [f"web.yaml:11:23 {FOUND}"])
    assert len(json.loads(baseline_text(report))["findings"]) == len(report.findings) + len(report.hidden)
    after = accepted(report)
    assert (after.findings, after.hidden, after.exit_code) == ((), (), 0)
    assert after.summary.suppressed == len(after.suppressed) == len(report.findings) + len(report.hidden)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('{"version": 1,\n "findings": [,]}', "2:15: not JSON: Expecting value"),
        ("[]", "1:1: not a baseline: it has no list of findings"),
        ('{"version": 2,\n "findings": []}', "1:13: a baseline of version 1 is wanted; write it anew"),
        (
            '{"version": 1,\n "findings": [\n  {"fingerprint": "0", "rule": "x", "path": 3, "message": ""},\n  4]}',
            "3:45: findings[0]: 'path' is missing, or no text\nFILE:4:3: findings[1]: 'fingerprint' is missing, or no text",
        ),
    ],
)
def test_a_broken_baseline_is_refused_with_the_place(tmp_path: Path, text: str, words: str) -> None:
    file = tmp_path / "known.json"
    file.write_text(text)
    with pytest.raises(FileError) as error:
        check(tmp_path, baseline=file)
    assert str(error.value) == f"{file}:{words}".replace("FILE", str(file))


def test_a_missing_baseline_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError) as error:
        check(tmp_path, baseline=tmp_path / "known.json")
    assert "make it with --write-baseline" in str(error.value)
