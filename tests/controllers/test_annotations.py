"""What controllers read from annotations, row by row."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from kubelint_lb.controllers.annotations import Annotation, Effect, annotations_of
from kubelint_lb.controllers.values import wanted
from kubelint_lb.controllers.which import ALB, CONTOUR, GKE, HAPROXY_INGRESS, HAPROXY_TECH, KONG, NGINX, NGINX_INC, TRAEFIK
from scripts.annotations import rendered

CATALOGUE = os.environ.get("KUBELINT_LB_CATALOGUE", "")
CONTROLLERS = (ALB, CONTOUR, GKE, HAPROXY_INGRESS, HAPROXY_TECH, KONG, NGINX, NGINX_INC, TRAEFIK)
ROWS = [(controller, row) for controller in CONTROLLERS for row in annotations_of(controller).rows.values()]


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
    found = annotations_of(controller).find(prefix + name)
    assert found is not None
    assert "Ingress" in found.objects or "Service" in found.objects
    assert found.source


@pytest.mark.parametrize(
    ("controller", "written", "row"),
    [
        (ALB, "alb.ingress.kubernetes.io/actions.web", "actions.${action-name}"),
        (ALB, "alb.ingress.kubernetes.io/target-control-port.web.80", "target-control-port.${serviceName}.${servicePort}"),
        (TRAEFIK, "traefik.ingress.kubernetes.io/Router.EntryPoints", "router.entrypoints"),
        (TRAEFIK, "traefik.ingress.kubernetes.io/router.tls.domains.0.main", "router.tls.domains.n.main"),
        (TRAEFIK, "traefik.ingress.kubernetes.io/router.tls.domains[0].main", "router.tls.domains.n.main"),
        (HAPROXY_INGRESS, "ingress.kubernetes.io/http-response-404", "http-response-<code>"),
        (HAPROXY_TECH, "haproxy.com/timeout-server", "timeout-server"),
        (KONG, "konghq.com/headers.x-version", "headers.${name}"),
    ],
)
def test_a_name_that_users_make(controller: str, written: str, row: str) -> None:
    found = annotations_of(controller).find(written)
    assert found is not None
    assert found.suffix == row


@pytest.mark.parametrize(
    ("controller", "written"),
    [
        (NGINX, "nginx.ingress.kubernetes.io/Canary"),
        (TRAEFIK, "traefik.ingress.kubernetes.io/router.tls.domain"),
        (ALB, "alb.ingress.kubernetes.io/actions"),
        ("nobody's", "nginx.ingress.kubernetes.io/canary"),
    ],
)
def test_a_name_that_nobody_reads(controller: str, written: str) -> None:
    assert annotations_of(controller).find(written) is None


def test_words_ranges_and_what_it_needs() -> None:
    mode = annotations_of(NGINX).rows["nginx.ingress.kubernetes.io/affinity-mode"]
    assert (mode.type, mode.allowed, mode.needs) == ("enum", ("balanced", "persistent"), ("affinity",))


@pytest.mark.parametrize(
    ("controller", "name", "effect"),
    [
        (NGINX, "nginx.ingress.kubernetes.io/auth-type", Effect.REFUSED),
        (NGINX, "nginx.ingress.kubernetes.io/auth-tls-secret", Effect.DENIED),
        (NGINX, "nginx.ingress.kubernetes.io/auth-always-set-cookie", Effect.UNPROTECTED),
        (NGINX, "nginx.ingress.kubernetes.io/ssl-redirect", Effect.IGNORED),
        (NGINX_INC, "nginx.org/keepalive", Effect.REFUSED),
        (ALB, "alb.ingress.kubernetes.io/scheme", Effect.GROUP_STOPS),
        (TRAEFIK, "traefik.ingress.kubernetes.io/router.priority", Effect.SKIPPED),
        (KONG, "konghq.com/retries", Effect.IGNORED),
    ],
)
def test_what_becomes_of_a_value_that_cannot_be_read(controller: str, name: str, effect: Effect) -> None:
    assert annotations_of(controller).rows[name].effect is effect


@pytest.mark.parametrize(("controller", "row"), ROWS, ids=lambda one: one.name if isinstance(one, Annotation) else one)
def test_every_row_is_found_by_its_name(controller: str, row: Annotation) -> None:
    written = re.sub(r"\$\{[^}]+\}|<\w+>", "x", row.name)
    assert annotations_of(controller).find(written) == row
    assert row.type
    assert row.objects
    assert row.source


@pytest.mark.parametrize(("controller", "row"), ROWS, ids=lambda one: one.name if isinstance(one, Annotation) else one)
def test_every_word_that_a_row_allows_is_read_and_another_is_not(controller: str, row: Annotation) -> None:
    for word in row.allowed if not any("<" in word for word in row.allowed) else ():
        assert wanted(controller, row, word) is None
    if row.type in {"bool", "enum"} and row.allowed and wanted(controller, row, "kubelint%nonsense") is None:
        # Words with arguments, which rules of their own read.
        assert row.suffix in {"lb-method", "secure-sni", "ingress.class"}


@pytest.mark.parametrize(
    ("controller", "name", "value", "words"),
    [
        (NGINX, "nginx.ingress.kubernetes.io/ssl-redirect", "yes", "true or false"),
        (NGINX, "nginx.ingress.kubernetes.io/limit-rps", "0", "a whole number from 1"),
        (NGINX, "nginx.ingress.kubernetes.io/permanent-redirect-code", "418", "a whole number from 300 to 308"),
        (NGINX, "nginx.ingress.kubernetes.io/proxy-body-size", "10mb", "a size (`8k`, `1m`)"),
        (NGINX, "nginx.ingress.kubernetes.io/affinity", "Cookie", "one of cookie"),
        (NGINX, "nginx.ingress.kubernetes.io/denylist-source-range", "10.0.0.0/8;10.1.0.1", "addresses or networks, with commas"),
        (NGINX, "nginx.ingress.kubernetes.io/cors-allow-methods", "GET;PUT", "other characters"),
        (NGINX, "nginx.ingress.kubernetes.io/server-alias", "www.shop.example;b.example", "other characters"),
        (NGINX_INC, "nginx.org/proxy-read-timeout", "fast", "a time (`30s`)"),
        (NGINX_INC, "nginx.org/proxy-buffer-size", "8kb", "a size (`8k`, `1m`)"),
        (HAPROXY_TECH, "haproxy.org/timeout-server", "1 minute", "a time (`30s`)"),
        (HAPROXY_TECH, "haproxy.org/check", "yes", "true or false"),
        (CONTOUR, "projectcontour.io/response-timeout", "30", "a time (`30s`), or infinity"),
        (KONG, "konghq.com/strip-path", "yes", "true or false"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_read(controller: str, name: str, value: str, words: str) -> None:
    row = annotations_of(controller).find(name)
    assert row is not None
    assert wanted(controller, row, value) == words


@pytest.mark.parametrize(
    ("controller", "name", "value"),
    [
        (NGINX, "nginx.ingress.kubernetes.io/ssl-redirect", ""),
        (NGINX, "nginx.ingress.kubernetes.io/backend-protocol", "https"),
        (NGINX, "nginx.ingress.kubernetes.io/whitelist-source-range", "10.0.0.0/8, 192.168.0.1,2001:db8::/32"),
        (NGINX, "nginx.ingress.kubernetes.io/cors-allow-methods", "GET, PUT, POST"),
        (NGINX, "nginx.ingress.kubernetes.io/cors-allow-origin", "https://*.shop.example:8443, http://localhost"),
        (NGINX, "nginx.ingress.kubernetes.io/cors-allow-origin", "*"),
        (NGINX, "nginx.ingress.kubernetes.io/proxy-body-size", "8 m"),
        (NGINX, "nginx.ingress.kubernetes.io/server-alias", "www.shop.example, *.shop.example"),
        (NGINX, "nginx.ingress.kubernetes.io/proxy-next-upstream", "error timeout http_503"),
        (NGINX, "nginx.ingress.kubernetes.io/auth-response-headers", "X-Auth-User, X-Auth-Email"),
        (NGINX, "nginx.ingress.kubernetes.io/custom-http-errors", "404,503"),
        (NGINX, "nginx.ingress.kubernetes.io/proxy-cookie-path", "/one/ /"),
        (NGINX, "nginx.ingress.kubernetes.io/auth-url", "http://$host/oauth2/auth?x=$escaped_request_uri"),
        (NGINX, "nginx.ingress.kubernetes.io/session-cookie-expires", "172800"),
        (NGINX, "nginx.ingress.kubernetes.io/auth-tls-secret", "shop/clients"),
        (NGINX_INC, "nginx.org/proxy-read-timeout", "1m 30s"),
        (HAPROXY_TECH, "haproxy.org/check", "enabled"),
        (CONTOUR, "projectcontour.io/response-timeout", "infinity"),
        (KONG, "konghq.com/strip-path", "True"),
    ],
)
def test_a_value_that_is_read(controller: str, name: str, value: str) -> None:
    row = annotations_of(controller).find(name)
    assert row is not None
    assert wanted(controller, row, value) is None


@pytest.mark.parametrize("name", ["cors-allow-methods", "cors-allow-origin", "cors-expose-headers"])
def test_a_long_value_takes_no_time(name: str) -> None:
    row = annotations_of(NGINX).rows[f"nginx.ingress.kubernetes.io/{name}"]
    assert wanted(NGINX, row, "a" * 5_000 + "!") == "other characters"


@pytest.mark.skipif(not CATALOGUE, reason="KUBELINT_LB_CATALOGUE names no catalogue of annotations")
def test_the_data_are_what_the_catalogue_says() -> None:
    assert [path.parent.name for path, text in rendered(Path(CATALOGUE)).items() if path.read_text("utf-8") != text] == []
