"""What an editor is told of its documents by objects of files that are not open."""

from __future__ import annotations

from pathlib import Path

import pytest

from kubelint_lb.lsp.project import Project
from tests.conftest import write_tree
from tests.traffic.policies import NOT_WEB

SERVICE = """\
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {selector: {app: web}, ports: [{port: 80}]}
"""


def _rules(project: Project, *, all_objects: bool) -> set[str]:
    return {one.rule for one in project.findings(all_objects=all_objects)["service.yaml"]}


def test_what_an_object_of_another_file_says_is_told_while_one_types(tmp_path: Path) -> None:
    pytest.importorskip("cel", reason="common-expression-language is not installed")
    write_tree(tmp_path, {"service.yaml": SERVICE, "policy.yaml": NOT_WEB})
    project = Project(tmp_path)
    project.texts["service.yaml"] = SERVICE
    assert "admission-policy-refuses" in _rules(project, all_objects=True)
    project.texts["service.yaml"] = SERVICE + "# more\n"
    assert "admission-policy-refuses" in _rules(project, all_objects=False)
    project.texts["service.yaml"] = SERVICE.replace("name: web", "name: shop")
    assert "admission-policy-refuses" not in _rules(project, all_objects=False)


def test_what_comes_to_be_wrong_elsewhere_is_told_when_one_saves(tmp_path: Path) -> None:
    pytest.importorskip("cel", reason="common-expression-language is not installed")
    write_tree(tmp_path, {"service.yaml": SERVICE, "policy.yaml": NOT_WEB})
    project = Project(tmp_path)
    project.texts["service.yaml"] = SERVICE.replace("name: web", "name: shop")
    assert "admission-policy-refuses" not in _rules(project, all_objects=True)
    project.texts["service.yaml"] = SERVICE
    assert "admission-policy-refuses" not in _rules(project, all_objects=False)
    assert "admission-policy-refuses" in _rules(project, all_objects=True)
