"""Sets Argo CD's Applications against the tree they are in, and against what git says of it."""

from __future__ import annotations

from pathlib import Path

from kubelint_lb.deploy.argocd.applied import APPLICATION, APPLICATION_SET, ArgoCD
from kubelint_lb.deploy.repository import Remotes, ThisRepository
from kubelint_lb.deploy.revisions import GitError, Repository
from kubelint_lb.deploy.tree import Tree
from kubelint_lb.render.kustomize.library import Library
from kubelint_lb.settings.root import git_root
from kubelint_lb.source.node import Node


def argocd_of(tree: Tree, root: Path, origin: Path) -> ArgoCD | None:
    """The Applications of a tree; None where there are none. `root` is the folder that paths are relative to, `origin` the
    folder of a git work tree that it is, or is a copy of."""
    manifests = [
        one for one in tree.manifests if one.identity in {APPLICATION, APPLICATION_SET} and one.path not in tree.prerendered
    ]
    if not manifests:
        return None
    library = Library(root, {})

    def read(path: str) -> Node | None:
        return next((one.root for one in library.documents(path) if not one.faults), None)

    files = frozenset(path for path in tree.paths if path not in tree.prerendered)
    return ArgoCD(manifests, ThisRepository(files, tree.layout, read, _remotes(origin)))


def _remotes(folder: Path) -> Remotes:
    """What git says of a folder; nothing where there is no git."""
    if git_root(folder) is None:
        return Remotes()
    repository = Repository(folder)
    try:
        return Remotes(repository.addresses(), repository.branches(), repository.place())
    except GitError:
        return Remotes()
