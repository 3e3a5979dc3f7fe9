"""What Flux leaves out of the files of a repository before it looks into them.

Source: Flux source-controller: its default exclusions (version control, CI), then `.sourceignore` files in gitignore syntax,
of which the deepest that says anything decides.
"""

from __future__ import annotations

from pathlib import Path

from kubelint_lb.source.discover import Verdict, ignore_file, is_ignored, matcher

_NAME = ".sourceignore"
_DEFAULTS = (
    ".git/",
    ".github/",
    ".circleci/",
    ".travis.yml",
    ".gitlab-ci.yml",
    "appveyor.yml",
    ".drone.yml",
    "cloudbuild.yaml",
    "codeship-services.yml",
    "codeship-steps.yml",
    "**/.goreleaser.yml",
    "**/.goreleaser.yaml",
    "**/.sops.yaml",
    "**/.flux.yaml",
)


class Artifact:
    """The files of a tree as Flux gets them; `root` is the folder that paths are relative to."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._verdicts: dict[str, tuple[Verdict, ...]] = {}
        self._usual = matcher(_DEFAULTS)

    def holds(self, path: str) -> bool:
        """Whether a file (or a folder, with `/` at its end) is part of it."""
        if self._usual is not None and self._usual(path):
            return False
        return not is_ignored(path, self._above(path.rstrip("/").rpartition("/")[0]))

    def _above(self, folder: str) -> tuple[Verdict, ...]:
        """What the files of patterns in a folder and above it say, from the root down."""
        if folder not in self._verdicts:
            upper = self._above(folder.rpartition("/")[0]) if folder else ()
            self._verdicts[folder] = (*upper, *ignore_file(self._root / folder / _NAME, folder))
        return self._verdicts[folder]
