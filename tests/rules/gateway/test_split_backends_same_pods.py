"""split-backends-same-pods: two Services, one selector, no split."""

from __future__ import annotations

import pytest

from tests.conftest import LintText
from tests.rules.gateway.manifests import ROLLOUT, place_of, service, split

RULE = "split-backends-same-pods"
SPLIT = split("name: web, port: 80, weight: 90", "name: web-canary, port: 80, weight: 10")
SAME = "{app: web, tier: front}"


def test_one_selector(lint_text: LintText) -> None:
    text = SPLIT + service("web", selector=SAME) + service("web-canary", selector="{tier: front, app: web}")
    (found,) = lint_text(text, select=RULE)
    assert (found.message_key, found.severity, found.place) == ("same-pods", "warning", place_of(text, "web-canary"))
    assert found.message == (
        "web and web-canary in rule 1 of HTTPRoute shop select the same pods, so the split between them moves no traffic."
    )
    assert found.related == [
        ("manifest.yaml", *place_of(text, "web,"), "the other backend of the split"),
        ("manifest.yaml", *place_of(text, SAME), "the selector of web"),
        ("manifest.yaml", *place_of(text, "{tier"), "the selector of web-canary"),
    ]


def test_the_services_may_be_in_other_files(lint_text: LintText) -> None:
    files = {
        "route.yaml": SPLIT,
        "web.yaml": service("web", selector=SAME),
        "canary.yaml": service("web-canary", selector=SAME),
    }
    (found,) = lint_text(files, select=RULE)
    assert [path for path, *_ in found.related] == ["route.yaml", "web.yaml", "canary.yaml"]


def test_another_selector(lint_text: LintText) -> None:
    text = SPLIT + service("web", selector="{app: web}") + service("web-canary", selector="{app: web, track: canary}")
    assert lint_text(text, select=RULE) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("[{port: 80, targetPort: 8080}]", "[{port: 80, targetPort: 8081}]"),
        ("[{port: 80, targetPort: http}]", "[{port: 80, targetPort: admin}]"),
        ("[{port: 80, appProtocol: http}]", "[{port: 80, appProtocol: kubernetes.io/h2c}]"),
        ("[{port: 80}]", "[{port: 81}]"),
    ],
)
def test_other_ports_of_the_same_pods(lint_text: LintText, one: str, other: str) -> None:
    text = SPLIT + service("web", selector=SAME, ports=one) + service("web-canary", selector=SAME, ports=other)
    assert lint_text(text, select=RULE) == []


@pytest.mark.parametrize("family", ["ipFamilies: [IPv6]", "ipFamilyPolicy: RequireDualStack"])
def test_a_split_between_address_families(lint_text: LintText, family: str) -> None:
    text = SPLIT + service("web", selector=SAME) + service("web-canary", selector=SAME, more=family)
    assert lint_text(text, select=RULE) == []


def test_a_backend_without_traffic_is_no_split(lint_text: LintText) -> None:
    text = split("name: web, port: 80, weight: 1", "name: web-canary, port: 80, weight: 0")
    assert lint_text(text + service("web", selector=SAME) + service("web-canary", selector=SAME), select=RULE) == []


def test_filters_of_a_backend_make_it_different(lint_text: LintText) -> None:
    filters = "filters: [{type: RequestHeaderModifier, requestHeaderModifier: {set: [{name: side, value: b}]}}]"
    text = split("name: web, port: 80", f"name: web-canary, port: 80, {filters}")
    assert lint_text(text + service("web", selector=SAME) + service("web-canary", selector=SAME), select=RULE) == []


def test_the_same_service_twice_is_another_matter(lint_text: LintText) -> None:
    text = split("name: web, port: 80", "name: web, port: 80") + service("web", selector=SAME)
    assert lint_text(text, select=RULE) == []


def test_services_without_a_selector_have_endpoints_of_their_own(lint_text: LintText) -> None:
    text = SPLIT + service("web", selector="{}") + service("web-canary", selector="{}")
    assert lint_text(text, select=RULE) == []


def test_argo_rollouts_tells_the_pods_apart_at_run_time(lint_text: LintText) -> None:
    text = SPLIT + service("web", selector=SAME) + service("web-canary", selector=SAME)
    assert lint_text(text + ROLLOUT, select=RULE) == []


def test_a_rollout_that_switches_one_of_them(lint_text: LintText) -> None:
    text = split("name: web, port: 80", "name: other, port: 80")
    text += service("web", selector=SAME) + service("other", selector=SAME)
    assert lint_text(text + ROLLOUT, select=RULE) == []


def test_alternatives_must_all_agree(lint_text: LintText) -> None:
    files = {
        "route.yaml": SPLIT,
        "a/web.yaml": service("web", selector=SAME),
        "b/web.yaml": service("web", selector="{app: web, track: stable}"),
        "canary.yaml": service("web-canary", selector=SAME),
    }
    assert lint_text(files, select=RULE) == []


def test_a_patch_may_change_the_selector(lint_text: LintText) -> None:
    files = {
        "kustomization.yaml": "resources: [route.yaml, web.yaml]\npatches: [{path: canary-label.yaml}]\n",
        "route.yaml": SPLIT,
        "web.yaml": service("web", selector=SAME) + service("web-canary", selector=SAME),
        "canary-label.yaml": service("web-canary"),
    }
    assert lint_text(files, select=RULE) == []
