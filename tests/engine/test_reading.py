"""Whatever lies in a folder is linted or counted as skipped with its reason: never a crash, never silence."""

from __future__ import annotations

import codecs
import json
import os
import subprocess
import textwrap
from pathlib import Path

import pytest

from kubelint_lb.deploy.skipped import SkipReason
from tests.conftest import LintText, LintTree
from tests.engine.slips import GOOD, RULE, SLIP, places, reasons, rules

TEMPLATE, ENCRYPTED = SkipReason.TEMPLATE, SkipReason.ENCRYPTED
NOT_KUBERNETES, UNREADABLE, PARTIAL = SkipReason.NOT_KUBERNETES, SkipReason.UNREADABLE, SkipReason.PARTIAL


# How one object may be written


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (SLIP, (6, 14)),
        (SLIP.replace("\n", "\r\n"), (6, 14)),
        ("---\n" + SLIP, (7, 14)),
        ("# words\n---\n" + SLIP + "...\n", (8, 14)),
        ("%YAML 1.1\n---\n" + SLIP, (8, 14)),
        ("# indented\n" + textwrap.indent(SLIP, "  "), (7, 16)),
        (SLIP.replace("kind: Service", "kind: !!str Service"), (6, 14)),
        (SLIP.replace("kind: Service", '"kind": &kind "Service"'), (6, 14)),
        (SLIP.replace("kind: Service", "kind:\n  Service"), (7, 14)),
        (SLIP.replace("kind: Service", 'kind: "\\x53ervice"'), (6, 14)),
        (SLIP.replace("kind: Service", "? kind\n: Service"), (7, 14)),
        ("{apiVersion: v1, kind: Service, metadata: {labels: {a: 1}}}", (1, 56)),
        ('{"apiVersion": "v1", "kind": "Service",\n "metadata": {"name": "web", "labels": {"a": 1}}}', (2, 46)),
        ('{\n\t"apiVersion": "v1",\n\t"kind": "Service",\n\t"metadata": {"labels": {"a": 1}}\n}\n', (4, 31)),
    ],
    ids=[
        "plain", "CRLF", "separator", "comment and end", "directive", "indented", "tag", "quotes and anchor", "next line",
        "escape", "question mark", "flow", "JSON", "JSON with tabs",
    ],
)  # fmt: skip
def test_an_object_is_read_however_it_is_written(lint_text: LintText, text: str, place: tuple[int, int]) -> None:
    (found,) = lint_text(text, select=RULE)
    assert (found.rule, found.message_key, found.place) == (RULE, "scalar", place)


@pytest.mark.parametrize(
    "data",
    [
        SLIP.encode(),
        codecs.BOM_UTF8 + SLIP.encode(),
        codecs.BOM_UTF16_LE + SLIP.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + SLIP.encode("utf-16-be"),
        SLIP.encode("utf-16-le"),
        SLIP.encode("utf-16-be"),
        codecs.BOM_UTF32_LE + SLIP.encode("utf-32-le"),
        SLIP.encode("utf-32-be"),
    ],
    ids=["UTF-8", "BOM", "UTF-16 LE", "UTF-16 BE", "UTF-16 LE bare", "UTF-16 BE bare", "UTF-32 LE", "UTF-32 BE bare"],
)
def test_a_file_is_read_in_every_encoding_of_yaml(lint_tree: LintTree, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "web.yaml").write_bytes(data)
    assert places(lint_tree({}, select=RULE)) == [("web.yaml", 6, 14)]


def test_columns_count_characters_not_bytes(lint_text: LintText) -> None:
    (found,) = lint_text("{apiVersion: v1, kind: Service, metadata: {labels: {ключ-🚢: 1}}}", select=RULE)
    assert (found.place, found.end_column) == ((1, 61), 62)


def test_the_documents_of_a_file_keep_their_lines(lint_tree: LintTree) -> None:
    report = lint_tree(f"{GOOD}---\n---\n# nothing\n---\n{SLIP}--- # more\n{SLIP}", select=RULE)
    assert places(report) == [("manifest.yaml", 19, 14), ("manifest.yaml", 29, 14)]
    assert report.summary.manifests == 3


