"""ingress-backend-port-not-found: a backend's port is one of the Service's ports."""

from __future__ import annotations

import pytest

from tests.conftest import LintText
from tests.rules.ingress.manifests import documents, ingress, place_of, service

RULE = "ingress-backend-port-not-found"


def test_a_number_that_no_port_has(lint_text: LintText) -> None:
    text = documents(ingress(port="number: 9999"), service(port_name="http"))
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.severity, found.place) == ("not-found", "error", place_of(text, "9999"))
    assert found.message == (
        "Ingress shop sends shop.example/ to port 9999 of Service storefront, which has port 80 (http): "
        "these requests get an error."
    )
    assert found.related == [("manifest.yaml", *place_of(text, "ports:"), "the Service has port 80 (http)")]


def test_an_unnamed_port_of_the_service_hides_no_wrong_number(lint_text: LintText) -> None:
    text = documents(ingress(port="number: 9999"), service(port=80))
    assert [one.place for one in lint_text(text, select=RULE)] == [place_of(text, "9999")]


def test_a_name_that_no_port_has(lint_text: LintText) -> None:
    text = documents(ingress(port="name: https"), service(port_name="http"))
    assert [(one.message_key, one.place) for one in lint_text(text, select=RULE)] == [("not-found", place_of(text, "https"))]


def test_a_number_written_as_a_name(lint_text: LintText) -> None:
    text = documents(ingress(port='name: "80"'), service())
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.severity, found.place) == ("number-as-name", "error", place_of(text, '"80"'))


@pytest.mark.parametrize(
    ("ingress_class", "annotations", "key", "severity"),
    [
        ("nginx", {}, "target-port-nginx", "warning"),
        ("nginx", {"proxy-body-size": "8m"}, "target-port-nginx", "warning"),
        ("nginx", {"service-upstream": '"true"'}, "target-port", "error"),
        ("traefik", {}, "target-port", "error"),
        ("alb", {}, "target-port", "error"),
    ],
)
def test_the_pods_port_works_on_ingress_nginx_only(
    lint_text: LintText, ingress_class: str, annotations: dict[str, str], key: str, severity: str
) -> None:
    text = documents(ingress(port="number: 8080", ingress_class=ingress_class, annotations=annotations), service(target=8080))
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.severity, found.place) == (key, severity, place_of(text, "8080"))


@pytest.mark.parametrize("port", ["number: 80", "name: http"])
def test_a_port_of_the_service_is_fine(lint_text: LintText, port: str) -> None:
    assert lint_text(documents(ingress(port=port), service(port_name="http", target=8080)), select=RULE) == []


@pytest.mark.parametrize("port", ["number: ${PORT}", 'name: "{{ port }}"', "name: PORT_NAME", "number: 0", "{}"])
def test_ports_that_are_not_settled_are_silent(lint_text: LintText, port: str) -> None:
    assert lint_text(documents(ingress(port=port), service(port_name="http")), select=RULE) == []


def test_a_placeholder_in_the_services_ports_may_become_any_number(lint_text: LintText) -> None:
    text = documents(ingress(port="number: 8080"), service().replace("port: 80", "port: ${PORT}"))
    assert lint_text(text, select=RULE) == []


def test_an_external_name_has_whatever_ports_its_host_has(lint_text: LintText) -> None:
    head = "apiVersion: v1\nkind: Service\nmetadata:\n  name: storefront\n"
    external = f"{head}spec:\n  type: ExternalName\n  externalName: a.example\n"
    assert lint_text(documents(ingress(), external), select=RULE) == []


def test_one_of_two_alternatives_that_fits_is_enough(lint_text: LintText) -> None:
    files = {
        "ingress.yaml": ingress(port="number: 81"),
        "dev/service.yaml": service(port=80),
        "prod/service.yaml": service(port=81),
    }
    assert lint_text(files, select=RULE) == []
    files["prod/service.yaml"] = service(port=82)
    assert [one.message_key for one in lint_text(files, select=RULE)] == ["not-found"]


def test_a_service_that_a_kustomization_patches_may_get_the_port(lint_text: LintText) -> None:
    files = {
        "base/ingress.yaml": ingress(port="number: 81"),
        "base/service.yaml": service(),
        "base/kustomization.yaml": "resources: [ingress.yaml, service.yaml]\n",
        "prod/kustomization.yaml": "resources: [../base]\npatches: [{path: port.yaml}]\n",
        "prod/port.yaml": "apiVersion: v1\nkind: Service\nmetadata: {name: storefront}\nspec: {ports: [{port: 81}]}\n",
    }
    assert lint_text(files, select=RULE) == []


def test_an_action_of_the_aws_controller_is_no_port(lint_text: LintText) -> None:
    text = documents(ingress(port="name: use-annotation", ingress_class="alb"), service())
    assert lint_text(text, select=RULE) == []


def test_a_service_found_nowhere_is_another_rules_business(lint_text: LintText) -> None:
    assert lint_text(ingress(port="number: 9999"), select=RULE, complete=True) == []
