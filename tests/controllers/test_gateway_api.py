"""What takes the place of ingress-nginx's annotations in the Gateway API."""

from __future__ import annotations

import pytest

from kubelint_lb.controllers.annotations import annotations_of
from kubelint_lb.controllers.nginx.gateway_api import Successor, successors
from kubelint_lb.controllers.which import NGINX


def test_every_annotation_that_the_controller_reads_has_a_row_and_no_other_has() -> None:
    read = {row.suffix for row in annotations_of(NGINX).rows.values() if not row.removed}
    assert set(successors()) == read


@pytest.mark.parametrize("name", sorted(successors()))
def test_a_feature_has_a_release_and_a_channel(name: str) -> None:
    found = successors()[name]
    assert bool(found.how) == bool(found.since) == (found.channel in {"standard", "experimental"})
    assert not found.how.endswith(".")
    assert not found.changes.endswith(".")


def test_a_feature_and_policies_beside_it() -> None:
    found = successors()["auth-url"]
    assert (found.how, found.since, found.channel) == ("the filter ExternalAuth", "1.4", "experimental")
    assert found.policies["Envoy Gateway"] == "SecurityPolicy (extAuth)"


def test_what_has_no_equal() -> None:
    assert successors()["satisfy"] == Successor("", "", "", {}, "")
