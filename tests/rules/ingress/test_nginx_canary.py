"""The six rules for canaries of ingress-nginx: what the controller reads, and what it drops without a word."""

from __future__ import annotations

import pytest

from tests.conftest import LintText
from tests.rules.ingress.manifests import canary, documents, ingress, ingress_class, place_of, service

NO_RULE = "ingress-nginx-canary-no-rule"
NOT_ENABLED = "ingress-nginx-canary-not-enabled"
WEIGHT_INVALID = "ingress-nginx-canary-weight-invalid"
WEIGHT_RANGE = "ingress-nginx-canary-weight-range"
NO_PRIMARY = "ingress-nginx-canary-no-primary"
SAME_BACKEND = "ingress-nginx-canary-same-backend"
ALL = [NO_RULE, NOT_ENABLED, WEIGHT_INVALID, WEIGHT_RANGE, NO_PRIMARY, SAME_BACKEND]

PRIMARY = ingress()
ROLLOUT = """\
apiVersion: argoproj.io/v1alpha1
kind: Rollout
metadata:
  name: storefront
spec:
  strategy:
    canary:
      stableService: storefront
      canaryService: storefront-next
      trafficRouting:
        nginx:
          stableIngress: shop
"""
OWNED = "ownerReferences: [{apiVersion: argoproj.io/v1alpha1, kind: Rollout, name: storefront, uid: a}]"


def asks(annotations: dict[str, str], **others: object) -> str:
    """An Ingress beside the primary with annotations as given."""
    return ingress("shop-canary", service="storefront-next", annotations=annotations, **others)  # type: ignore[arg-type]


# --- a canary that works


@pytest.mark.parametrize(
    "text",
    [
        canary(),
        canary(weight='"0"', annotations={"canary-by-header": "X-Next"}),
        canary(weight=None, annotations={"canary-by-cookie": "next"}),
        canary(weight='"200"', annotations={"canary-weight-total": '"1000"'}),
        canary(weight='"100"'),
        canary(weight='"+5"'),
        canary(weight='"${WEIGHT}"'),
        canary(annotations={"canary": '"1"'}),
        canary(annotations={"canary": '"${CANARY}"'}),
        asks({"canary": '"false"', "canary-weight": '"0"'}, host="next.example"),
    ],
)
def test_a_canary_beside_its_primary_is_fine(lint_text: LintText, text: str) -> None:
    assert lint_text(documents(PRIMARY, text), select=ALL) == []


def test_annotations_of_another_controller_class_mean_nothing(lint_text: LintText) -> None:
    text = asks({"canary": '"true"', "canary-weight": '"20%"'}, ingress_class="traefik")
    assert lint_text(documents(PRIMARY, text), select=ALL) == []


# --- no-rule


@pytest.mark.parametrize(
    "annotations",
    [{"canary": '"true"'}, {"canary": '"t"', "canary-weight": '""'}, {"canary": '"true"', "canary-by-header-value": "next"}],
    ids=["nothing", "empty weight", "a value without its header"],
)
def test_a_canary_without_any_rule_gets_nothing(lint_text: LintText, annotations: dict[str, str]) -> None:
    text = documents(PRIMARY, asks(annotations))
    (found,) = lint_text(text, select=NO_RULE)
    assert (found.message_key, found.severity) == ("no-rule", "warning")
    assert found.place == place_of(text, annotations["canary"])
    assert found.message == ("Ingress shop-canary is a canary without weight, header or cookie: 0 % of the requests go to it.")


def test_a_written_weight_of_nothing_is_a_hint(lint_text: LintText) -> None:
    text = documents(PRIMARY, canary(weight='"0"'))
    (found,) = lint_text(text, select=NO_RULE)
    assert (found.message_key, found.severity, found.place) == ("parked", "info", place_of(text, '"0"'))


@pytest.mark.parametrize("weight", ['"20%"', '"-1"'])
def test_a_wrong_weight_belongs_to_its_own_rule(lint_text: LintText, weight: str) -> None:
    assert lint_text(documents(PRIMARY, canary(weight=weight)), select=NO_RULE) == []


@pytest.mark.parametrize(
    "text",
    [
        documents(ingress("shop-canary", annotations={"canary": '"true"', "canary-weight": '"0"'}, metadata=OWNED)),
        documents(canary("storefront-shop-canary", weight='"0"'), ROLLOUT),
        documents(canary("storefront-shop-canary", weight='"300"'), ROLLOUT),
    ],
    ids=["owner", "weight 0 by name", "weight 300 by name"],
)
def test_rollouts_move_the_weights_of_their_canaries(lint_text: LintText, text: str) -> None:
    assert lint_text(documents(PRIMARY, text), select=[NO_RULE, WEIGHT_RANGE]) == []


