"""One name, one module, imported only when asked for."""

import subprocess
import sys

import pytest

from kubelint_lb.output.formats import FORMATS, render
from tests.output.reports import EVERYTHING, style


def test_the_names() -> None:
    assert FORMATS == ("text", "concise", "json", "sarif", "github", "gitlab", "junit", "markdown", "html", "rdjson")


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_ends_in_one_newline_and_is_the_same_twice(name: str) -> None:
    text = render(name, EVERYTHING, style())
    assert text.endswith("\n")
    assert not text.endswith("\n\n")
    assert text == render(name, EVERYTHING, style())


@pytest.mark.parametrize("name", FORMATS)
def test_colour_is_for_text_and_concise_only(name: str) -> None:
    assert ("\x1b" in render(name, EVERYTHING, style(color=True))) == (name in {"text", "concise"})
    assert "\x1b" not in render(name, EVERYTHING, style())


def test_text_does_not_pay_for_the_other_formats() -> None:
    code = (
        "import sys; from kubelint_lb.output import formats, text; "
        "print([name for name in ('sarif_om', 'attr', 'json', 'jsonschema', 'rich') if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout == "[]\n"
