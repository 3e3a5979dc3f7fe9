"""ingress-duplicate-path: one host, path and type leads to one backend."""

from __future__ import annotations

import pytest

from tests.conftest import LintText
from tests.rules.ingress.manifests import canary, documents, ingress, ingress_class, place_of, service

RULE = "ingress-duplicate-path"


def two_paths(first: str, second: str, *, metadata: str = "name: shop", ingress_class: str = "nginx") -> str:
    return f"""\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {{{metadata}}}
spec:
  ingressClassName: {ingress_class}
  rules:
    - host: shop.example
      http:
        paths:
          - {first}
          - {second}
"""


def path(where: str, service: str, kind: str = "Prefix", port: str = "number: 80") -> str:
    return f"{{path: {where}, pathType: {kind}, backend: {{service: {{name: {service}, port: {{{port}}}}}}}}}"


def test_two_backends_in_one_ingress(lint_text: LintText) -> None:
    text = two_paths(path("/api", "catalog"), path("/api", "orders"))
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.severity, found.place) == ("same-ingress", "error", place_of(text, "/api", 2))
    assert found.message == (
        "Ingress shop sends shop.example/api to catalog:80 and to orders:80: only one of the two gets the requests."
    )
    assert found.related == [("manifest.yaml", *place_of(text, "/api"), "the same path")]


def test_the_same_backend_twice_does_no_harm_but_is_dead(lint_text: LintText) -> None:
    text = two_paths(path("/api", "catalog"), path("/api", "catalog"))
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.severity, found.place) == ("same-ingress-equal", "warning", place_of(text, "/api", 2))


def test_three_entries_make_two_findings_both_related_to_the_first(lint_text: LintText) -> None:
    text = two_paths(path("/api", "a"), path("/api", "b") + "\n          - " + path("/api", "c"))
    found = lint_text(text, select=RULE)
    assert [one.place for one in found] == [place_of(text, "/api", 2), place_of(text, "/api", 3)]
    assert {one.related[0][1:3] for one in found} == {place_of(text, "/api")}


def test_an_entry_without_a_path_points_at_its_type(lint_text: LintText) -> None:
    entry = "{pathType: ImplementationSpecific, backend: {service: {name: %s, port: {number: 80}}}}"
    text = two_paths(entry % "a", entry % "b")
    (found,) = lint_text(text, select=RULE)
    assert found.place == place_of(text, "ImplementationSpecific", 2)


def test_path_types_are_two_locations(lint_text: LintText) -> None:
    assert lint_text(two_paths(path("/api", "a", "Exact"), path("/api", "b")), select=RULE) == []


def test_implementation_specific_is_a_prefix_to_ingress_nginx_alone(lint_text: LintText) -> None:
    text = two_paths(path("/api", "a", "ImplementationSpecific"), path("/api", "b"))
    assert lint_text(text, select=RULE) == []
    assert [one.message_key for one in lint_text(documents(text, ingress_class()), select=RULE)] == ["same-ingress"]


def test_placeholders_that_read_the_same_are_the_same(lint_text: LintText) -> None:
    same = two_paths(path('"/${A}"', "a"), path('"/${A}"', "b"))
    other = two_paths(path('"/${A}"', "a"), path('"/${B}"', "b"))
    assert [one.message_key for one in lint_text(same, select=RULE)] == ["same-ingress"]
    assert lint_text(other, select=RULE) == []


def test_two_unknown_hosts_are_no_duplicates(lint_text: LintText) -> None:
    files = documents(ingress("a", host="${HOST_A}"), ingress("b", host="${HOST_B}", service="b"), ingress_class())
    assert lint_text(files, select=RULE) == []


def test_actions_and_conditions_of_the_aws_controller_tell_entries_apart(lint_text: LintText) -> None:
    action = two_paths(path("/api", "redirect", port="name: use-annotation"), path("/api", "catalog"), ingress_class="alb")
    assert lint_text(action, select=RULE) == []
    condition = two_paths(
        path("/api", "next"),
        path("/api", "catalog"),
        ingress_class="alb",
        metadata="name: shop, annotations: {alb.ingress.kubernetes.io/conditions.next: '[]'}",
    )
    assert lint_text(condition, select=RULE) == []


@pytest.mark.parametrize(
    ("annotation", "ingress_class", "apart"),
    [
        ("traefik.ingress.kubernetes.io/service-weights: 'next: 10%, catalog: 90%'", "traefik", True),
        ("traefik.ingress.kubernetes.io/somewhat.next: 'true'", "traefik", True),
        ("konghq.com/shares: '{\"catalog\": 1}'", "kong", True),
        ("traefik.ingress.kubernetes.io/router.entrypoints: web", "traefik", False),
        ("traefik.ingress.kubernetes.io/service-weights: 'next-door: 10%'", "traefik", False),
        ("example.com/team: catalog", "traefik", False),
        ("nginx.ingress.kubernetes.io/default-backend: next", "nginx", False),
    ],
)
def test_an_annotation_about_a_service_may_tell_its_entries_apart(
    lint_text: LintText, annotation: str, ingress_class: str, apart: bool
) -> None:
    metadata = f"name: shop, annotations: {{{annotation}}}"
    text = two_paths(path("/api", "next"), path("/api", "catalog"), ingress_class=ingress_class, metadata=metadata)
    assert [found.message_key for found in lint_text(text, select=RULE)] == ([] if apart else ["same-ingress"])