def test_a_patch_may_bring_the_weight(lint_text: LintText) -> None:
    files = {
        "base/ingress.yaml": documents(PRIMARY, canary(weight=None)),
        "base/kustomization.yaml": "resources: [ingress.yaml]\n",
        "prod/kustomization.yaml": "resources: [../base]\npatches: [{path: weight.yaml}]\n",
        "prod/weight.yaml": "apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {name: shop-canary}\n",
    }
    assert lint_text(files, select=ALL) == []


# --- not-enabled


def test_a_weight_without_the_switch_makes_a_second_primary(lint_text: LintText) -> None:
    text = documents(PRIMARY, asks({"canary-weight": '"10"'}))
    (found,) = lint_text(text, select=NOT_ENABLED)
    assert (found.message_key, found.severity, found.place) == ("absent", "error", place_of(text, '"10"'))
    assert found.message == (
        "Ingress shop-canary sets canary-weight but not canary: it is a second primary, and may take all requests of its paths."
    )


@pytest.mark.parametrize("suffix", ["canary-by-header", "canary-by-header-value", "canary-by-header-pattern", "canary-by-cookie"])
def test_every_rule_asks_for_the_switch(lint_text: LintText, suffix: str) -> None:
    text = documents(PRIMARY, asks({suffix: "next"}))
    (found,) = lint_text(text, select=NOT_ENABLED)
    assert (found.message_key, found.place) == ("absent", place_of(text, "next"))
    assert f"sets {suffix} but" in found.message


@pytest.mark.parametrize(
    ("switch", "key"),
    [('"false"', "disabled"), ('"0"', "disabled"), ('"yes"', "no-boolean"), ('"tRUE"', "no-boolean"), ('" true"', "no-boolean")],
)
def test_a_switch_that_is_off(lint_text: LintText, switch: str, key: str) -> None:
    text = documents(PRIMARY, asks({"canary": switch, "canary-weight": '"10"'}))
    (found,) = lint_text(text, select=NOT_ENABLED)
    assert (found.message_key, found.place) == (key, place_of(text, switch))
    assert f"canary is {switch}" in found.message
    assert found.related == [("manifest.yaml", *place_of(text, '"10"'), "this asks for canary traffic")]
    assert found.finding.fix is not None
    assert [edit.text for edit in found.finding.fix.edits] == ['"true"']
    assert found.finding.fix.safety == "unsafe"


@pytest.mark.parametrize(
    "annotations",
    [{"canary-weight": '"0"'}, {"canary-weight": '"${W}"'}, {"canary-weight": '""'}, {"canary-by-header": '""'}],
    ids=["nothing", "unknown", "empty weight", "empty header"],
)
def test_settings_that_ask_for_nothing(lint_text: LintText, annotations: dict[str, str]) -> None:
    assert lint_text(documents(PRIMARY, asks(annotations)), select=NOT_ENABLED) == []


# --- weight-invalid


@pytest.mark.parametrize(
    ("written", "replaced"),
    [
        ('"20%"', '"20"'),
        ("'20 %'", "'20'"),
        ("20%", '"20"'),
        ('"5 "', '"5"'),
        ('"0.5"', None),
        ('"1_000"', None),
        ('"ten"', None),
        ('"99999999999999999999"', None),
    ],
)
def test_a_weight_is_a_bare_whole_number(lint_text: LintText, written: str, replaced: str | None) -> None:
    text = documents(PRIMARY, canary(weight=written))
    (found,) = lint_text(text, select=WEIGHT_INVALID)
    assert (found.message_key, found.severity, found.place) == ("weight", "error", place_of(text, written))
    assert found.message == (
        f"{written} is no whole number: the controller reads a canary weight of 0, "
        "and Ingress shop-canary gets 0 % of the requests by weight."
    )
    fix = found.finding.fix
    assert (fix.edits[0].text if fix else None) == replaced


def test_a_percentage_of_another_total_is_not_the_weight(lint_text: LintText) -> None:
    text = documents(PRIMARY, canary(weight='"20%"', annotations={"canary-weight-total": '"1000"'}))
    (found,) = lint_text(text, select=WEIGHT_INVALID)
    assert found.finding.fix is None


def test_a_total_is_a_bare_whole_number_too(lint_text: LintText) -> None:
    text = documents(PRIMARY, canary(annotations={"canary-weight-total": '"1k"'}))
    (found,) = lint_text(text, select=WEIGHT_INVALID)
    assert (found.message_key, found.place) == ("total", place_of(text, '"1k"'))


def test_weights_of_what_is_no_canary_are_not_read(lint_text: LintText) -> None:
    text = documents(PRIMARY, asks({"canary": '"false"', "canary-weight": '"20%"'}))
    assert [one.rule for one in lint_text(text, select=ALL)] == [NOT_ENABLED]


# --- weight-range