def test_the_items_of_a_list_are_objects(lint_tree: LintTree) -> None:
    items = "".join("- " + SLIP.replace("\n", "\n  ").rstrip(" ") for _ in range(2))
    report = lint_tree(f"apiVersion: v1\nkind: List\nitems:\n{items}", select=RULE)
    assert places(report) == [("manifest.yaml", 9, 16), ("manifest.yaml", 18, 16)]
    assert report.summary.manifests == 2


def test_a_typed_list_gives_its_items_their_kind(lint_tree: LintTree) -> None:
    text = "apiVersion: v1\nkind: ServiceList\nitems:\n- metadata:\n    name: web\n    labels: {a: 1}\n"
    report = lint_tree(text, select=RULE)
    assert places(report) == [("manifest.yaml", 6, 17)]
    about = report.findings[0].object
    assert about is not None
    assert (about.kind, about.name) == ("Service", "web")


def test_a_list_in_json_with_a_list_inside(lint_tree: LintTree) -> None:
    service = {"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web", "labels": {"a": 1}}}
    inner = {"apiVersion": "v1", "kind": "List", "items": [service]}
    text = json.dumps({"apiVersion": "v1", "kind": "List", "items": [inner, service]}, indent=1)
    assert len(lint_tree({"all.json": text}, select=RULE).findings) == 2


@pytest.mark.parametrize("items", ["", " null", " web", " {a: b}", " []", " [null, 1, [], {}]"])
def test_a_list_of_nothing_is_no_fault(lint_tree: LintTree, items: str) -> None:
    report = lint_tree(f"apiVersion: v1\nkind: List\nitems:{items}\n")
    assert report.findings == ()


# What is not linted, and why


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", NOT_KUBERNETES),
        ("\n\n", NOT_KUBERNETES),
        ("# a comment\n", NOT_KUBERNETES),
        ("---\n---\n", NOT_KUBERNETES),
        ("- apiVersion: v1\n  kind: Service\n", NOT_KUBERNETES),
        ('"apiVersion: v1, kind: Service"\n', NOT_KUBERNETES),
        ("on: [push\njobs: {", NOT_KUBERNETES),
        ("spec:\n  template: |\n    apiVersion: v1\n    kind: Service\n", NOT_KUBERNETES),
        ("resource:\n  apiVersion: v1\n  kind: Service\n", NOT_KUBERNETES),
        ("apiVersion: v1\nkind: Service\nmetadata: {name: {{ .Values.name }}}\n", TEMPLATE),
        ("apiVersion: v1\nkind: Service\n{{ range x }}\n", TEMPLATE),
    ],
    ids=[
        "empty", "blank", "comment", "separators", "a sequence", "a text", "broken CI", "inside a text",
        "inside an object", "Helm values", "any template",
    ],
)  # fmt: skip
def test_what_is_no_object_is_counted_with_its_reason(lint_tree: LintTree, text: str, reason: SkipReason) -> None:
    report = lint_tree(text)
    assert reasons(report) == {"manifest.yaml": reason}
    assert (report.findings, report.exit_code) == ((), 0)
    assert report.summary.skipped[reason] == 1
    assert (report.summary.files, report.summary.manifests) == (1, 0)


def test_a_kind_no_rule_reads_is_counted_as_an_object(lint_tree: LintTree) -> None:
    report = lint_tree("apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: x, labels: {a: [}}\n")
    assert (report.findings, report.skipped, report.summary.manifests) == ((), (), 1)


def test_a_chart_is_counted_as_templates_and_its_values_as_no_manifest(lint_tree: LintTree) -> None:
    report = lint_tree(
        {
            "shop/Chart.yaml": "apiVersion: v2\nname: shop\n",
            "shop/values.yaml": "replicas: 2\n",
            "shop/templates/web.yaml": SLIP,
            "shop/templates/sub/web.yaml": "kind: {{ if",
            "shop/charts/db/Chart.yaml": "apiVersion: v2\nname: db\n",
            "shop/charts/db/templates/db.yaml": SLIP,
            "plain/web.yaml": SLIP,
        },
        select=RULE,
    )
    assert places(report) == [("plain/web.yaml", 6, 14)]
    found = reasons(report)
    assert {path for path, reason in found.items() if reason is TEMPLATE} == {
        "shop/templates/web.yaml",
        "shop/templates/sub/web.yaml",
        "shop/charts/db/templates/db.yaml",
    }
    assert found["shop/Chart.yaml"] is found["shop/values.yaml"] is NOT_KUBERNETES


