"""Kustomizations that kustomize itself renders, several at a time: kept apart, since most runs need no subprocess."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from kubelint_lb.cache.outputs import Cache
from kubelint_lb.deploy.kustomize.overlays import BY_TOOL, NO_TOOL, PROGRAM, Failure, Overlay, finish
from kubelint_lb.kube.kinds import GroupKind
from kubelint_lb.kube.kube_proxy_data import embedded_manifests
from kubelint_lb.kube.manifest import Manifest, manifests_of
from kubelint_lb.kube.stubs import stub
from kubelint_lb.render.kustomize.closure import Closure
from kubelint_lb.render.kustomize.command import KustomizeOutput, Tool, find_kustomize, render
from kubelint_lb.render.kustomize.library import Library
from kubelint_lb.render.kustomize.objects import rendered_documents
from kubelint_lb.render.kustomize.shadow import Shadow, absent_entries, shadow_of
from kubelint_lb.render.origin import RenderedDocument, adopt
from kubelint_lb.render.parallel import in_parallel, workers
from kubelint_lb.source.node import Node


class Renderer:
    """Renders units with the tool on the PATH. `prefilter` says which texts are read at all; `seconds` limits each."""

    def __init__(
        self,
        root: Path,
        library: Library,
        prefilter: Callable[[str], bool],
        pod_templates: Mapping[GroupKind, tuple[str, ...]],
        seconds: float,
        cache: Cache,
        jobs: int | None = None,
    ) -> None:
        self._root = root
        self._library = library
        self._prefilter = prefilter
        self._pod_templates = pod_templates
        self._seconds = seconds
        self._cache = cache
        self._jobs = jobs or workers()

    def render(self, overlays: Sequence[Overlay]) -> None:
        """Fills the units, or says why it cannot."""
        tool = find_kustomize()
        jobs: list[tuple[Overlay, Shadow]] = []
        for overlay in overlays:
            shadow = self._prepare(overlay, tool)
            if shadow is not None:
                jobs.append((overlay, shadow))
        if tool is None or not jobs:
            return
        results = in_parallel(lambda job: render(job[1], tool, self._seconds, self._cache), jobs, self._jobs)
        again = []
        for (overlay, shadow), result in zip(jobs, results, strict=True):
            if result.error and shadow.helm is not None:
                overlay.closure = overlay.closure.without_charts(result.error)
                again.append(overlay)
            else:
                self._take(overlay, shadow, result, tool)
        if again:  # a chart that does not render with what is here says nothing about the rest
            self.render(again)

    def _prepare(self, overlay: Overlay, tool: Tool | None) -> Shadow | None:
        """The shadow of a unit; None where it is not to be rendered, which the unit is told."""
        closure = overlay.closure
        for node, written in absent_entries(closure, self._root):
            words = f"there is no {written}"
            overlay.failure = Failure(node, "failed", {"tool": "kustomize", "unit": overlay.name, "stderr": words})
            overlay.why = words
            return None
        if tool is None:
            overlay.why = NO_TOOL
            return None
        try:
            shadow = shadow_of(closure, self._root)
        except (OSError, ValueError) as error:
            overlay.why = f"cannot be read: {error}"
            return None
        if any(one.why == PROGRAM for one in shadow.left_out):
            overlay.why = PROGRAM
            return None
        return shadow

    def _take(self, overlay: Overlay, shadow: Shadow, result: KustomizeOutput, tool: Tool) -> None:
        overlay.left_out = tuple(shadow.left_out)
        if result.timed_out or result.error:
            _fail(overlay, result, tool, self._seconds)
            return
        overlay.how = BY_TOOL
        unit = overlay.closure.root.folder
        for text in result.objects:
            if not self._prefilter(text):
                overlay.stubs.append(stub(text, overlay.closure.root.path))
        library = self._library.of(overlay.closure.kustomizations)
        for document in rendered_documents(unit, result.objects, library, self._prefilter):
            for manifest in manifests_of(document, self._pod_templates):
                overlay.manifests.append(manifest)
                if manifest.kind == "ConfigMap":
                    overlay.manifests += _embedded(manifest, document)
        finish(overlay)


def _embedded(config_map: Manifest, outer: RenderedDocument) -> Iterator[Manifest]:
    """Configuration inside a rendered ConfigMap: known as well as the ConfigMap itself is."""
    for manifest in embedded_manifests(config_map):
        inner = manifest.node.document
        place = outer.fallback
        adopt(inner, RenderedDocument(inner.source, inner.base, inner.end, outer.source_path, place, lambda *_: None))
        yield manifest


def _fail(overlay: Overlay, result: KustomizeOutput, tool: Tool, seconds: float) -> None:
    place = _place(overlay.closure)
    if result.timed_out:
        overlay.why = f"{tool.name} did not finish within {seconds:g} seconds"
        words: dict[str, str] = {"tool": tool.name, "unit": overlay.name, "seconds": f"{seconds:g}"}
        overlay.failure = Failure(place, "timed-out", words)
        return
    overlay.why = f"{tool.name}: {result.error}"
    # What fails without a part that we took out says nothing about the whole.
    if not overlay.left_out and not any(one.filled("secretGenerator") for one in overlay.closure.members):
        overlay.failure = Failure(place, "failed", {"tool": tool.name, "unit": overlay.name, "stderr": result.error})


def _place(closure: Closure) -> Node:
    node = closure.root.node
    return next(node.keys(), node)
