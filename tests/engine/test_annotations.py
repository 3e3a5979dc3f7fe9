"""A rule whose head names annotations sees only objects that have one."""

from __future__ import annotations

from pathlib import Path

from kubelint_lb.catalogue.catalogue import load_catalogue
from tests.conftest import write_tree
from tests.test_architecture import loaded_by

PLAIN = """\
apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  type: LoadBalancer
  selector: {app: web}
  ports: [{port: 80}]
"""
ON_AWS = PLAIN.replace(
    "  name: web\n", "  name: web\n  annotations:\n    service.beta.kubernetes.io/aws-load-balancer-type: nlb\n"
)
LOAD = "import sys, kubelint_lb\nkubelint_lb.lint([sys.argv[1]])"
DETECTOR = "kubelint_lb.detectors.service.aws_controller_selection"


def test_the_outline_tells_how_they_begin() -> None:
    found = load_catalogue().outlines["aws-controller-selection"]
    assert found.annotations == ("service.beta.kubernetes.io/aws-load-balancer-",)
    assert load_catalogue().rules["aws-controller-selection"].annotations == found.annotations


def test_without_one_its_detector_is_not_even_loaded(tmp_path: Path) -> None:
    write_tree(tmp_path, {"web.yaml": PLAIN})
    assert DETECTOR not in loaded_by(LOAD, str(tmp_path))


def test_with_one_it_is(tmp_path: Path) -> None:
    write_tree(tmp_path, {"web.yaml": ON_AWS})
    assert DETECTOR in loaded_by(LOAD, str(tmp_path))