def test_inputs_of_a_kustomization_are_partial_objects(lint_tree: LintTree) -> None:
    report = lint_tree(
        {
            "kustomization.yaml": """\
                resources: [web.yaml]
                patches:
                  - path: patch.yaml
                patchesStrategicMerge: [old.yaml]
                """,
            "web.yaml": SLIP,
            "patch.yaml": SLIP,
            "old.yaml": SLIP,
        },
        select=RULE,
    )
    assert places(report) == [("web.yaml", 6, 14)]
    assert reasons(report) == {"kustomization.yaml": NOT_KUBERNETES, "old.yaml": PARTIAL, "patch.yaml": PARTIAL}


@pytest.mark.parametrize("kind", ["Secret", "Service", "Widget"])
def test_an_encrypted_document_is_counted_and_not_judged(lint_tree: LintTree, kind: str) -> None:
    text = f"""\
        apiVersion: v1
        kind: {kind}
        metadata: {{name: key, labels: {{a: 1}}}}
        data:
            password: ENC[AES256_GCM,data:abc=,iv:def=,tag:ghi=,type:str]
        sops:
            version: 3.9.0
        """
    for select in ((), "service", RULE):
        report = lint_tree({"key.enc.yaml": text}, select=select)
        assert report.findings == ()
        assert [(one.path, one.reason, one.line) for one in report.skipped] == [("key.enc.yaml", ENCRYPTED, 1)]
        assert report.summary.skipped[ENCRYPTED] == 1


def test_an_encrypted_json_document_is_counted(lint_tree: LintTree) -> None:
    text = '{"apiVersion": "v1", "kind": "Secret", "data": {"a": "ENC[x]"}, "sops": {"version": "3.9.0"}}'
    assert reasons(lint_tree({"key.json": text})) == {"key.json": ENCRYPTED}


def test_placeholders_of_other_tools_are_read_as_unknown_values(lint_tree: LintTree) -> None:
    report = lint_tree(SLIP.replace("name: web", "name: {{ name }}").replace("80", "{{ port }}"), select=("manifest", "service"))
    assert places(report) == [("manifest.yaml", 6, 14)]
    assert report.skipped == ()


# Files that are trouble


