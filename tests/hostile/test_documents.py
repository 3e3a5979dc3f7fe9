"""Texts made to take time and memory out of proportion; what is inside of one document is in `tests/source/test_hostile.py`."""

from __future__ import annotations

import tracemalloc

import pytest

from kubelint_lb.engine.run import lint
from kubelint_lb.settings.settings import Settings

SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec: {ports: [{port: 80}]}\n"
MILLION = 1_000_000


@pytest.mark.parametrize(
    ("document", "count"),
    [("---\n", MILLION), ("--- # x\n", MILLION), ("---\na: 1\n", 100_000), ("...\n---\n", 100_000), ("---\n%A\n", 100_000)],
)
def test_a_million_documents_that_say_nothing(document: str, count: int) -> None:
    report = lint(["-"], Settings(), stdin=document * count + f"---\n{SERVICE}")
    assert report.summary.manifests <= 1
    assert "internal-error" not in {one.rule for one in report.findings}


def test_many_documents_take_memory_in_proportion() -> None:
    def most(count: int) -> int:
        tracemalloc.start()
        lint(["-"], Settings(select=("service",)), stdin=f"{SERVICE}---\n" * count)
        _, peak = tracemalloc.get_traced_memory()
        tracemalloc.stop()
        return peak

    most(1)  # what is made once
    assert most(400) < 6 * most(100)


@pytest.mark.parametrize(
    "text",
    [
        "{" * 100_000,
        "a:\n" + "".join(f"{' ' * depth}a:\n" for depth in range(1, 2_000)),
        "- " * 50_000 + "a",
        "x: " + "'" * 100_001,
        "x: " + '"\\' * 50_000,
        "x: !" + "t" * 200_000 + " a",
        "x: &" + "a" * 200_000 + " a",
        "? " * 20_000,
        "a: " + "{{" * 50_000,
        "a: " + "${" * 50_000,
        "a: " + "<" * 100_000 + ">",
        "# kubelint-lb: " + "ignore[" * 20_000,
        "# kubelint-lb: ignore[" + "a," * 50_000 + "]",
        "metadata: {annotations: {a: '" + "(" * 50_000 + "'}}",
        "a: |\n" + "  x\n" * 100_000,
        "\t" * 100_000,
        "a" * 1_000_000,
        "a: b\r" * 5_000,
        "\ufeff" * 100_000,
        "spec: {ports: [" + "{port: 80}, " * 1_000 + "]}",
        "metadata: {labels: {" + ", ".join(f"k{number}: v" for number in range(3_000)) + "}}",
    ],
    ids=lambda text: repr(text[:24]),
)
def test_a_service_with_a_text_that_wants_to_take_for_ever(text: str) -> None:
    report = lint(["-"], Settings(select=("ALL",)), stdin=f"apiVersion: v1\nkind: Service\n{text}\n")
    assert "internal-error" not in {one.rule for one in report.findings}


def test_numbers_of_many_digits() -> None:
    """Python itself refuses to read them, as it takes time in the square of their length."""
    for number in ("9" * 5_000, "0x" + "f" * 5_000, "1e" + "9" * 5_000, "0o" + "7" * 5_000, "1:" * 2_000 + "0"):
        report = lint(["-"], Settings(select=("ALL",)), stdin=SERVICE.replace("80", number))
        assert "internal-error" not in {one.rule for one in report.findings}, number[:9]
