"""What a change did: which files differ from a revision, and which objects they no longer hold.

A reference to what a change removed is MISSING on evidence, wherever it stands; no other file says so.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from kubelint_lb.deploy.former import Former, FormerObjects
from kubelint_lb.deploy.revisions import Blob, Change, GitError, Repository
from kubelint_lb.deploy.skipped import SkipReason
from kubelint_lb.deploy.tree import Sources, Tree, read_tree
from kubelint_lb.kube.kinds import GroupKind, PodTemplates
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.kube.stubs import Prefilter
from kubelint_lb.settings.errors import UsageError
from kubelint_lb.source.decode import NotText, decode
from kubelint_lb.source.discover import may_be_read
from kubelint_lb.source.names import RENDERED

# What the change made of an object may be in a file that says it only once it is rendered, or that nobody can read.
_OPAQUE = frozenset({SkipReason.TEMPLATE, SkipReason.PARTIAL, SkipReason.UNREADABLE, SkipReason.ENCRYPTED})


class Changes(NamedTuple):
    """The files below a root that differ from a revision (as the user calls it; `commit` is its id), and the texts they
    had then."""

    revision: str
    commit: str
    files: tuple[Change, ...]
    texts: Mapping[str, str]

    @property
    def paths(self) -> frozenset[str]:
        """The files that are there now and differ."""
        return frozenset(change.now for change in self.files if change.now)

    @property
    def moved(self) -> dict[str, str]:
        """Where files are now that had another name then."""
        return {change.before: change.now for change in self.files if change.before and change.now}

    def former_objects(self, sources: Sources, prefilter: Prefilter, pod_templates: PodTemplates) -> FormerObjects:
        """What the changed files held then, and whether they still do."""
        if not self.texts:
            return FormerObjects()
        now = {path: sources.texts[path] for path in sorted(self.paths) if path in sources.texts}
        before_tree = read_tree(Sources(self.texts, ()), prefilter, pod_templates)
        now_tree = read_tree(Sources(now, ()), prefilter, pod_templates)
        opaque = "\n".join(now[one.path] for one in now_tree.skipped if one.reason in _OPAQUE and one.path in now)
        formers = self._formers(before_tree, now_tree)
        return FormerObjects(one for one in formers if one.kept or one.manifest.name not in opaque)

    def _formers(self, before: Tree, now: Tree) -> Iterator[Former]:
        place_now = {change.before: change.now for change in self.files if change.before}
        there_now = {_identity(one) for one in now.manifests}
        there_before = {_identity(one) for one in before.manifests}
        added: dict[tuple[str, GroupKind, str | None], list[Manifest]] = defaultdict(list)
        for one in now.manifests:
            if _identity(one) not in there_before:
                added[one.path, one.identity, one.namespace].append(one)
        removed: dict[tuple[str, GroupKind, str | None], list[Manifest]] = defaultdict(list)
        for one in before.manifests:
            path = place_now.get(one.path, "")
            if _identity(one) in there_now:
                yield Former(one, self.revision, deleted=not path, kept=True)
            else:
                removed[path, one.identity, one.namespace].append(one)
        for key, gone in removed.items():
            # One came and one went: it got another name. Of more, nobody can tell which became which.
            come = added.get(key, []) if key[0] else []
            successor = come[0] if len(gone) == len(come) == 1 else None
            for one in gone:
                yield Former(one, self.revision, deleted=not key[0], successor=successor)


def _identity(manifest: Manifest) -> tuple[GroupKind, str | None, str]:
    return manifest.identity, manifest.namespace, manifest.name


def changes_since(root: Path, revision: str, option: str) -> Changes:
    """What differs from a revision below a root. `option` is what the user wrote it for.

    Raises UsageError where the root is in no git work tree, or git knows no such revision.
    """
    repository = Repository(root)
    try:
        commit = repository.commit(revision)
        return _changes(repository, revision, commit, [*repository.changes(commit), *repository.untracked()])
    except (GitError, UsageError) as error:
        raise UsageError(f"{option}: {error}") from None


def revision_of(root: Path, revision: str, *, named: bool = False) -> str:
    """The commit that a revision means, of a bare repository too where the user `named` it. Raises UsageError where the root is
    in no git work tree, or git knows no such one."""
    try:
        return Repository(root, named=named).commit(revision)
    except GitError as error:
        raise UsageError(str(error)) from None


def changes_of_commit(root: Path) -> Changes | None:
    """What the commit being made changes, or what was not committed yet; None outside of git, and before a first commit."""
    repository = Repository(root)
    try:
        # Of what was removed, files that git does not know can tell nothing: one process less for each commit.
        return _changes(repository, "HEAD", "HEAD", repository.changes("HEAD"))
    except GitError:
        return None


def _changes(repository: Repository, revision: str, commit: str, changes: list[Change]) -> Changes:
    read = [one for one in changes if one.blob and may_be_read(one.before)]
    texts = {}
    for change, data in zip(read, repository.contents(one.blob for one in read), strict=True):
        try:
            texts[change.before] = decode(data)
        except NotText:
            continue
    return Changes(revision, commit, tuple(changes), texts)


def export(root: Path, commit: str, folder: Path, extra_files: Iterable[str] = (), *, named: bool = False) -> None:
    """Writes the files of a commit that a run may read into a folder: manifests, and what is rendered to manifests.

    `root` is the folder of the work tree that becomes `folder`. Raises UsageError if git fails, or
    the disk is full.
    """
    repository = Repository(root, named=named)
    try:
        files = list(_wanted(repository.files(commit), frozenset(extra_files)))
        folder.mkdir(exist_ok=True)
        made = {folder}
        for file, data in zip(files, repository.contents(one.id for one in files), strict=True):
            target = folder / file.path
            if target.parent not in made:
                target.parent.mkdir(parents=True, exist_ok=True)
                made.add(target.parent)
            target.write_bytes(data)
    except GitError as error:
        raise UsageError(str(error)) from None
    except OSError as error:
        raise UsageError(f"the files of {commit[:12]} cannot be written to a temporary folder: {error.strerror}") from None


_IGNORING = frozenset({".gitignore", ".sourceignore"})


def _wanted(files: list[Blob], extra_files: frozenset[str]) -> Iterator[Blob]:
    # A chart's templates and a kustomization's inputs have any name.
    rendered = tuple(
        folder + "/" if folder else "" for folder, _, name in (one.path.rpartition("/") for one in files) if name in RENDERED
    )
    for one in files:
        parts = one.path.split("/")
        if not {"", ".", "..", ".git"}.isdisjoint(parts):
            continue  # git makes no such names; who did wants us to write elsewhere
        if may_be_read(one.path) or parts[-1] in _IGNORING or one.path in extra_files or one.path.startswith(rendered):
            yield one
