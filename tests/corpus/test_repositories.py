"""Real repositories: no crash, every file accounted for, nothing that a rule reads kept from it.

Set KUBELINT_LB_CORPUS to a folder of checked-out repositories.
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path

import pytest

from kubelint_lb.deploy.skipped import SkipReason
from kubelint_lb.deploy.tree import Sources, Tree, read_files, read_tree
from kubelint_lb.engine.run import lint
from kubelint_lb.kube.kinds import KINDS
from kubelint_lb.kube.manifest import manifests_of
from kubelint_lb.kube.stubs import Prefilter
from kubelint_lb.settings.settings import Settings
from kubelint_lb.settings.severity import Severity
from kubelint_lb.source.discover import discover
from kubelint_lb.source.parse import parse_text, split

_WHERE = os.environ.get("KUBELINT_LB_CORPUS", "")
_ROOTS = [path for path in sorted(Path(_WHERE).iterdir()) if path.is_dir()] if _WHERE else []

pytestmark = pytest.mark.skipif(not _ROOTS, reason="KUBELINT_LB_CORPUS names no folder of repositories")
each_repository = pytest.mark.parametrize("root", [pytest.param(root, id=root.name) for root in _ROOTS])


@cache
def texts(root: Path) -> Sources:
    return read_files(root, discover(root))


@cache
def everything(root: Path) -> Tree:
    return read_tree(texts(root), Prefilter(("Any",)))


@each_repository
def test_a_run_ends_without_a_defect_of_ours(root: Path) -> None:
    report = lint([root], Settings(root=root.resolve(), severity=Severity.INFO))
    crashed = [one for one in report.findings if one.rule == "internal-error"]
    assert crashed == []
    assert report.exit_code in (0, 1)
    assert report.summary.files == len(texts(root).texts) + len(texts(root).skipped)


@each_repository
def test_every_file_is_linted_or_skipped_with_a_reason(root: Path) -> None:
    tree = everything(root)
    skipped = {one.path for one in tree.skipped if one.line == 0}
    linted = {one.path for one in tree.manifests} | {one.path for one in tree.stubs}
    linted |= {one.source.path for one in tree.documents}
    assert set(tree.paths) == skipped | linted
    assert skipped & linted == set()
    assert len(tree.paths) == len(set(tree.paths))
    assert all(one.detail for one in tree.skipped)


@each_repository
def test_what_is_skipped_as_no_manifest_holds_none(root: Path) -> None:
    """Read in full, with no look at its text, a file that was called not Kubernetes has no object with a name."""
    for one in everything(root).skipped:
        if one.reason is SkipReason.NOT_KUBERNETES and one.detail != "a kustomization":
            documents = parse_text(texts(root).texts[one.path], one.path)
            assert [manifest for document in documents for manifest in manifests_of(document)] == []


@each_repository
def test_the_cheap_look_keeps_no_object_from_a_rule(root: Path) -> None:
    looks = {name: (Prefilter((name,)), KINDS[name]) for name in KINDS if name != "ConfigMap"}
    for path, text in texts(root).texts.items():
        for start, end in split(text):
            chunk = text[start:end]
            kept_out = {identity for prefilter, identity in looks.values() if not prefilter(chunk)}
            if not kept_out or "kind" not in chunk:
                continue
            for document in parse_text(chunk, path):
                read = {manifest.identity for manifest in manifests_of(document)}
                assert not read & kept_out, (path, document.line)


@each_repository
def test_a_family_alone_finds_what_it_finds_among_all(root: Path) -> None:
    """What is parsed depends on the rules that run; what they find does not. Only what the API server refuses is said in general
    words where no rule that knows more runs."""
    settings = Settings(root=root.resolve(), severity=Severity.INFO)
    together = lint([root], settings).findings
    for family in sorted({one.family for one in together}):
        alone = lint([root], settings._replace(select=(family,))).findings
        found, among = ([one for one in report if one.family == family] for report in (alone, together))
        assert set(among) <= set(found) if family == "api_server" else found == among