def test_files_that_cannot_be_read_are_counted(lint_tree: LintTree, tmp_path: Path) -> None:
    (tmp_path / "latin.yaml").write_bytes(b"name: caf\xe9\n")
    (tmp_path / "odd.yaml").write_bytes(codecs.BOM_UTF16_LE + b"a")
    (tmp_path / "broken.yaml").symlink_to("nowhere.yaml")
    (tmp_path / "loop.yaml").symlink_to("pool.yaml")
    (tmp_path / "pool.yaml").symlink_to("loop.yaml")
    (tmp_path / "outside.yaml").symlink_to("/etc/hostname")
    os.mkfifo(tmp_path / "pipe.yaml")
    report = lint_tree({"web.yaml": SLIP}, select=RULE)
    assert places(report) == [("web.yaml", 6, 14)]
    assert {one.path: one.detail for one in report.skipped} == {
        "broken.yaml": "a link that leads nowhere",
        "latin.yaml": "not UTF-8 text: byte 9 is 0xe9",
        "loop.yaml": "a link that leads nowhere",
        "odd.yaml": "not UTF-16-LE text: byte 0 is 0x61",
        "outside.yaml": "a link that leaves the tree",
        "pipe.yaml": "not a regular file",
        "pool.yaml": "a link that leads nowhere",
    }
    assert set(reasons(report).values()) == {UNREADABLE}
    assert (report.summary.files, report.summary.skipped[UNREADABLE]) == (8, 7)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_files_and_folders_without_permission_are_counted(lint_tree: LintTree, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text(SLIP)
    (tmp_path / "mine.yaml").chmod(0)
    (tmp_path / "closed").mkdir(mode=0)
    report = lint_tree({"web.yaml": SLIP}, select=RULE)
    (tmp_path / "closed").chmod(0o700)
    assert places(report) == [("web.yaml", 6, 14)]
    assert reasons(report) == {"closed": UNREADABLE, "mine.yaml": UNREADABLE}


def test_a_folder_named_like_a_file_is_a_folder(lint_tree: LintTree) -> None:
    assert places(lint_tree({"all.yaml/web.yaml": SLIP}, select=RULE)) == [("all.yaml/web.yaml", 6, 14)]


def test_links_to_folders_are_not_followed_and_links_to_files_are_read_once(lint_tree: LintTree, tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real/web.yaml").write_text(SLIP)
    (tmp_path / "real/up").symlink_to("..")
    (tmp_path / "again").symlink_to("real")
    (tmp_path / "web.yaml").symlink_to("real/web.yaml")
    report = lint_tree({}, select=RULE)
    assert places(report) == [("real/web.yaml", 6, 14)]
    assert (report.skipped, report.summary.files) == ((), 1)


def test_nul_bytes_are_a_syntax_error_with_its_place(lint_tree: LintTree, tmp_path: Path) -> None:
    (tmp_path / "nul.yaml").write_bytes(SLIP.replace("web", "w\0b").encode())
    report = lint_tree({})
    assert rules(report) == ["yaml-syntax[syntax]"]
    assert places(report) == [("nul.yaml", 4, 10)]


def test_a_file_name_that_is_no_text_is_read(lint_tree: LintTree, tmp_path: Path) -> None:
    name = os.fsdecode(b"caf\xe9.yaml")
    try:
        (tmp_path / name).write_text(SLIP)
    except OSError:
        pytest.skip("the file system takes no such name")
    assert places(lint_tree({}, select=RULE)) == [(name, 6, 14)]


# Texts that try to take forever


def test_a_license_header_with_crlf_is_read_at_once(lint_text: LintText) -> None:
    (found,) = lint_text("# license\r\n" * 5_000 + SLIP, select=RULE)
    assert found.line == 5_006


def test_a_frame_of_hashes_after_a_directive_is_read_at_once(lint_text: LintText) -> None:
    (found,) = lint_text("%YAML 1.1\n" + "#" * 10_000 + "\n---\n" + SLIP, select=RULE)
    assert found.line == 9


def test_aliases_that_nest_deeper_than_any_text_are_reported(lint_text: LintText) -> None:
    lines = ["a0: &a0 x"] + [f"a{n}: &a{n} {'[' * 200}*a{n - 1}{']' * 200}" for n in range(1, 20)]
    (found,) = lint_text(GOOD + "\n".join(lines) + "\n")
    assert (found.rule, found.message_key, found.place) == ("yaml-syntax", "too-deep", (1, 1))


def test_a_merge_bomb_is_reported(lint_text: LintText) -> None:
    lines = ["m0: &m0 {a: 1}"]
    lines += [f"m{n}: &m{n} {{" + ", ".join(f"k{k}: *m{n - 1}" for k in range(9)) + "}" for n in range(1, 9)]
    (found,) = lint_text(GOOD + "\n".join(lines) + "\nspec2: {<<: [*m8, *m7]}\n")
    assert (found.rule, found.message_key) == ("yaml-syntax", "aliases")


def test_a_document_that_is_one_long_line_is_read(lint_text: LintText) -> None:
    labels = ", ".join(f"k{number}: {number}" for number in range(500))
    found = lint_text(f"{{apiVersion: v1, kind: Service, metadata: {{labels: {{{labels}}}}}}}", select=RULE)
    assert (len(found), {one.line for one in found}) == (500, {1})


def test_twenty_megabytes_are_read(lint_tree: LintTree) -> None:
    filler = "".join(f"  k{number}: {'x' * 60}\n" for number in range(2_500))
    text = f"apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: big\ndata:\n{filler}---\n" * 110 + SLIP
    assert len(text) > 18_000_000
    report = lint_tree(text, select=RULE)
    assert len(report.findings) == 1
    assert report.summary.manifests == 111


def test_a_tree_deeper_than_any_stack_is_read(lint_tree: LintTree, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for _ in range(1_200):
        Path("a").mkdir()
        os.chdir("a")
    Path("web.yaml").write_text(SLIP)
    monkeypatch.chdir(tmp_path)
    try:
        report = lint_tree({}, select=RULE)
    finally:
        subprocess.run(["rm", "-r", "a"], check=True)  # what pytest removes folders with is not up to it
    assert places(report) == [("a/" * 1_200 + "web.yaml", 6, 14)]


def test_patterns_of_gitignore_that_mean_nothing_are_passed_over(lint_tree: LintTree) -> None:
    report = lint_tree({".gitignore": "!\nold\n\\\n[\n", "old/web.yaml": SLIP, "web.yaml": SLIP}, select=RULE)
    assert places(report) == [("web.yaml", 6, 14)]
