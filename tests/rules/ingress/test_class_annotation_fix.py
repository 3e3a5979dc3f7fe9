"""Moving the class of an Ingress from the annotation to the field, as edits of text."""

from __future__ import annotations

from pathlib import Path

import pytest

from kubelint_lb import Settings, lint
from kubelint_lb.report.finding import Edit
from kubelint_lb.settings.severity import Severity

HEAD = "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata:\n  name: web\n"
SPEC = "spec:\n  # the shop\n  defaultBackend: {service: {name: web, port: {number: 80}}}\n"


def applied(text: str, edits: tuple[Edit, ...]) -> str:
    lines = text.splitlines(keepends=True)
    starts = [sum(map(len, lines[:number])) for number in range(len(lines) + 1)]
    for edit in sorted(edits, key=lambda one: one.location.span, reverse=True):
        span = edit.location.span
        start, end = starts[span.line - 1] + span.column - 1, starts[span.end_line - 1] + span.end_column - 1
        text = text[:start] + edit.text + text[end:]
    return text


def fixed(text: str, folder: Path) -> str | None:
    (folder / "web.yaml").write_text(text, encoding="utf-8", newline="")
    found = lint([folder], Settings(root=folder, select=("ingress-class-annotation-deprecated",), severity=Severity.INFO))
    (finding,) = (one for one in found.findings if one.rule == "ingress-class-annotation-deprecated")
    return applied(text, finding.fix.edits) if finding.fix is not None else None


@pytest.mark.parametrize(
    ("annotations", "left"),
    [
        ("  annotations:\n    kubernetes.io/ingress.class: nginx\n", ""),
        ('  annotations:\n    kubernetes.io/ingress.class: "nginx"  # ours\n    a: b\n', "  annotations:\n    a: b\n"),
        ("  annotations: {kubernetes.io/ingress.class: nginx}\n", ""),
        ("  annotations:\n    a: b\n    kubernetes.io/ingress.class: nginx\n", "  annotations:\n    a: b\n"),
    ],
)
def test_the_annotation_goes_and_the_field_comes(annotations: str, left: str, tmp_path: Path) -> None:
    name = '"nginx"' if '"nginx"' in annotations else "nginx"
    spec = (
        f"spec:\n  # the shop\n  ingressClassName: {name}\n  defaultBackend: {{service: {{name: web, port: {{number: 80}}}}}}\n"
    )
    assert fixed(HEAD + annotations + SPEC, tmp_path) == HEAD + left + spec


def test_line_ends_stay(tmp_path: Path) -> None:
    text = (HEAD + "  annotations:\n    kubernetes.io/ingress.class: nginx\n" + SPEC).replace("\n", "\r\n")
    assert fixed(text, tmp_path) == (HEAD + SPEC.replace("  default", "  ingressClassName: nginx\n  default")).replace(
        "\n", "\r\n"
    )


@pytest.mark.parametrize(
    "text",
    [
        HEAD + "  annotations: {kubernetes.io/ingress.class: nginx, a: b}\n" + SPEC,
        HEAD + "  annotations:\n    kubernetes.io/ingress.class: nginx\nspec: {defaultBackend: {service: {name: web}}}\n",
    ],
)
def test_maps_in_one_line_are_left_to_people(text: str, tmp_path: Path) -> None:
    assert fixed(text, tmp_path) is None
