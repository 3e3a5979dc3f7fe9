"""Which controller serves an Ingress."""

from __future__ import annotations

import pytest

from kubelint_lb.controllers.which import ALB, KONG, NGINX, TRAEFIK, controller_of
from kubelint_lb.kube.ingress import Ingress
from tests.unit_of import thing, world_of

INGRESS = thing("networking.k8s.io/v1", "Ingress", "shop", body="spec: {ingressClassName: own}")


@pytest.mark.parametrize(
    ("controller", "expected"),
    [
        ("k8s.io/ingress-nginx", NGINX),
        ("k8s.io/ingress-nginx/internal", NGINX),  # one of several instances
        ("k8s.io/ingress-nginx-internal", None),  # another product's name
        ("ingress.k8s.aws/alb", ALB),
        ("traefik.io/ingress-controller", TRAEFIK),
        ("ingress-controllers.konghq.com/kong", KONG),
        ("example.com/own", None),
    ],
)
def test_by_the_controller_of_its_class(controller: str, expected: str | None) -> None:
    ingress_class = thing("networking.k8s.io/v1", "IngressClass", "own", body=f"spec: {{controller: {controller}}}")
    objects = world_of(INGRESS + ingress_class).objects
    (ingress,) = (view for view in objects.all("Ingress") if isinstance(view, Ingress))
    assert controller_of(ingress, objects, {}, None) == expected


@pytest.mark.parametrize("written", ["k8s.io/ingress-nginx", "k8s.io/ingress-nginx/internal", NGINX])
def test_by_configuration(written: str) -> None:
    objects = world_of(INGRESS).objects
    (ingress,) = (view for view in objects.all("Ingress") if isinstance(view, Ingress))
    assert controller_of(ingress, objects, {"own": written}, None) == NGINX
    assert controller_of(ingress, objects, {}, None) is None
