"""The API servers' own answers: what they refuse is reported, what they take is not."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from kubelint_lb.kube.validation.violation import Reason
from kubelint_lb.kube.versions import Version
from tests.apiserver.answers import FOLDER, reported, rows, tally, warnings

CORPUS = os.environ.get("KUBELINT_LB_CORPUS")
ROOT = Path(__file__).resolve().parents[2]
SERVICE = "apiVersion: v1\nkind: Service\nmetadata: {name: web}\nspec:\n  ports: [{port: 80}]\n"


@pytest.mark.skipif(FOLDER is None, reason="KUBELINT_LB_APISERVER names no folder with answers.jsonl")
def test_refusals_are_reported_and_nothing_else() -> None:
    assert FOLDER is not None
    found = tally(FOLDER)
    assert found.wrong == []
    assert found.reported.total() >= 0.99 * found.refused.total()
    assert found.placed.total() >= 0.95 * found.named.total()
    assert {base for base, count in found.refused.items() if found.reported[base] < 0.97 * count} == set()


@pytest.mark.parametrize(
    ("change", "reason", "path", "line", "column"),
    [
        ("  sesionAffinity: None\n", Reason.UNKNOWN, "spec.sesionAffinity", 6, 3),
        ("  publishNotReadyAddresses: 'yes'\n", Reason.TYPE, "spec.publishNotReadyAddresses", 6, 29),
        ("  type: Loadbalancer\n", Reason.VALUE, "spec.type", 6, 9),
        ("  loadBalancerSourceRanges: [10.0.0.0/8]\n", Reason.CONFLICT, "spec.loadBalancerSourceRanges", 6, 29),
        ("  selector: {'bad key!': web}\n", Reason.NAME, "spec.selector.bad key!", 6, 14),
    ],
)
def test_each_stands_where_the_server_says(change: str, reason: Reason, path: str, line: int, column: int) -> None:
    (found,) = reported(SERVICE + change)
    assert (found.reason, found.path, found.node.span.line, found.node.span.column) == (reason, path, line, column)


@pytest.mark.parametrize(
    "change",
    ["  type: ${TYPE}\n", "  type: '{{ .Values.type }}'\n", "  externalName:\n", "  sessionAffinity: ''\n", "  ${FIELD}: x\n"],
)
def test_what_is_filled_in_later_or_left_empty_is_not_judged(change: str) -> None:
    assert reported(SERVICE + change) == []


@pytest.mark.skipif(
    FOLDER is None or CORPUS is None, reason="KUBELINT_LB_APISERVER and KUBELINT_LB_CORPUS hold what schemas are made of"
)
def test_the_schemas_are_current() -> None:
    crds = f"{CORPUS}/kubernetes-sigs+gateway-api/config/crd"
    documents = [f"{FOLDER}/openapi-{version}.json" for version in ("1.34", "1.37")]
    told = subprocess.run(
        [sys.executable, "scripts/api_schemas.py", *documents, crds, "--check"], cwd=ROOT, capture_output=True, text=True
    )
    assert (told.stdout, told.returncode) == ("", 0)


@pytest.mark.skipif(FOLDER is None, reason="KUBELINT_LB_APISERVER names no folder with answers.jsonl")
def test_no_warning_but_those_of_the_server() -> None:
    assert FOLDER is not None
    newest = Version(1, 37)
    warned = [row["manifest"] for row in rows(FOLDER) if row["accepted"]["1.37"] and not row.get("warnings")]
    assert [one for one in warned if warnings(one, newest)] == []
