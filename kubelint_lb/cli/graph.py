"""`kubelint-lb graph`: the traffic as a picture."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kubelint_lb.cli.tree import Complete, Config, KubernetesVersion, NoRender, Rendered, TreeOptions, TreePaths, read_tree

if TYPE_CHECKING:
    from kubelint_lb.output.flow.drawing import Drawing


class GraphForm(StrEnum):
    """In what to draw."""

    MERMAID = "mermaid"
    DOT = "dot"
    SVG = "svg"
    HTML = "html"


_Form = Annotated[GraphForm, typer.Option("--format", "-f", help="svg and html need Graphviz, or kubelint-lb[graph].")]
_Focus = Annotated[str, typer.Option(metavar="NAMESPACE/NAME|HOST", help="Only what is around an object or a host.")]
_Output = Annotated[Path | None, typer.Option("--output", "-o", metavar="FILE", help="Write to a file.")]


def graph(
    paths: TreePaths = None,
    *,
    format: _Form = GraphForm.MERMAID,  # noqa: A002
    focus: _Focus = "",
    output: _Output = None,
    config: Config = None,
    complete: Complete = False,
    kubernetes_version: KubernetesVersion = None,
    no_render: NoRender = False,
    rendered: Rendered = None,
) -> None:
    """Draw the traffic: entries, routes by host and path, Services, pods, with shares and findings."""
    from kubelint_lb.cli.console import notice
    from kubelint_lb.cli.outputs import write_text
    from kubelint_lb.output.flow.drawing import drawing_of
    from kubelint_lb.output.paths import Paths
    from kubelint_lb.traffic.picture import picture_of
    from kubelint_lb.traffic.world import distinct

    given = list(paths or ["."])
    reading = read_tree(given, TreeOptions(config, rendered, kubernetes_version, not no_render, complete))
    pictures = [picture_of(one.objects) for one in distinct(reading.worlds)]
    if focus:
        pictures = [one.around(focus) for one in pictures]
    drawing = drawing_of(pictures, reading.findings(), Paths(reading.scope.root, Path.cwd()))
    if not drawing.pictures:
        notice(f"nothing to draw around {focus}" if focus else "nothing to draw: no Services, Ingresses or routes")
    write_text(_drawn(drawing, format), output)


def _drawn(drawing: Drawing, form: GraphForm) -> str:
    if form is GraphForm.MERMAID:
        from kubelint_lb.output.flow.mermaid import mermaid

        return mermaid(drawing)
    if form is GraphForm.DOT:
        from kubelint_lb.output.flow.dot import dot

        return dot(drawing)
    if form is GraphForm.SVG:
        from kubelint_lb.output.flow.svg import svg

        return svg(drawing)
    from kubelint_lb.output.flow.page import page

    return page(drawing)