def test_conditions_on_haproxys_services_tell_entries_apart(lint_text: LintText) -> None:
    text = two_paths(path("/api", "next"), path("/api", "catalog"), ingress_class="haproxy")
    rule = "  annotations: {haproxy.org/route-acl: cookie(next) -m found}\n"
    acl = service("next").replace("  name: next\n", f"  name: next\n{rule}")
    assert [one.message_key for one in lint_text(documents(text, service("next")), select=RULE)] == ["same-ingress"]
    assert lint_text(documents(text, acl), select=RULE) == []


NGINX = {"proxy-body-size": "8m"}  # says that ingress-nginx serves it


def test_two_ingresses_of_one_controller(lint_text: LintText) -> None:
    files = {"a.yaml": ingress("a", annotations=NGINX), "b.yaml": ingress("b", service="other", annotations=NGINX)}
    (found,) = lint_text(files, select=RULE)
    assert (found.path, found.message_key, found.severity) == ("b.yaml", "other-ingress", "error")
    assert found.place == place_of(files["b.yaml"], "/\n")
    assert found.related == [("a.yaml", *place_of(files["a.yaml"], "/\n"), "the same path")]
    assert "but Ingress a sends it to storefront:80" in found.message


def test_two_ingresses_with_the_same_backend(lint_text: LintText) -> None:
    text = documents(ingress("a", annotations=NGINX), ingress("b", annotations=NGINX))
    assert [(one.message_key, one.severity) for one in lint_text(text, select=RULE)] == [("other-ingress-equal", "warning")]


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (ingress("a"), ingress("b", service="b")),
        (ingress("a", ingress_class="alb"), ingress("b", ingress_class="alb", service="b")),
        (ingress("a", ingress_class="gce"), ingress("b", ingress_class="gce", service="b")),
        (ingress("a", annotations=NGINX), ingress("b", ingress_class="internal", annotations=NGINX, service="b")),
        (ingress("a", namespace="a", annotations=NGINX), ingress("b", namespace="b", annotations=NGINX, service="b")),
        (ingress("a", annotations=NGINX), ingress("b", host="www.shop.example", annotations=NGINX, service="b")),
        (ingress("a", annotations=NGINX), canary("b")),
        (ingress("a", annotations=NGINX), ingress("b", annotations={"canary": '"${ON}"'}, service="b")),
        (
            ingress("a", ingress_class="traefik", annotations={"traefik.ingress.kubernetes.io/router.entrypoints": "web"}),
            ingress("b", ingress_class="traefik", annotations={"traefik.ingress.kubernetes.io/router.entrypoints": "websecure"}),
        ),
        (
            ingress("a", ingress_class="kong", annotations={"konghq.com/methods": "GET"}),
            ingress("b", ingress_class="kong", annotations={"konghq.com/methods": "POST"}, service="b"),
        ),
        (
            ingress("a", annotations=NGINX),
            ingress("b", annotations=NGINX, metadata='labels: {acme.cert-manager.io/http01-solver: "true"}'),
        ),
    ],
    ids=[
        "unknown controller",
        "a load balancer each (AWS)",
        "a load balancer each (GKE)",
        "two classes",
        "two namespaces",
        "two hosts",
        "a canary",
        "perhaps a canary",
        "entry points",
        "methods",
        "certificate challenge",
    ],
)
def test_ingresses_that_share_no_path(lint_text: LintText, left: str, right: str) -> None:
    assert lint_text(documents(left, right), select=RULE) == []


def test_other_folders_are_other_deployments(lint_text: LintText) -> None:
    files = {
        "dev/a.yaml": ingress("a", annotations=NGINX),
        "prod/b.yaml": ingress("b", service="other", annotations=NGINX),
    }
    assert lint_text(files, select=RULE) == []
    assert [one.message_key for one in lint_text(files, select=RULE, complete=True)] == ["other-ingress"]


def test_files_of_a_folder_that_define_one_object_twice_are_alternatives(lint_text: LintText) -> None:
    files = {
        "kind.yaml": documents(ingress("a", annotations=NGINX), service()),
        "minikube.yaml": documents(ingress("b", annotations=NGINX, service="other"), service()),
    }
    assert lint_text(files, select=RULE) == []


def test_a_canary_that_is_not_switched_on_is_reported_as_that(lint_text: LintText) -> None:
    text = documents(ingress("a", annotations=NGINX), ingress("b", service="b", annotations={"canary-weight": '"10"'}))
    assert lint_text(text, select=RULE) == []
