"""The texts that a run reads: of its tree, of what another tool rendered, or from standard input."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kubelint_lb.deploy.tree import STDIN, Sources, read_files
from kubelint_lb.settings.root import CONFIG_NAME, TESTS_NAME
from kubelint_lb.source.discover import FoundFile, discover

if TYPE_CHECKING:
    from kubelint_lb.deploy.scope import Scope
    from kubelint_lb.engine.changes import Changes
    from kubelint_lb.settings.settings import Settings

# Our own files are no manifests that anybody could miss.
_OURS = frozenset({CONFIG_NAME, TESTS_NAME})


def sources_of(scope: Scope, settings: Settings, changes: Changes | None, baseline: str | None) -> Sources:
    """What there is to read. `baseline` is the path of the one in use, relative to the root; it is no manifest either."""
    if scope.stdin is not None:
        return Sources({STDIN: scope.stdin}, ())
    if settings.changed_since is not None and changes is not None and not changes.files:
        return Sources({}, ())
    found: list[FoundFile] = list(discover(scope.root, settings.exclude))
    known = {one.path for one in found}
    found += [FoundFile(path) for path in scope.extra_files if path not in known]
    made: list[FoundFile] = []
    if settings.rendered:
        from kubelint_lb.deploy.prerendered import files_of

        made = files_of(scope.root, settings)
    prerendered = frozenset(one.path for one in made)
    found = [*(one for one in found if one.path not in prerendered), *made]
    others = (one for one in found if one.path.rpartition("/")[2] not in _OURS and one.path != baseline)
    read = read_files(scope.root, sorted(others, key=lambda one: one.path))
    return read._replace(prerendered=prerendered)
