"""Links out of the tree that a kustomization names: nothing of what they lead to is in a report, whoever renders it."""

from __future__ import annotations

from pathlib import Path

import pytest

from kubelint_lb.engine.run import lint
from kubelint_lb.output.formats import FORMATS, render
from kubelint_lb.output.style import Style
from kubelint_lb.settings.settings import Settings
from kubelint_lb.settings.severity import Severity
from tests.conftest import write_tree

SECRET = "apiVersion: v1\nkind: Service\nmetadata: {name: hidden, labels: {a: 1}}\nspec: {ports: [{port: 80}]}\n"


@pytest.mark.parametrize("rendered", [False, True], ids=["file by file", "rendered"])
@pytest.mark.parametrize("change", ["", "namePrefix: x-\n", "commonAnnotations: {a: b}\n", "patches: [{path: PLACE}]\n"])
@pytest.mark.parametrize("place", ["link.yaml", "folder/outside.yaml", "../../outside.yaml", "/dev/zero"])
def test_nothing_outside_is_shown(tmp_path: Path, place: str, change: str, rendered: bool) -> None:
    root = tmp_path / "root"
    kustomization = f"resources: [{place}]\n{change}".replace("PLACE", place)
    write_tree(tmp_path, {"outside.yaml": SECRET, "root/app/kustomization.yaml": kustomization})
    (root / "app/link.yaml").symlink_to(tmp_path / "outside.yaml")
    (root / "app/folder").symlink_to(tmp_path)
    settings = Settings(root=root.resolve(), select=("ALL",), severity=Severity.INFO, render=rendered, cache=False)
    report = lint([root], settings)
    style = Style(color=False, width=80, cwd=root, sarif_root=root, verbose=True)
    for name in FORMATS:
        # HTML and SARIF name all rules: words on hidden findings are no secret.
        assert "name: hidden" not in render(name, report, style)
        assert "Service hidden" not in render(name, report, style)
