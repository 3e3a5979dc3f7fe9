"""Suppressions: what each kind hides, and what is said of those that hide nothing."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kubelint_lb.config.config import load_settings
from kubelint_lb.engine.run import lint
from kubelint_lb.report.finding import Report
from kubelint_lb.settings.settings import Ignored, ObjectSuppression, PerPath, RuleOverride, Settings
from kubelint_lb.settings.severity import Severity
from tests.conftest import LintTree, write_tree
from tests.engine.slips import GOOD, RULE, SLIP, places, rules

IGNORE = f"# kubelint-lb: ignore[{RULE}] our renderer quotes it"
ONLY = (RULE, "unused-suppression")
LABEL = "    release: 1.10\n"


def hidden_by(report: Report) -> list[tuple[str, str, int]]:
    """Kind, reason and line of what hid something."""
    found = []
    for one in report.suppressed:
        assert one.suppressed is not None
        line = one.suppressed.location.span.line if one.suppressed.location else 0
        found.append((one.suppressed.kind, one.suppressed.reason, line))
    return found


# Comments


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (SLIP.replace(LABEL, f"    release: 1.10  {IGNORE}\n"), 6),
        (SLIP.replace(LABEL, f"    {IGNORE}\n{LABEL}"), 6),
        (SLIP.replace(LABEL, f"    {IGNORE}\n    # more words\n  # and more\n{LABEL}"), 6),
        (SLIP.replace(LABEL, f"    # kubelint-lb: ignore[duplicate-key, {RULE}] our renderer quotes it\n{LABEL}"), 6),
        (SLIP.replace(LABEL, f"    # kubelint-lb:ignore[ {RULE} ]: our renderer quotes it\n{LABEL}"), 6),
        (f"{IGNORE}\n{SLIP}", 1),
        (f"{IGNORE}\n# more words\n{SLIP}", 1),
        (f"{IGNORE}\n---\n{SLIP}", 1),
        (f"---\n{IGNORE}\n{SLIP}", 2),
        (f"{GOOD}{IGNORE}\n---\n{SLIP}", 10),
        (SLIP.replace("\n", "\r\n").replace(LABEL.strip(), f"{LABEL.strip()}  {IGNORE}"), 6),
    ],
    ids=[
        "on the line", "on the line above", "above other comments", "with other names", "with odd spaces", "above the object",
        "above the object and a comment", "above the separator", "below the separator", "between documents", "CRLF",
    ],
)  # fmt: skip
def test_a_comment_hides_a_finding_and_is_remembered(lint_tree: LintTree, text: str, line: int) -> None:
    report = lint_tree(text, select=RULE)
    assert report.findings == ()
    assert hidden_by(report) == [("comment", "our renderer quotes it", line)]
    assert (report.summary.suppressed, report.exit_code) == (1, 0)


@pytest.mark.parametrize(
    "text",
    [
        SLIP.replace(LABEL, f"    {IGNORE}\n\n{LABEL}"),
        SLIP.replace("  labels:", f"  labels:  {IGNORE}"),
        SLIP.replace("  labels:", f"  {IGNORE}\n  labels:"),
        SLIP.replace(LABEL, f"    release: 1.10\n    {IGNORE}\n"),
        SLIP.replace("name: web", f'name: "web {IGNORE}"'),
        SLIP.replace(RULE, "duplicate-key").replace(LABEL, "    release: 1.10  # kubelint-lb: ignore[duplicate-key] no\n"),
        f"{SLIP}---\n{IGNORE}\n{GOOD}",
    ],
    ids=["a blank line between", "on the parent", "above the parent", "below", "in a text", "another rule", "another object"],
)
def test_a_comment_elsewhere_hides_nothing(lint_tree: LintTree, text: str) -> None:
    assert rules(lint_tree(text, select=RULE)) == [f"{RULE}[scalar]"]


def test_a_comment_above_an_item_of_a_list_speaks_for_that_item(lint_tree: LintTree) -> None:
    item = "- " + SLIP.replace("\n", "\n  ").rstrip(" ")
    apart = "-\n" + "".join(f"  {line}\n" for line in SLIP.splitlines())
    for first in (item, apart):
        report = lint_tree(f"apiVersion: v1\nkind: List\nitems:\n{IGNORE}\n{first}{item}", select=RULE)
        assert len(report.findings) == len(report.suppressed) == 1
        assert report.suppressed[0].location.span.line < report.findings[0].location.span.line


def test_a_comment_above_an_object_hides_what_is_found_in_it_only(lint_tree: LintTree) -> None:
    report = lint_tree(f"{IGNORE}\n{SLIP}---\n{SLIP}", select=RULE)
    assert places(report) == [("manifest.yaml", 17, 14)]


def test_a_comment_above_a_config_map_speaks_for_what_is_inside(lint_tree: LintTree) -> None:
    text = """\
        {comment}
        apiVersion: v1
        kind: ConfigMap
        metadata: {{name: kube-proxy, namespace: kube-system}}
        data:
          config.conf: |
            apiVersion: kubeproxy.config.k8s.io/v1alpha1
            kind: KubeProxyConfiguration
            mode: iptable
        """
    rule = "kube-proxy-mode-invalid"
    assert places(lint_tree(text.format(comment="# words"), select=rule)) == [("manifest.yaml", 9, 11)]
    report = lint_tree(text.format(comment=f"# kubelint-lb: ignore[{rule}] a test"), select=(rule, "unused-suppression"))
    assert (report.findings, len(report.suppressed)) == ((), 1)


# Annotations


def annotated(reason: str, rule: str = RULE) -> str:
    return SLIP.replace("  labels:", f"  annotations:\n    kubelint-lb.dev/ignore.{rule}: {reason}\n  labels:")


def test_an_annotation_hides_what_is_found_in_its_object(lint_tree: LintTree) -> None:
    report = lint_tree(annotated('"our renderer quotes it"') + "---\n" + SLIP, select=RULE)
    assert places(report) == [("manifest.yaml", 18, 14)]
    assert hidden_by(report) == [("annotation", "our renderer quotes it", 6)]


def test_an_annotation_in_json(lint_tree: LintTree) -> None:
    metadata = {"annotations": {f"kubelint-lb.dev/ignore.{RULE}": "r"}, "labels": {"a": 1}}
    text = json.dumps({"apiVersion": "v1", "kind": "Service", "metadata": metadata})
    report = lint_tree({"web.json": text}, select=ONLY)
    assert (report.findings, hidden_by(report)) == ((), [("annotation", "r", 1)])


# Configuration


def test_a_path_hides_rules_families_and_everything(lint_tree: LintTree) -> None:
    for word in (RULE, "manifest", "ALL"):
        entry = PerPath(("old/**",), (Ignored(word),), reason="vendored")
        report = lint_tree({"old/web.yaml": SLIP, "new/web.yaml": SLIP}, select=RULE, per_path=(entry,))
        assert places(report) == [("new/web.yaml", 6, 14)]
        assert hidden_by(report) == [("per-path", "vendored", 0)]


@pytest.mark.parametrize(
    "suppression",
    [
        ObjectSuppression(RULE, reason="r"),
        ObjectSuppression(RULE, kind="Service", name="web", reason="r"),
        ObjectSuppression(RULE, name="w*", reason="r"),
        ObjectSuppression(RULE, namespace="", reason="r"),
        ObjectSuppression(RULE, reason="r", until="2999-12-31"),
    ],
)
def test_an_identity_hides_its_findings(lint_tree: LintTree, suppression: ObjectSuppression) -> None:
    report = lint_tree(SLIP, select=RULE, objects=(suppression,))
    assert (report.findings, hidden_by(report)) == ((), [("object", "r", 0)])


@pytest.mark.parametrize(
    "suppression",
    [
        ObjectSuppression("duplicate-key"),
        ObjectSuppression(RULE, kind="Pod"),
        ObjectSuppression(RULE, name="we"),
        ObjectSuppression(RULE, namespace="shop"),
        ObjectSuppression(RULE, until="2020-01-01"),
    ],
)
def test_another_identity_or_one_that_ran_out_hides_nothing(lint_tree: LintTree, suppression: ObjectSuppression) -> None:
    assert rules(lint_tree(SLIP, select=RULE, objects=(suppression,))) == [f"{RULE}[scalar]"]


# Suppressions that are wrong


def test_a_comment_that_hides_nothing_is_found(lint_tree: LintTree) -> None:
    (found,) = lint_tree(GOOD.replace("name: web", f"name: web  {IGNORE}"), select=ONLY).findings
    assert (found.rule, found.message_key, found.severity) == ("unused-suppression", "unused", Severity.WARNING)
    assert found.location.span == (4, 14, 4, 14 + len(IGNORE))
    assert found.message == f"Nothing is hidden by this suppression: {RULE} finds nothing here."
    assert found.units == ()


def test_an_annotation_that_hides_nothing_is_found_at_its_key(lint_tree: LintTree) -> None:
    (found,) = lint_tree(annotated("why").replace("1.10", "a"), select=ONLY).findings
    assert (found.message_key, found.location.span[:2]) == ("unused", (6, 5))
    assert found.object is not None
    assert found.object.name == "web"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("annotation-no-string", "there is no annotation-no-string (did you mean 'annotation-not-string'?)."),
        ("zebra", "there is no zebra."),
    ],
)
def test_a_name_of_no_rule_is_found_with_the_nearest(lint_tree: LintTree, name: str, words: str) -> None:
    comment = f"# kubelint-lb: ignore[{name}] r"
    (found,) = lint_tree(GOOD.replace("name: web", f"name: web  {comment}"), select=ONLY).findings
    assert found.message_key == "unknown-rule"
    assert found.message == f"This suppression names no rule: {words}"


def test_a_suppression_without_a_reason_works_and_is_reported(lint_tree: LintTree) -> None:
    report = lint_tree(SLIP.replace(LABEL, f"    release: 1.10  # kubelint-lb: ignore[{RULE}]\n"), select=ONLY)
    assert len(report.suppressed) == 1
    (found,) = report.findings
    assert (found.message_key, found.severity, found.location.span[:2]) == ("no-reason", Severity.INFO, (6, 20))


def test_a_comment_in_a_file_of_objects_nobody_reads(lint_tree: LintTree) -> None:
    text = "apiVersion: example.com/v1\nkind: Widget  # kubelint-lb: ignore[zebra] r\n"
    assert rules(lint_tree(text)) == ["unused-suppression[unknown-rule]"]


def test_only_rules_that_ran_can_be_unused(lint_tree: LintTree) -> None:
    text = GOOD.replace("name: web", f"name: web  {IGNORE}")
    assert rules(lint_tree(text, select=("unused-suppression", "duplicate-key"))) == []
    assert rules(lint_tree(text, ignore=(RULE,))) == []
    assert rules(lint_tree(text, rules={RULE: RuleOverride(off=True)})) == []
    off_here = PerPath(("*.yaml",), rules={RULE: RuleOverride(off=True)})
    assert rules(lint_tree(text, per_path=(off_here,))) == []
    assert rules(lint_tree(text, ignore=("unused-suppression",))) == []


def test_only_what_was_reported_on_can_be_unused(lint_tree: LintTree, tmp_path: Path) -> None:
    text = GOOD.replace("name: web", f"name: web  {IGNORE}")
    write_tree(tmp_path, {"a/web.yaml": text, "b/web.yaml": text})
    (found,) = lint([tmp_path / "a"], lint_settings(tmp_path)).findings
    assert found.location.path == "a/web.yaml"


def test_where_something_was_not_read_nothing_is_unused(lint_tree: LintTree) -> None:
    text = GOOD.replace("name: web", f"name: web  {IGNORE}")
    broken = "---\napiVersion: v1\nkind: Service\nmetadata: {a: [}\n"
    assert rules(lint_tree(text + broken, select=ONLY)) == []
    assert rules(lint_tree({"web.yaml": text, "other.yaml": broken}, select=ONLY)) == []


def test_an_object_that_a_kustomization_may_change_has_no_unused_suppression(lint_tree: LintTree) -> None:
    files = {
        "web.yaml": GOOD.replace("name: web", f"name: web  {IGNORE}"),
        "kustomization.yaml": "resources: [web.yaml]\npatches: [{path: patch.yaml}]\n",
        "patch.yaml": SLIP,
    }
    assert rules(lint_tree(files, select=ONLY)) == []


def test_unused_suppressions_can_be_suppressed(lint_tree: LintTree) -> None:
    both = f"# kubelint-lb: ignore[{RULE}, unused-suppression] comes and goes"
    report = lint_tree(GOOD.replace("name: web", f"name: web  {both}"), select=ONLY)
    assert (report.findings, [one.message_key for one in report.suppressed]) == ((), ["unused"])
    unused = GOOD.replace("name: web", "name: web  # kubelint-lb: ignore[unused-suppression] r")
    assert rules(lint_tree(unused, select=ONLY)) == ["unused-suppression[unused]"]
    entry = PerPath(("*.yaml",), (Ignored("unused-suppression"),), reason="r")
    text = GOOD.replace("name: web", f"name: web  {IGNORE}")
    report = lint_tree(text, select=ONLY, per_path=(entry,))
    assert (report.findings, hidden_by(report)) == ((), [("per-path", "r", 0)])


def test_fingerprints_of_two_suppressions_in_one_object_differ(lint_tree: LintTree) -> None:
    text = GOOD.replace("name: web", f"name: web  {IGNORE}").replace("80}]", "80}]  # kubelint-lb: ignore[duplicate-key] r")
    prints = {one.fingerprint for one in lint_tree(text).findings}
    assert len(prints) == 2


# Suppressions of the configuration that hide nothing

CONFIG = """\
per-path:
  - paths: [old/**]
    ignore: [duplicate-key, annotation-not-string]
    reason: vendored
objects:
  - rule: annotation-not-string
    name: shop
    reason: gone soon
"""


def lint_settings(root: Path) -> Settings:
    return load_settings([root])._replace(root=root.resolve(), severity=Severity.INFO)


def configured(root: Path, config: str = CONFIG, **files: str) -> Report:
    write_tree(root, {".kubelint-lb.yaml": config, "old/web.yaml": SLIP, "web.yaml": GOOD} | files)
    return lint([root], load_settings([root])._replace(severity=Severity.INFO))


def test_configuration_that_hides_nothing_is_found_where_it_says_so(tmp_path: Path) -> None:
    report = configured(tmp_path)
    assert rules(report) == ["unused-suppression[unused]"] * 2
    assert places(report) == [(".kubelint-lb.yaml", 3, 14), (".kubelint-lb.yaml", 6, 11)]
    assert [one.message for one in report.findings] == [
        "Nothing is hidden by this suppression: duplicate-key finds nothing here.",
        "Nothing is hidden by this suppression: annotation-not-string finds nothing here.",
    ]
    assert report.sources[".kubelint-lb.yaml"][2] == "    ignore: [duplicate-key, annotation-not-string]"


def test_configuration_without_a_reason_is_found(tmp_path: Path) -> None:
    report = configured(tmp_path, "per-path:\n  - paths: [old/**]\n    ignore: [annotation-not-string]\n")
    assert rules(report) == ["unused-suppression[no-reason]"]
    assert places(report) == [(".kubelint-lb.yaml", 3, 14)]


def test_in_pyproject_too(tmp_path: Path) -> None:
    table = '[[tool.kubelint-lb.per-path]]\npaths = ["web.yaml"]\nignore = ["service"]\nreason = "r"\n'
    write_tree(tmp_path, {"pyproject.toml": table, "web.yaml": GOOD})
    report = lint([tmp_path], load_settings([tmp_path]))
    assert places(report) == [("pyproject.toml", 3, 11)]


def test_a_part_of_the_tree_says_nothing_about_configuration(tmp_path: Path) -> None:
    configured(tmp_path)
    for part in ("old", "web.yaml"):
        assert rules(lint([tmp_path / part], load_settings([tmp_path]))) == []


def test_a_part_of_the_rules_says_nothing_about_the_others(tmp_path: Path) -> None:
    write_tree(tmp_path, {".kubelint-lb.yaml": CONFIG.replace("duplicate-key", "manifest"), "old/web.yaml": GOOD})
    settings = load_settings([tmp_path])._replace(select=("service", "duplicate-key", "unused-suppression"))
    assert rules(lint([tmp_path], settings)) == []


def test_files_that_are_not_read_may_need_their_suppression(tmp_path: Path) -> None:
    chart = {"old/chart/Chart.yaml": "name: x\n", "old/chart/templates/x.yaml": "{{ x }}\n"}
    assert rules(configured(tmp_path, **chart)) == []


def test_an_identity_that_ran_out_is_not_called_unused(tmp_path: Path) -> None:
    text = CONFIG.replace("name: shop", "name: web\n    until: 2020-01-01").replace("old/**", "older/**")
    report = configured(tmp_path, text)
    assert rules(report)[-1] == f"{RULE}[scalar]"
    assert [place for place in places(report) if place[0] == ".kubelint-lb.yaml"] == [
        (".kubelint-lb.yaml", 3, 14),
        (".kubelint-lb.yaml", 3, 29),
    ]
