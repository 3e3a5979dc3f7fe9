"""The trees that a comparison is about: two revisions of git, or a revision and the work tree."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from kubelint_lb.deploy.scope import scope_of
from kubelint_lb.deploy.tree import paused_collector
from kubelint_lb.engine.changes import export, revision_of
from kubelint_lb.engine.diff.change import Comparison
from kubelint_lb.engine.diff.compare import compare
from kubelint_lb.engine.reading import reading_of
from kubelint_lb.settings.temporary import temporary_folder

if TYPE_CHECKING:
    from kubelint_lb.deploy.scope import Scope
    from kubelint_lb.engine.reading import Reading
    from kubelint_lb.settings.settings import Settings

WORK_TREE = "the work tree"


def compare_revisions(revisions: str, paths: Sequence[str], settings: Settings) -> Comparison:
    """What changes from `REV` to the work tree, or in `REV..REV`. Raises UsageError where git knows no such revision."""
    earlier, dots, later = revisions.partition("..")
    earlier, later = earlier or "HEAD", (later or "HEAD") if dots else ""
    with paused_collector(), temporary_folder() as folder:
        scope = scope_of(paths, settings, None)
        before = _exported(scope, earlier, folder / "before", settings)
        after = _exported(scope, later, folder / "after", settings) if later else reading_of(scope, settings)
        return compare(before, after, earlier, later or WORK_TREE)


def _exported(scope: Scope, revision: str, root: Path, settings: Settings) -> Reading:
    """A revision as it was read then, with today's configuration."""
    export(scope.root, revision_of(scope.root, revision), root, scope.extra_files)
    rendered = tuple(one for one in settings.rendered if (root / one).is_dir())
    there = scope._replace(root=root, origin=scope.root)
    return reading_of(there, settings._replace(root=root, rendered=rendered, baseline=None))
