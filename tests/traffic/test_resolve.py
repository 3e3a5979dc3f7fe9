"""References by name: FOUND, MISSING or UNKNOWN. One test for each sentence of the contract."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from kubelint_lb.kube.route import Route
from kubelint_lb.traffic.resolve import Resolution, Resolver, State
from tests.unit_of import named, route, service, thing, world_of

GATEWAY = "gateway.networking.k8s.io/v1"


def resolve(
    files: str | Mapping[str, str],
    name: str = "shop",
    *,
    complete: bool = False,
    whole: bool = False,
    external: tuple[str, ...] = (),
) -> Resolution:
    """The answer for the first backend of an HTTPRoute."""
    world = world_of(files, complete=complete, whole=whole, external=external)
    view = named(world, "HTTPRoute", name)
    assert isinstance(view, Route)
    return world.objects.of(Resolver).resolve(view.rules[0].backend_refs[0].reference)


class TestFound:
    def test_in_the_same_file(self) -> None:
        answer = resolve(route("shop", "web") + service("web"))
        assert (answer.state, [target.name for target in answer.targets]) == (State.FOUND, ["web"])

    def test_anywhere_in_the_tree(self) -> None:
        assert resolve({"apps/shop/route.yaml": route("shop", "web"), "base/web.yaml": service("web")}).found

    def test_the_nearest_level_that_has_it_counts(self) -> None:
        answer = resolve(
            {
                "shop/route.yaml": route("shop", "web"),
                "shop/web.yaml": service("web", "here"),
                "other/web.yaml": service("web", "there"),
            }
        )
        assert [target.namespace for target in answer.targets] == ["here"]

    def test_a_tie_gives_all_definitions(self) -> None:
        answer = resolve({"route.yaml": route("shop", "web"), "dev/web.yaml": service("web"), "prod/web.yaml": service("web")})
        assert len(answer.targets) == 2

    def test_what_another_folder_has_for_itself_tells_nothing(self) -> None:
        files = {"a/route.yaml": route("shop", "web"), "b/web.yaml": service("web") + route("admin", "web")}
        answer = resolve(files)
        assert (answer.state, answer.targets) == (State.FOUND, ())

    def test_named_namespaces_say_that_the_same_object_is_meant(self) -> None:
        mine = route("shop", "web", namespace="front", to="shop")
        files = {"a/route.yaml": mine, "b/web.yaml": service("web", "shop") + route("admin", "web", namespace="shop")}
        assert len(resolve(files).targets) == 1

    def test_a_folder_above_is_no_other_example(self) -> None:
        files = {"a/b/route.yaml": route("shop", "web"), "a/web.yaml": service("web") + route("admin", "web")}
        assert len(resolve(files).targets) == 1

    def test_nearness_says_nothing_in_a_configured_unit(self) -> None:
        files = {"a/route.yaml": route("shop", "web"), "a/web.yaml": service("web"), "b/web.yaml": service("web")}
        assert len(resolve(files, whole=True).targets) == 2

    def test_an_unset_namespace_fits_a_named_one(self) -> None:
        assert resolve(route("shop", "web", namespace="shop") + service("web")).found
        assert resolve(route("shop", "web") + service("web", "shop")).found

    def test_a_flagger_canary_makes_its_services(self) -> None:
        canary = thing("flagger.app/v1beta1", "Canary", "web", body="spec: {targetRef: {kind: Deployment, name: web}}")
        for name in ("web", "web-primary", "web-canary"):
            answer = resolve(route("shop", name) + canary, complete=True)
            assert (answer.state, answer.targets) == (State.FOUND, ())

    @pytest.mark.parametrize("pattern", ["redis", "red*", "shared/redis", "*/redis"])
    def test_the_configuration_says_that_it_lives_elsewhere(self, pattern: str) -> None:
        assert resolve(route("shop", "redis", namespace="shared"), complete=True, external=(pattern,)).found

    def test_the_solver_of_certificates_comes_and_goes(self) -> None:
        assert resolve(route("shop", "cm-acme-http-solver-8x2k9"), complete=True).found

    def test_what_a_far_definition_says_is_not_believed_if_a_nearer_one_could_not_be_read(self) -> None:
        broken = "apiVersion: v1\nkind: Service\nmetadata: {name: web\n"
        answer = resolve({"a.yaml": broken + route("shop", "web"), "b.yaml": service("web")})
        assert (answer.state, answer.targets) == (State.FOUND, ())


class TestMissing:
    def test_in_a_complete_world(self) -> None:
        assert resolve(route("shop", "web"), complete=True).missing

    def test_where_a_neighbour_is_found(self) -> None:
        assert resolve(route("shop", "web", "api") + service("api")).missing

    def test_where_another_object_of_the_folder_finds_its_target(self) -> None:
        assert resolve({"a/shop.yaml": route("shop", "web"), "a/api.yaml": route("api", "api") + service("api")}).missing

    def test_the_neighbour_must_be_in_the_same_folder(self) -> None:
        files = {"a/shop.yaml": route("shop", "web"), "b/api.yaml": route("api", "api") + service("api")}
        assert resolve(files).state is State.UNKNOWN
        assert resolve(files, whole=True).missing

    def test_the_neighbour_must_be_looked_for_in_the_same_namespace(self) -> None:
        files = route("shop", "web", namespace="shop") + route("api", "api", namespace="api") + service("api", "api")
        assert resolve(files).state is State.UNKNOWN

    @pytest.mark.parametrize("namespace", ["kube-system", "kube-public", "kube-node-lease"])
    def test_neighbours_prove_nothing_in_system_namespaces(self, namespace: str) -> None:
        files = route("shop", "web", "api", namespace=namespace) + service("api", namespace)
        assert resolve(files).state is State.UNKNOWN

    def test_neighbours_prove_nothing_of_gateways(self) -> None:
        """Another team owns them as a rule."""
        world = world_of(route("shop", "web") + thing(GATEWAY, "Gateway", "internal", body="spec: {listeners: []}"))
        shop = named(world, "HTTPRoute", "shop")
        assert isinstance(shop, Route)
        assert world.objects.of(Resolver).resolve(shop.parents[0].reference).state is State.UNKNOWN

    @pytest.mark.parametrize(
        ("written", "there"),
        [
            ("web-fronted", "web-frontend"),
            ("frontend", "frontned"),
            ("api", "apo"),
            ("checkout-service", "chekout-servise"),
            ("web", "web-svc"),
            ("shop-web", "web"),
        ],
    )
    def test_a_near_miss(self, written: str, there: str) -> None:
        answer = resolve(route("shop", written) + service(there))
        assert answer.missing
        assert answer.near is not None
        assert answer.near.name == there

    def test_a_near_miss_in_the_same_folder(self) -> None:
        assert resolve({"a/shop.yaml": route("shop", "frontend"), "a/web.yaml": service("frontned")}).missing

    def test_no_near_miss_in_another_folder(self) -> None:
        files = {"a/shop.yaml": route("shop", "frontend"), "b/web.yaml": service("frontned")}
        assert resolve(files).state is State.UNKNOWN

    def test_the_same_name_in_another_named_namespace(self) -> None:
        answer = resolve(route("shop", "web", namespace="shop") + service("web", "payment"))
        assert answer.missing
        assert answer.elsewhere is not None
        assert answer.elsewhere.namespace == "payment"

    def test_another_namespace_in_another_folder_counts_in_a_whole_unit_only(self) -> None:
        files = {"a/shop.yaml": route("shop", "web", namespace="shop"), "b/web.yaml": service("web", "payment")}
        assert resolve(files).state is State.UNKNOWN
        assert resolve(files, whole=True).missing


class TestUnknown:
    """Where something unseen may hold the target; `EVIDENCE` alone would make it missing."""

    EVIDENCE = route("shop", "web", "api", namespace="shop") + service("api", "shop")

    def unknown(self, *more: str) -> bool:
        assert resolve(self.EVIDENCE).missing
        text = self.EVIDENCE + "".join(more)
        assert resolve(text, complete=True).missing, "only a complete world overrules"
        return resolve(text).state is State.UNKNOWN

    def test_without_evidence(self) -> None:
        assert resolve(route("shop", "web")).state is State.UNKNOWN

    @pytest.mark.parametrize("name", ["'{{ web }}'", "'${APP}-svc'", "WEB_SERVICE", "<service>", "__WEB__"])
    def test_a_placeholder(self, name: str) -> None:
        assert resolve(route("shop", name), complete=True).state is State.UNKNOWN

    def test_a_target_with_a_placeholder_that_may_become_the_name(self) -> None:
        assert self.unknown(service("'we${X}'", "shop"))
        assert not self.unknown(service("'${X}-svc'", "shop"))

    def test_a_helm_release_fills_the_namespace(self) -> None:
        assert self.unknown(thing("helm.toolkit.fluxcd.io/v2", "HelmRelease", "redis", "shop"))

    def test_a_helm_release_targets_the_namespace(self) -> None:
        body = "spec: {targetNamespace: shop}"
        assert self.unknown(thing("helm.toolkit.fluxcd.io/v2", "HelmRelease", "redis", "flux-system", body))

    def test_an_argo_application_targets_the_namespace(self) -> None:
        body = "spec: {destination: {namespace: shop}}"
        assert self.unknown(thing("argoproj.io/v1alpha1", "Application", "redis", "argocd", body))

    def test_a_helm_release_of_another_namespace_in_another_folder_opens_nothing(self) -> None:
        release = thing("helm.toolkit.fluxcd.io/v2", "HelmRelease", "redis", "cache")
        assert resolve({"a/shop.yaml": self.EVIDENCE, "b/redis.yaml": release}).missing

    def test_a_helm_release_without_a_namespace_opens_its_own_folder(self) -> None:
        release = thing("helm.toolkit.fluxcd.io/v2", "HelmRelease", "redis")
        assert resolve({"a/shop.yaml": self.EVIDENCE, "a/redis.yaml": release}).state is State.UNKNOWN
        assert resolve({"a/shop.yaml": self.EVIDENCE, "b/redis.yaml": release}).missing

    @pytest.mark.parametrize(
        "lines",
        [
            "resources: [shop.yaml, 'https://example.com/web.yaml']",
            "resources: [shop.yaml, 'github.com/example/web//deploy?ref=v1']",
            "resources: [shop.yaml]\nhelmCharts: [{name: web}]",
            "resources: [shop.yaml]\ngenerators: [web.yaml]",
        ],
    )
    def test_a_kustomization_of_the_folder_brings_more(self, lines: str) -> None:
        assert resolve({"a/shop.yaml": self.EVIDENCE, "a/kustomization.yaml": "resources: [shop.yaml]\n"}).missing
        assert resolve({"a/shop.yaml": self.EVIDENCE, "a/kustomization.yaml": lines + "\n"}).state is State.UNKNOWN

    def test_a_chart_of_the_folder(self) -> None:
        chart = {"a/Chart.yaml": "apiVersion: v2\nname: web\n", "a/shop.yaml": self.EVIDENCE}
        assert resolve(chart).state is State.UNKNOWN

    def test_a_manifest_of_the_folder_that_cannot_be_read(self) -> None:
        broken = "apiVersion: v1\nkind: Service\nmetadata: {name: web\n"
        assert resolve({"a/shop.yaml": self.EVIDENCE, "a/web.yaml": broken}).state is State.UNKNOWN
        assert resolve({"a/shop.yaml": self.EVIDENCE, "b/web.yaml": broken}).missing

    def test_a_template_of_the_folder(self) -> None:
        template = "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Values.name }}\n"
        assert resolve({"a/shop.yaml": self.EVIDENCE, "a/web.yaml": template}).state is State.UNKNOWN

    def test_of_several_near_ones_the_nearest_is_meant(self) -> None:
        answer = resolve(
            {"a.yaml": service("frontend", "there"), "b.yaml": route("shop", "fronted") + service("frontend", "here")}
        )
        assert answer.near is not None
        assert answer.near.namespace == "here"

    @pytest.mark.parametrize("beside", ["a/Chart.yaml", "a/broken.yaml"])
    def test_a_slip_of_letters_in_one_file_is_in_no_other(self, beside: str) -> None:
        more = {beside: "apiVersion: v1\nkind: Service\nmetadata: {name: web\n"}
        assert resolve({"a/shop.yaml": route("shop", "fronted") + service("frontend"), **more}).missing
        assert resolve({"a/shop.yaml": route("shop", "fronted"), "a/b.yaml": service("frontend"), **more}).state is State.UNKNOWN
        assert resolve({"a/shop.yaml": route("shop", "front-v1") + service("front-v2"), **more}).state is State.UNKNOWN

    def test_an_operators_resource_of_the_name_or_a_prefix_of_it(self) -> None:
        evidence = route("shop", "db-rw", "api", namespace="shop") + service("api", "shop")
        cluster = thing("postgresql.cnpg.io/v1", "Cluster", "db", "shop")
        other = thing("postgresql.cnpg.io/v1", "Cluster", "d", "shop")
        assert resolve(evidence).missing
        assert resolve(evidence + cluster).state is State.UNKNOWN
        assert resolve(evidence + other).missing

    def test_an_operators_resource_in_another_namespace_does_not_count(self) -> None:
        assert not self.unknown(thing("postgresql.cnpg.io/v1", "Cluster", "web", "billing"))

    @pytest.mark.parametrize(
        ("api_version", "kind"),
        [
            (GATEWAY, "HTTPRoute"),
            (GATEWAY, "Gateway"),
            (GATEWAY, "ReferenceGrant"),
            ("monitoring.coreos.com/v1", "ServiceMonitor"),
            ("cert-manager.io/v1", "Certificate"),
            ("keda.sh/v1alpha1", "ScaledObject"),
            ("kustomize.toolkit.fluxcd.io/v1", "Kustomization"),
            ("argoproj.io/v1alpha1", "AppProject"),
        ],
    )
    def test_kinds_that_make_no_services_prove_nothing(self, api_version: str, kind: str) -> None:
        assert not self.unknown(thing(api_version, kind, "web", "shop"))

    def test_knative_makes_services_of_its_own(self) -> None:
        assert self.unknown(thing("serving.knative.dev/v1", "Service", "hello", "shop"))


def test_identity_is_group_and_kind() -> None:
    """An object of a kind that is called Service is none that a route can mean."""
    answer = resolve(route("shop", "web") + thing("traefik.io/v1alpha1", "Service", "web"), complete=True)
    assert answer.missing


@pytest.mark.parametrize(
    ("name", "maker"),
    [
        ("web", thing("serving.knative.dev/v1", "Service", "web")),
        ("web", thing("rabbitmq.com/v1beta1", "RabbitmqCluster", "web")),
        ("web-rw", thing("postgresql.cnpg.io/v1", "Cluster", "web")),
        ("web-kafka-bootstrap", thing("kafka.strimzi.io/v1beta2", "Kafka", "web")),
    ],
    ids=["Knative", "RabbitMQ", "CloudNativePG", "Strimzi"],
)
def test_a_complete_world_has_what_controllers_make_of_it(name: str, maker: str) -> None:
    answer = resolve(route("shop", name) + maker, complete=True)
    assert (answer.found, answer.missing) == (False, False)
    assert resolve(route("shop", "other") + maker, complete=True).missing


def test_what_an_operator_calls_otherwise_is_there_in_any_world() -> None:
    """`vmsingle-main` does not begin with the name of its object."""
    maker = thing("operator.victoriametrics.com/v1beta1", "VMSingle", "main", "shop")
    text = route("shop", "vmsingle-main", "api", namespace="shop") + service("api", "shop")
    for complete in (False, True):
        assert resolve(text, complete=complete).missing
        answer = resolve(text + maker, complete=complete)
        assert (answer.found, answer.targets) == (True, ())
