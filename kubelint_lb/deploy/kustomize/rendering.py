"""How the kustomizations of a run become units: in process where that tells the whole truth, else by kustomize."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from kubelint_lb.deploy.kustomize.applied import closures_of
from kubelint_lb.deploy.kustomize.neighbours import neighbours
from kubelint_lb.deploy.kustomize.overlays import (
    BARE,
    BY_TOOL,
    NO_TOOL,
    TWICE,
    UNASKED,
    UNREAD,
    UNRENDERED,
    Files,
    Overlay,
    has_work,
    resolve,
    resolve_bare,
)
from kubelint_lb.deploy.kustomize.touched import steered_files
from kubelint_lb.deploy.tree import Tree
from kubelint_lb.kube.kinds import GroupKind
from kubelint_lb.render.kustomize.closure import WITHOUT_INPUTS
from kubelint_lb.render.kustomize.kustomization import INFLATED

if TYPE_CHECKING:
    from kubelint_lb.deploy.argocd.applied import ArgoCD
    from kubelint_lb.deploy.scope import Scope
    from kubelint_lb.render.kustomize.closure import Applied, Closure
    from kubelint_lb.settings.settings import Settings


class Rendering:
    """Renders what a scope asks for.

    `reported` are the kinds that some rule looks at, by their view names; `prefilter` says which texts are read at all. Without
    `everything`, a run on single files works out only the units that they are part of or may meet.

    `touched`: the files whose objects one of the files asked for steers; `aside`: those of units that
    none of these files can meet.
    """

    def __init__(
        self,
        scope: Scope,
        reported: Iterable[str],
        prefilter: Callable[[str], bool],
        pod_templates: Mapping[GroupKind, tuple[str, ...]],
        settings: Settings,
        *,
        everything: bool = True,
    ) -> None:
        self._root = scope.root.resolve()
        self._scope = scope
        self._reported = frozenset(reported) - {"Any", "Document"}
        self._prefilter = prefilter
        self._pod_templates = pod_templates
        self._settings = settings
        self._all = everything or bool(scope.folders) or scope.stdin is not None
        self.notices: tuple[str, ...] = ()
        self.touched: frozenset[str] = frozenset()
        self.aside: frozenset[str] = frozenset()
        self.argocd: ArgoCD | None = None

    def overlays(self, tree: Tree) -> tuple[Overlay, ...]:
        """The kustomizations of a tree that are units, in order of their folders."""
        files = Files(tree)
        self.argocd = self._argocd(tree)
        closures = closures_of(tree, files, self._root, self.argocd)
        self._inflate(closures)
        self.touched = steered_files(closures, self._scope.files)
        wanted: Collection[int] = (
            range(len(closures)) if self._all else neighbours(closures, files, tree.sources, self._scope.holds)
        )
        found = [
            (resolve(one, files) if index in wanted else None) or Overlay(one, UNRENDERED) for index, one in enumerate(closures)
        ]
        near = {path for index in wanted for path in closures[index].files}
        self.aside = frozenset(path for one in closures for path in one.files if path not in near)
        waiting = [one for one in found if not one.resolved and self._needs_rendering(one, files)]
        if waiting:
            from kubelint_lb.cache.outputs import cache_of
            from kubelint_lb.deploy.kustomize.renderer import Renderer
            from kubelint_lb.render.kustomize.library import Library

            library = Library(self._root, tree.sources)
            kept = cache_of("kustomize", used=self._settings.cache)
            bounds = self._settings.render_seconds, kept, self._settings.jobs
            Renderer(self._root, library, self._prefilter, self._pod_templates, *bounds).render(waiting)
        for index in wanted:
            resolve_bare(found[index], files)
        if self.argocd is not None:
            self.argocd.units = _accounted_for(found, files)
        self.notices = _notices(found)
        return tuple(found)

    def _needs_rendering(self, overlay: Overlay, files: Files) -> bool:
        """Whether only a renderer can tell of a unit, and somebody wants to know; if not, the unit is told why."""
        if not any(map(self._scope.holds, overlay.closure.sources)):
            overlay.how = UNASKED
        elif not has_work(overlay.closure, files, self._reported):
            overlay.how = UNREAD
        elif overlay.closure.applied.directory is not None:
            overlay.why = TWICE
        else:
            return True
        return False

    def _argocd(self, tree: Tree) -> ArgoCD | None:
        """The Applications among the objects; most trees have none."""
        if not any(one.view_name in {"Application", "ApplicationSet"} for one in tree.manifests):
            return None
        from kubelint_lb.deploy.argocd.repository import argocd_of

        return argocd_of(tree, self._root, self._scope.origin or self._root)

    def _inflate(self, closures: Iterable[Closure]) -> None:
        """Tells the kustomizations with charts how these are rendered."""
        with_charts = [closure for closure in closures if any(one.filled(INFLATED) for one in closure.members)]
        if with_charts:
            from kubelint_lb.deploy.kustomize.inflated import inflation_of

            inflation = inflation_of(self._root, self._settings.charts, str(self._settings.kubernetes_version))
            for closure in with_charts:
                closure.inflation = inflation


def _accounted_for(overlays: Iterable[Overlay], files: Files) -> dict[str, list[Applied]]:
    """The ways to apply folders, of whose objects all are known."""
    found: dict[str, list[Applied]] = {}
    for one in overlays:
        if _is_accounted_for(one, files):
            found.setdefault(one.closure.root.folder, []).append(one.closure.applied)
    return found


def _is_accounted_for(overlay: Overlay, files: Files) -> bool:
    """All of its objects are known: as a unit, or because nothing in its files is of a kind that anybody reads."""
    if overlay.resolved:
        # What only a renderer can apply may alter names, too.
        return not overlay.lacks_objects and (overlay.how == BY_TOOL or overlay.closure.bare is None)
    return overlay.how == UNREAD and not overlay.closure.left_out and all(map(files.whole, overlay.closure.files))


def _notices(overlays: Collection[Overlay]) -> tuple[str, ...]:
    """What the user should know of the run as a whole."""
    notices = []
    for why, words in ((NO_TOOL, "file by file"), (f"{BARE}: {NO_TOOL}", BARE)):
        count = sum(one.why == why for one in overlays)
        if count:
            notices.append(f"{count} of {len(overlays)} kustomizations are read {words}: {NO_TOOL}")
    open_ = [one for one in overlays if one.resolved and one.left_out]
    if open_:
        parts = ", ".join(sorted({_part(left.why) for one in open_ for left in one.left_out}))
        notices.append(
            f"{len(open_)} of {len(overlays)} kustomizations bring more than is rendered here ({parts}); "
            "what they refer to may be in that (`kubelint-lb units` lists them)"
        )
    return tuple(notices)


def _part(why: str) -> str:
    return _PARTS.get(why.partition(":")[0], why)


_PARTS = {
    "remote": "remote resources",
    INFLATED: "Helm charts",
    "helmChartInflationGenerator": "Helm charts",
    "generators": "generator plug-ins",
    WITHOUT_INPUTS: "generators without their files",
}
