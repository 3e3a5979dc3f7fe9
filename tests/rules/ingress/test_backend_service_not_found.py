"""ingress-backend-service-not-found: a missing backend is reported on evidence only."""

from __future__ import annotations

import pytest

from tests.conftest import LintText
from tests.rules.ingress.manifests import documents, ingress, place_of, service

RULE = "ingress-backend-service-not-found"


def test_a_near_miss_points_at_the_name_and_at_the_service_meant(lint_text: LintText) -> None:
    text = documents(ingress(service="storfront"), service("storefront"))
    (found,) = lint_text(text, select=RULE)
    assert found.message_key == "near"
    assert found.severity == "error"
    assert found.place == place_of(text, "storfront")
    assert (found.end_line, found.end_column) == (found.line, found.column + len("storfront"))
    assert found.message == (
        "There is no Service storfront for shop.example/, but one called storefront: "
        "Ingress shop answers these requests with an error."
    )
    line, column = place_of(text, "storefront")
    assert found.related == [("manifest.yaml", line, column, "a Service with a similar name")]


def test_the_near_miss_may_be_in_another_file_of_the_folder(lint_text: LintText) -> None:
    (found,) = lint_text({"app/ingress.yaml": ingress(service="storfront"), "app/service.yaml": service()}, select=RULE)
    assert (found.path, found.message_key) == ("app/ingress.yaml", "near")
    assert found.related == [("app/service.yaml", 4, 9, "a Service with a similar name")]


def test_another_backend_of_the_folder_that_is_found_is_evidence(lint_text: LintText) -> None:
    text = documents(ingress("shop"), ingress("reviews", service="reviews", path="/reviews"), service())
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.place) == ("not-found", place_of(text, "reviews", 3))


def test_every_use_of_the_missing_name_is_reported(lint_text: LintText) -> None:
    text = documents(ingress("one", service="storfront"), ingress("two", service="storfront", path="/two"), service())
    assert [one.place for one in lint_text(text, select=RULE)] == [
        place_of(text, "storfront", 1),
        place_of(text, "storfront", 2),
    ]


def test_the_default_backend_counts_too(lint_text: LintText) -> None:
    text = """\
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: shop}
        spec:
          ingressClassName: nginx
          defaultBackend:
            service: {name: storfront, port: {number: 80}}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: storefront}
        spec:
          selector: {app: storefront}
          ports: [{port: 80}]
        """
    (found,) = lint_text(text, select=RULE)
    assert found.place == (7, 21)
    assert found.message.startswith("There is no Service storfront for what no rule matches")


def test_a_service_of_another_namespace_is_out_of_reach(lint_text: LintText) -> None:
    text = documents(ingress(namespace="edge"), service(namespace="shop"))
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.place) == ("other-namespace", place_of(text, "storefront"))
    assert "in namespace shop" in found.message
    line, column = place_of(text, "shop\n", 2)
    assert found.related == [("manifest.yaml", line, column, "a Service of this name in another namespace")]


def test_a_complete_world_needs_no_evidence(lint_text: LintText) -> None:
    assert lint_text(ingress(), select=RULE) == []
    (found,) = lint_text(ingress(), select=RULE, complete=True)
    assert (found.message_key, found.place) == ("not-found", (15, 23))


def test_an_unset_namespace_fits_any(lint_text: LintText) -> None:
    assert lint_text(documents(ingress(), service(namespace="shop")), select=RULE, complete=True) == []
    assert lint_text(documents(ingress(namespace="default"), service()), select=RULE, complete=True) == []


def test_the_aws_controller_takes_an_annotation_for_a_backend(lint_text: LintText) -> None:
    text = ingress(
        service="ssl-redirect",
        port="name: use-annotation",
        ingress_class="alb",
        annotations={"alb.ingress.kubernetes.io/actions.ssl-redirect": "'{}'"},
    )
    assert lint_text(text, select=RULE, complete=True) == []


def test_a_resource_backend_is_no_service(lint_text: LintText) -> None:
    text = """\
        apiVersion: networking.k8s.io/v1
        kind: Ingress
        metadata: {name: shop}
        spec:
          ingressClassName: nginx
          defaultBackend:
            resource: {apiGroup: k8s.example, kind: StorageBucket, name: static}
        """
    assert lint_text(text, select=RULE, complete=True) == []


@pytest.mark.parametrize("name", ["${APP}", "{{ app }}-web", "<service>", "YOUR_SERVICE", "cm-acme-http-solver-abc12"])
def test_names_filled_in_later_or_made_at_run_time_are_silent(lint_text: LintText, name: str) -> None:
    assert lint_text(documents(ingress(service=f'"{name}"'), service()), select=RULE) == []


def test_a_release_that_fills_the_namespace_may_bring_the_service(lint_text: LintText) -> None:
    release = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata:\n  name: shop\n  namespace: shop\n"
    files = {"ingress.yaml": ingress(service="storfront", namespace="shop"), "service.yaml": service(namespace="shop")}
    assert [one.message_key for one in lint_text(files, select=RULE)] == ["near"]
    assert lint_text(files | {"release.yaml": release}, select=RULE) == []


def test_flagger_makes_the_services_of_its_canary(lint_text: LintText) -> None:
    made = (
        "apiVersion: flagger.app/v1beta1\nkind: Canary\nmetadata:\n  name: storefront\nspec:\n"
        "  targetRef: {apiVersion: apps/v1, kind: Deployment, name: storefront}\n  service: {port: 80}\n"
    )
    assert lint_text(documents(ingress(service="storefront-primary"), made), select=RULE, complete=True) == []


def test_what_the_configuration_calls_external_is_not_missing(lint_text: LintText) -> None:
    text = documents(ingress(service="storfront"), service())
    assert lint_text(text, select=RULE, external=("storf*",)) == []


def test_the_removed_form_of_a_backend_is_read_too(lint_text: LintText) -> None:
    text = """\
        apiVersion: extensions/v1beta1
        kind: Ingress
        metadata: {name: shop}
        spec:
          backend: {serviceName: nobody, servicePort: 80}
          rules:
            - http:
                paths:
                  - path: /
                    backend: {serviceName: storfront, servicePort: 80}
        ---
        apiVersion: v1
        kind: Service
        metadata: {name: storefront}
        spec:
          selector: {app: storefront}
          ports: [{port: 80}]
        """
    assert [(one.message_key, one.place) for one in lint_text(text, select=RULE)] == [("near", (10, 36))]
