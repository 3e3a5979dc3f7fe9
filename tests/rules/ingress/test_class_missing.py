"""ingress-class-missing: a warning where the classes are known, else a hint."""

from __future__ import annotations

import pytest

from tests.conftest import LintText
from tests.rules.ingress.manifests import documents, ingress, ingress_class, place_of

RULE = "ingress-class-missing"
UNCLASSED = ingress(ingress_class=None)


def test_a_partial_world_gets_a_hint_at_the_spec(lint_text: LintText) -> None:
    (found,) = lint_text(UNCLASSED, select=RULE)
    assert (found.message_key, found.severity, found.place) == ("no-class", "info", place_of(UNCLASSED, "spec"))
    assert found.message.startswith("Ingress shop names no class: it is served only where")


def test_a_plain_folder_with_a_class_is_still_partial(lint_text: LintText) -> None:
    (found,) = lint_text(documents(UNCLASSED, ingress_class()), select=RULE)
    assert (found.message_key, found.severity) == ("no-class", "info")


def test_a_complete_world_gets_a_warning(lint_text: LintText) -> None:
    for text in (UNCLASSED, documents(UNCLASSED, ingress_class())):
        (found,) = lint_text(text, select=RULE, complete=True)
        assert (found.message_key, found.severity, found.place) == ("no-default", "warning", place_of(text, "spec"))


@pytest.mark.parametrize("complete", [True, False])
def test_a_default_class_serves_it(lint_text: LintText, complete: bool) -> None:
    text = documents(UNCLASSED, ingress_class(default='"true"'))
    assert lint_text(text, select=RULE, complete=complete) == []


def test_only_the_exact_word_true_makes_a_default(lint_text: LintText) -> None:
    text = documents(UNCLASSED, ingress_class(default='"True"'))
    assert [one.message_key for one in lint_text(text, select=RULE, complete=True)] == ["no-default"]


def test_two_default_classes_serve_it_too(lint_text: LintText) -> None:
    text = documents(UNCLASSED, ingress_class(default='"true"'), ingress_class("alb", "ingress.k8s.aws/alb", default='"true"'))
    assert lint_text(text, select=RULE, complete=True) == []


def test_the_configured_default_class_serves_it(lint_text: LintText) -> None:
    assert lint_text(UNCLASSED, select=RULE, complete=True, default_ingress_class="nginx") == []


@pytest.mark.parametrize(
    "text",
    [
        ingress(),
        ingress(ingress_class='""'),
        ingress(ingress_class="${CLASS}"),
        ingress(ingress_class=None, annotations={"kubernetes.io/ingress.class": "nginx"}),
    ],
    ids=["field", "empty field", "placeholder", "annotation"],
)
def test_a_class_that_is_said_is_fine(lint_text: LintText, text: str) -> None:
    assert lint_text(text, select=RULE, complete=True) == []


@pytest.mark.parametrize(
    "annotation",
    [
        "kubernetes.io/ingress.global-static-ip-name",
        "kubernetes.io/ingress.regional-static-ip-name",
        "kubernetes.io/ingress.allow-http",
        "networking.gke.io/managed-certificates",
        "networking.gke.io/v1beta1.FrontendConfig",
        "ingress.gcp.kubernetes.io/pre-shared-cert",
    ],
)
def test_gke_serves_ingresses_without_a_class(lint_text: LintText, annotation: str) -> None:
    text = ingress(ingress_class=None, annotations={annotation: "shop"})
    assert lint_text(text, select=RULE, complete=True) == []


def test_solvers_of_certificate_challenges_come_and_go(lint_text: LintText) -> None:
    text = ingress(ingress_class=None, metadata='labels: {acme.cert-manager.io/http01-solver: "true"}')
    assert lint_text(text, select=RULE, complete=True) == []


def test_a_patch_may_set_the_class(lint_text: LintText) -> None:
    files = {
        "base/ingress.yaml": UNCLASSED,
        "base/kustomization.yaml": "resources: [ingress.yaml]\n",
        "prod/kustomization.yaml": "resources: [../base]\npatches: [{path: class.yaml}]\n",
        "prod/class.yaml": ingress(),
    }
    assert lint_text(files, select=RULE) == []
