"""What the README shows is what the program does."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from tests.packaging.sandbox import REPOSITORY

README = (REPOSITORY / "README.md").read_text()
GUIDES = [REPOSITORY / "README.md", REPOSITORY / "CONTRIBUTING.md", *sorted((REPOSITORY / "docs").glob("*.md"))]


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def program(*arguments: str) -> subprocess.CompletedProcess[str]:
    main = "from kubelint_lb.cli.main import main; main()"
    command = [sys.executable, "-c", main, *arguments]
    environment = {**os.environ, "COLUMNS": "100", "NO_COLOR": "1"}
    return subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=False)


def test_output_is_what_the_command_prints() -> None:
    (block,) = blocks(README, "console")
    command, _, shown = block.partition("\n")
    name, *arguments = shlex.split(command.removeprefix("$ "))
    assert name == "kubelint-lb"
    assert program(*arguments).stdout.strip("\n") == shown.strip("\n")


def test_python_examples_print_findings_and_backends() -> None:
    printed = []
    for code in blocks(README, "python"):
        result = subprocess.run([sys.executable, "-c", code], cwd=REPOSITORY, capture_output=True, text=True, check=False)
        assert result.stderr == ""
        printed.append(result.stdout)
    assert "k8s/routes.yaml:18: weights-not-100: " in printed[0]
    assert "name='storefront', port=80, share=80.0" in printed[1]


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_yaml_of_the_guides_is_yaml(guide: Path) -> None:
    for text in blocks(guide.read_text(), "yaml"):
        assert list(YAML(typ="safe").load_all(text))


@pytest.mark.parametrize("guide", GUIDES, ids=lambda path: path.name)
def test_links_of_the_guides_lead_somewhere(guide: Path) -> None:
    targets = re.findall(r"\]\((?!https://)([^)#]+)", guide.read_text())
    assert [target for target in targets if not (guide.parent / target).exists()] == []
