"""`check --fix`: what is written, what is left alone, and what is said."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.cli.program import Program
from tests.render.tools import needs_kustomize

# Two slips with a safe fix each (an annotation that is no text, an old name), one with an unsafe one (a port).
SHOP = """\
apiVersion: v1
kind: Service
metadata:
  name: shop   # the shop
spec:
  trafficDistribution: PreferClose
  selector: {app: shop}
  ports: [{port: 80}]
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
  annotations:
    nginx.ingress.kubernetes.io/proxy-read-timeout: 30   # seconds
spec:
  ingressClassName: nginx
  rules:
    - host: shop.example
      http: {paths: [{path: /, pathType: Prefix, backend: {service: {name: shop, port: {number: 8080}}}}]}
"""
SAFE = SHOP.replace("30 ", '"30" ').replace("PreferClose", "PreferSameZone")
ALL = SAFE.replace("number: 8080", "number: 80")
QUIET = ("--select", "annotation-not-string,ingress-backend-port-not-found,traffic-distribution-deprecated", "--severity", "info")


def test_safe_fixes_are_applied_and_the_rest_reported(program: Program, tmp_path: Path) -> None:
    program.write("shop.yaml", SHOP)
    found = program("check", "--fix", "--format", "concise", "--kubernetes-version", "1.35", *QUIET, "shop.yaml")
    assert (tmp_path / "shop.yaml").read_text(encoding="utf-8") == SAFE
    assert found.code == 1
    assert "shop.yaml:20:" in found.out
    assert "ingress-backend-port-not-found" in found.out
    assert found.err.startswith("kubelint-lb: 2 fixes applied in 1 file\n")


def test_unsafe_fixes_when_asked_and_a_second_run_changes_nothing(program: Program, tmp_path: Path) -> None:
    program.write("shop.yaml", SHOP)
    arguments = ("check", "--fix", "--unsafe-fixes", "--kubernetes-version", "1.35", *QUIET, "shop.yaml")
    assert program(*arguments).code == 0
    assert (tmp_path / "shop.yaml").read_text(encoding="utf-8") == ALL
    assert "0 fixes applied in 0 files" in program(*arguments).err


def test_a_diff_changes_nothing(program: Program, tmp_path: Path) -> None:
    program.write("shop.yaml", SHOP)
    found = program("check", "--diff", "--kubernetes-version", "1.35", *QUIET, "shop.yaml")
    assert found.code == 1
    assert (tmp_path / "shop.yaml").read_text(encoding="utf-8") == SHOP
    assert [line for line in found.out.splitlines() if line[0] in "+-"] == [
        "--- a/shop.yaml",
        "+++ b/shop.yaml",
        "-  trafficDistribution: PreferClose",
        "+  trafficDistribution: PreferSameZone",
        "-    nginx.ingress.kubernetes.io/proxy-read-timeout: 30   # seconds",
        '+    nginx.ingress.kubernetes.io/proxy-read-timeout: "30"   # seconds',
    ]
    program.write("shop.yaml", SAFE)
    assert program("check", "--diff", "--kubernetes-version", "1.35", *QUIET, "shop.yaml").code == 0


def test_permissions_and_links_stay(program: Program, tmp_path: Path) -> None:
    program.write("real/shop.yaml", SHOP)
    (tmp_path / "real/shop.yaml").chmod(0o640)
    (tmp_path / "shop.yaml").symlink_to("real/shop.yaml")
    program("check", "--fix", "--kubernetes-version", "1.35", *QUIET, ".")
    assert (tmp_path / "shop.yaml").is_symlink()
    assert (tmp_path / "real/shop.yaml").read_text(encoding="utf-8") == SAFE
    assert (tmp_path / "real/shop.yaml").stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in (tmp_path / "real").iterdir()) == ["shop.yaml"]


def test_files_that_were_not_named_are_left_alone(program: Program, tmp_path: Path) -> None:
    service, _, ingress = SHOP.partition("---\n")
    program.write("service.yaml", service)
    program.write("ingress.yaml", ingress)
    program("check", "--fix", "--kubernetes-version", "1.35", *QUIET, "ingress.yaml")
    assert (tmp_path / "service.yaml").read_text(encoding="utf-8") == service
    assert '"30"' in (tmp_path / "ingress.yaml").read_text(encoding="utf-8")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_file_that_may_not_be_written_is_said(program: Program, tmp_path: Path) -> None:
    program.write("shop.yaml", SHOP)
    (tmp_path / "shop.yaml").chmod(0o444)
    found = program("check", "--fix", "--kubernetes-version", "1.35", *QUIET, "shop.yaml")
    assert "shop.yaml was left alone" in found.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("--unsafe-fixes",), "--unsafe-fixes goes with --fix or --diff"),
        (("--fix", "-"), "--fix: standard input is no file that could be changed"),
        (("--diff", "-"), "--diff: standard input is no file that could be changed"),
    ],
)
def test_what_does_not_go_together(program: Program, arguments: tuple[str, ...], words: str) -> None:
    found = program("check", *arguments)
    assert found.code == 2
    assert words in found.err


BASE = """\
apiVersion: v1
kind: Service
metadata: {name: shop}
spec:
  selector: {app: shop}
  ports: [{port: 80}]
"""
PATCH = """\
apiVersion: v1
kind: Service
metadata: {name: shop}
spec:
  trafficDistribution: PreferClose   # near the client
"""


@pytest.mark.parametrize(
    ("files", "fixed"),
    [
        pytest.param(
            {
                "base/kustomization.yaml": "resources: [shop.yaml]\n",
                "base/shop.yaml": BASE + "  trafficDistribution: PreferClose\n",
                "prod/kustomization.yaml": "resources: [../base]\nnamePrefix: prod-\n",
            },
            "base/shop.yaml",
            id="the base",
        ),
        pytest.param(
            {
                "base/kustomization.yaml": "resources: [shop.yaml]\n",
                "base/shop.yaml": BASE,
                "prod/kustomization.yaml": "resources: [../base]\npatches: [{path: patch.yaml}]\n",
                "prod/patch.yaml": PATCH,
            },
            "prod/patch.yaml",
            id="the patch",
            marks=needs_kustomize,
        ),
    ],
)
def test_what_kustomize_makes_is_fixed_where_it_is_written(
    program: Program, tmp_path: Path, files: dict[str, str], fixed: str
) -> None:
    for path, text in files.items():
        program.write(path, text)
    program("check", "--fix", "--kubernetes-version", "1.35", *QUIET, ".")
    changed = {path for path, text in files.items() if (tmp_path / path).read_text(encoding="utf-8") != text}
    assert changed == {fixed}
    assert (tmp_path / fixed).read_text(encoding="utf-8") == files[fixed].replace("PreferClose", "PreferSameZone")
