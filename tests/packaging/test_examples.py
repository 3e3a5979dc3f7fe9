"""The shop of the README: what is wrong with the broken one, and that the repaired one is clean."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

from kubelint_lb.catalogue.catalogue import load_catalogue
from tests.packaging.sandbox import REPOSITORY

# The program as a person runs it, by its module: an editable install need not be on the PATH here.
CHECK = (sys.executable, "-c", "from kubelint_lb.cli.main import main; main()", "check", "--format", "json")


def findings(shop: str, *options: str) -> list[dict[str, object]]:
    environment = {**os.environ, "NO_COLOR": "1"}
    command = [*CHECK, "--fail-on", "never", *options, f"examples/{shop}"]
    result = subprocess.run(command, cwd=REPOSITORY, env=environment, capture_output=True, text=True, check=True)
    found = json.loads(result.stdout)["findings"]
    assert isinstance(found, list)
    return found


def test_broken_shop_has_one_defect_of_each_kind() -> None:
    places = [
        (finding["rule"], str(finding["path"]).removeprefix("examples/broken-shop/k8s/"), finding["line"])
        for finding in findings("broken-shop")
    ]
    assert places == [
        ("target-port-unresolved", "cart.yaml", 45),
        ("selector-no-workload", "catalog.yaml", 41),
        ("etp-local-no-spread", "edge-proxy.yaml", 36),
        ("ingress-nginx-canary-weight-invalid", "ingress-canary.yaml", 9),
        ("ingress-nginx-canary-no-primary", "ingress-canary.yaml", 17),
        ("annotation-not-string", "ingress.yaml", 8),
        ("ingress-backend-port-not-found", "ingress.yaml", 28),
        ("ingress-duplicate-path", "ingress.yaml", 43),
        ("affinity-timeout-unbounded", "pricing.yaml", 41),
        ("route-hostname-not-served", "routes.yaml", 13),
        ("weights-not-100", "routes.yaml", 18),
        ("backend-ref-port-not-in-service", "routes.yaml", 49),
        ("backend-ref-not-permitted", "routes.yaml", 56),
        ("parent-listener-not-found", "routes.yaml", 68),
        ("itp-local-missing-endpoints", "search.yaml", 56),
        ("affinity-config-dropped", "storefront.yaml", 79),
        ("external-name-ip", "warehouse.yaml", 9),
        ("node-port-collision", "warehouse.yaml", 57),
    ]


@pytest.mark.parametrize("options", [[], ["--complete"]])
def test_fixed_shop_is_clean(options: list[str]) -> None:
    """Down to the advice that the strict profile makes warnings of."""
    assert findings("fixed-shop", *options) == []
    advice = load_catalogue().profiles["strict"].rules
    assert {str(found["rule"]) for found in findings("fixed-shop", "--severity", "info", *options)} <= set(advice)