def test_a_weight_above_the_total_takes_everything(lint_text: LintText) -> None:
    text = documents(PRIMARY, canary(weight='"150"'))
    (found,) = lint_text(text, select=WEIGHT_RANGE)
    assert (found.message_key, found.severity, found.place) == ("above-total", "error", place_of(text, '"150"'))
    assert found.message == (
        "The canary weight 150 is above the total of 100: "
        "100 % of the requests go to Ingress shop-canary, and none to the primary."
    )
    assert found.related == []


def test_a_written_total_is_related(lint_text: LintText) -> None:
    text = documents(PRIMARY, canary(weight='"600"', annotations={"canary-weight-total": '"500"'}))
    (found,) = lint_text(text, select=WEIGHT_RANGE)
    assert found.related == [("manifest.yaml", *place_of(text, '"500"'), "the weight is a part of this")]


def test_a_total_below_100_counts_as_100(lint_text: LintText) -> None:
    text = documents(PRIMARY, canary(weight='"50"', annotations={"canary-weight-total": '"10"'}))
    assert lint_text(text, select=WEIGHT_RANGE) == []


def test_a_negative_weight_takes_nothing(lint_text: LintText) -> None:
    text = documents(PRIMARY, canary(weight='"-1"'))
    (found,) = lint_text(text, select=WEIGHT_RANGE)
    assert (found.message_key, found.place) == ("negative", place_of(text, '"-1"'))


def test_an_unknown_total_may_be_large_enough(lint_text: LintText) -> None:
    text = documents(PRIMARY, canary(weight='"600"', annotations={"canary-weight-total": '"${TOTAL}"'}))
    assert lint_text(text, select=WEIGHT_RANGE) == []


# --- no-primary


def test_another_path_type_drops_the_canary(lint_text: LintText) -> None:
    text = documents(PRIMARY, canary(path_type="Exact"))
    (found,) = lint_text(text, select=NO_PRIMARY)
    assert (found.message_key, found.severity, found.place) == ("path-type", "error", place_of(text, "Exact"))
    assert found.message == (
        "shop.example/ is Exact here and Prefix in the primary: the controller drops the canary's upstream, "
        "and storefront-next gets no requests on any path of Ingress shop-canary."
    )
    assert found.related == [("manifest.yaml", *place_of(text, "Prefix"), "Prefix in the primary")]


def test_implementation_specific_reads_as_prefix(lint_text: LintText) -> None:
    assert lint_text(documents(PRIMARY, canary(path_type="ImplementationSpecific")), select=NO_PRIMARY) == []


def test_a_path_that_the_primary_lacks(lint_text: LintText) -> None:
    text = documents(PRIMARY, canary(path="/cart"))
    (found,) = lint_text(text, select=NO_PRIMARY)
    assert (found.message_key, found.place) == ("no-path", place_of(text, "/cart"))
    assert found.related == [("manifest.yaml", *place_of(text, "shop.example"), "the primary of this host has other paths")]


def test_a_host_that_no_primary_has(lint_text: LintText) -> None:
    text = documents(PRIMARY, canary(host="www.shop.example"))
    (found,) = lint_text(text, select=NO_PRIMARY)
    assert (found.message_key, found.place) == ("no-host", place_of(text, "www.shop.example"))


def test_a_wildcard_is_another_server(lint_text: LintText) -> None:
    text = documents(ingress(host='"*.example"'), canary())
    assert [one.message_key for one in lint_text(text, select=NO_PRIMARY)] == ["no-host"]


def test_a_default_backend_is_a_primary_of_the_root_path(lint_text: LintText) -> None:
    fallback = "spec:\n  defaultBackend: {service: {name: storefront, port: {number: 80}}}\n"
    primary = ingress(path="/api").replace("spec:\n", fallback)
    assert lint_text(documents(primary, canary()), select=NO_PRIMARY) == []
    assert [one.message_key for one in lint_text(documents(primary, canary(path="/x")), select=NO_PRIMARY)] == ["no-path"]
    assert [one.message_key for one in lint_text(documents(primary, canary(path_type="Exact")), select=NO_PRIMARY)] == ["no-path"]


def test_the_primary_may_be_in_another_namespace(lint_text: LintText) -> None:
    assert lint_text(documents(ingress(namespace="a"), canary(namespace="b")), select=NO_PRIMARY) == []


def test_a_primary_of_another_class_is_none(lint_text: LintText) -> None:
    text = documents(PRIMARY, canary(ingress_class="internal"))
    (found,) = lint_text(text, select=NO_PRIMARY)
    assert (found.message_key, found.place) == ("other-class", place_of(text, "internal"))
    assert found.related == [("manifest.yaml", *place_of(text, "nginx\n"), "the primary's class")]


