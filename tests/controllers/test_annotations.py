"""What controllers read from annotations."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from kubelint_lb.controllers.annotations import annotations_of
from kubelint_lb.controllers.which import ALB, CONTOUR, GKE, HAPROXY_INGRESS, HAPROXY_TECH, KONG, NGINX, NGINX_INC, TRAEFIK
from scripts.annotations import rendered

CATALOGUE = os.environ.get("KUBELINT_LB_CATALOGUE", "")


@pytest.mark.parametrize(
    ("controller", "prefix", "name"),
    [
        (NGINX, "nginx.ingress.kubernetes.io/", "canary-weight"),
        (ALB, "alb.ingress.kubernetes.io/", "scheme"),
        (TRAEFIK, "traefik.ingress.kubernetes.io/", "router.entrypoints"),
        (KONG, "konghq.com/", "strip-path"),
        (NGINX_INC, "nginx.org/", "rewrites"),
        (CONTOUR, "projectcontour.io/", "response-timeout"),
    ],
)
def test_a_controller_reads_its_own(controller: str, prefix: str, name: str) -> None:
    found = annotations_of(controller)[prefix + name]
    assert "Ingress" in found.objects or "Service" in found.objects
    assert found.source


def test_words_ranges_and_what_it_is_inert_without() -> None:
    mode = annotations_of(NGINX)["nginx.ingress.kubernetes.io/affinity-mode"]
    assert (mode.type, mode.allowed, mode.inert_without) == ("enum", ("balanced", "persistent"), ("affinity",))


@pytest.mark.parametrize("controller", [ALB, CONTOUR, GKE, HAPROXY_INGRESS, HAPROXY_TECH, KONG, NGINX, NGINX_INC, TRAEFIK])
def test_every_controller_has_some(controller: str) -> None:
    for name, one in annotations_of(controller).items():
        assert (one.name, bool(one.type), bool(one.objects), bool(one.source)) == (name, True, True, True)
    assert annotations_of("nobody's") == {}


@pytest.mark.skipif(not CATALOGUE, reason="KUBELINT_LB_CATALOGUE names no catalogue of annotations")
def test_the_data_are_what_the_catalogue_says() -> None:
    assert [path.parent.name for path, text in rendered(Path(CATALOGUE)).items() if path.read_text("utf-8") != text] == []