def test_a_lone_canary_in_a_partial_world_may_have_its_primary_elsewhere(lint_text: LintText) -> None:
    assert lint_text(canary(), select=NO_PRIMARY) == []
    assert [one.message_key for one in lint_text(canary(), select=NO_PRIMARY, complete=True)] == ["no-host"]


def test_two_canaries_are_no_evidence_of_a_primary(lint_text: LintText) -> None:
    assert lint_text(documents(canary("a"), canary("b", path="/b")), select=NO_PRIMARY) == []


def test_a_primary_of_the_host_in_another_folder_is_evidence(lint_text: LintText) -> None:
    files = {"shop/ingress.yaml": PRIMARY, "canary/ingress.yaml": canary(path="/cart")}
    (found,) = lint_text(files, select=NO_PRIMARY)
    assert (found.path, found.message_key) == ("canary/ingress.yaml", "no-path")
    assert found.related[0][0] == "shop/ingress.yaml"


def test_a_primary_of_another_host_counts_in_the_same_folder_only(lint_text: LintText) -> None:
    files = {"shop/ingress.yaml": PRIMARY, "canary/ingress.yaml": canary(host="other.example")}
    assert lint_text(files, select=NO_PRIMARY) == []


@pytest.mark.parametrize("host", ["${HOST}", "YOUR_HOST", '"{{ host }}"'])
def test_a_host_that_is_filled_in_later_may_be_the_primarys(lint_text: LintText, host: str) -> None:
    assert lint_text(documents(PRIMARY, canary(host=host)), select=NO_PRIMARY) == []
    assert lint_text(documents(ingress(host=host), canary()), select=NO_PRIMARY) == []


def test_a_release_may_bring_the_primary(lint_text: LintText) -> None:
    release = "apiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {name: shop, namespace: shop}\n"
    text = documents(ingress(namespace="shop"), canary(namespace="shop", path="/cart"))
    assert [one.message_key for one in lint_text(text, select=NO_PRIMARY)] == ["no-path"]
    assert lint_text({"a.yaml": text, "b.yaml": release}, select=NO_PRIMARY) == []


# --- same-backend


def test_the_primarys_own_backend(lint_text: LintText) -> None:
    text = documents(PRIMARY, canary(service="storefront"))
    (found,) = lint_text(text, select=SAME_BACKEND)
    assert (found.message_key, found.severity, found.place) == ("same-backend", "error", place_of(text, "storefront", 2))
    assert found.related == [("manifest.yaml", *place_of(text, "storefront"), "the primary sends it here too")]


def test_two_services_of_the_same_pods(lint_text: LintText) -> None:
    text = documents(PRIMARY, canary(), service("storefront"), service("storefront-next"))
    (found,) = lint_text(text, select=SAME_BACKEND)
    assert (found.message_key, found.severity, found.place) == ("same-pods", "info", place_of(text, "storefront-next"))


def test_one_service_by_number_and_by_name_is_two_upstreams_of_the_same_pods(lint_text: LintText) -> None:
    text = documents(PRIMARY, canary(service="storefront", port="name: http"), service("storefront", port_name="http"))
    assert [one.message_key for one in lint_text(text, select=SAME_BACKEND)] == ["same-pods"]


@pytest.mark.parametrize(
    "others",
    [
        (service("storefront"), service("storefront-next", selector="{app: storefront, track: next}")),
        (service("storefront"), service("storefront-next", target=8081)),
        (service("storefront", selector="{}"), service("storefront-next", selector="{}")),
        (service("storefront", selector="{app: '${APP}'}"), service("storefront-next", selector="{app: '${APP}'}")),
        (service("storefront"), service("storefront-next"), ROLLOUT),
        (),
    ],
    ids=["selectors", "target ports", "no selectors", "placeholders", "switched by a Rollout", "unseen"],
)
def test_services_of_different_pods(lint_text: LintText, others: tuple[str, ...]) -> None:
    assert lint_text(documents(PRIMARY, canary(), *others), select=SAME_BACKEND) == []


def test_the_same_name_in_another_namespace_is_another_upstream(lint_text: LintText) -> None:
    text = documents(ingress(namespace="a"), canary(namespace="b", service="storefront"))
    assert lint_text(text, select=SAME_BACKEND) == []


def test_of_several_primaries_one_that_differs_is_enough(lint_text: LintText) -> None:
    files = {
        "canary.yaml": canary(service="storefront"),
        "dev/ingress.yaml": ingress(),
        "prod/ingress.yaml": ingress(service="storefront-stable"),
    }
    assert lint_text(files, select=SAME_BACKEND) == []


def test_the_class_object_tells_the_controller(lint_text: LintText) -> None:
    text = documents(PRIMARY, canary(service="storefront"), ingress_class("nginx", "nginx.org/ingress-controller"))
    assert lint_text(text, select=ALL) == []
