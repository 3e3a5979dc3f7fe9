"""Go's booleans and integers, and how far a primary has a canary's location."""

from __future__ import annotations

import pytest

from kubelint_lb.controllers.go import go_bool, go_int
from kubelint_lb.controllers.nginx.canary import Canary, CanaryLocation, find_primary_path, upstream
from kubelint_lb.kube.ingress import Ingress
from kubelint_lb.kube.manifest import manifests_of
from kubelint_lb.source.parse import parse_text


@pytest.mark.parametrize("word", ["1", "t", "T", "TRUE", "true", "True"])
def test_true_to_go(word: str) -> None:
    assert go_bool(word) is True


@pytest.mark.parametrize("word", ["0", "f", "F", "FALSE", "false", "False"])
def test_false_to_go(word: str) -> None:
    assert go_bool(word) is False


@pytest.mark.parametrize("word", ["", "yes", "on", "y", "tRUE", " true", "2"])
def test_no_boolean_to_go(word: str) -> None:
    assert go_bool(word) is None


@pytest.mark.parametrize(("word", "number"), [("0", 0), ("+5", 5), ("-5", -5), ("007", 7), (str(2**63 - 1), 2**63 - 1)])
def test_integers_to_go(word: str, number: int) -> None:
    assert go_int(word) == number


@pytest.mark.parametrize("word", ["", "5 ", " 5", "5%", "0.5", "1_000", "0x10", "1e3", "--5", "٣", str(2**63), "9" * 5000])
def test_no_integers_to_go(word: str) -> None:
    assert go_int(word) is None


def read(spec: str, annotations: str = "{}") -> Ingress:
    text = f"apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {{name: a, annotations: {annotations}}}\nspec: {spec}\n"
    (document,) = parse_text(text, "a.yaml")
    (manifest,) = manifests_of(document)
    return Ingress(manifest)


def one_path(host: str = "a.example", path: str = "/", kind: str = "Prefix", port: str = "{number: 80}") -> str:
    backend = f"{{service: {{name: web, port: {port}}}}}"
    return f"{{rules: [{{host: '{host}', http: {{paths: [{{path: '{path}', pathType: {kind}, backend: {backend}}}]}}}}]}}"


@pytest.mark.parametrize(
    ("primary", "location"),
    [
        (one_path(), CanaryLocation.SAME),
        (one_path(kind="ImplementationSpecific"), CanaryLocation.SAME),
        (one_path(kind="Exact"), CanaryLocation.TYPE),
        (one_path(path="/b"), CanaryLocation.PATH),
        (one_path(host="b.example"), CanaryLocation.HOST),
        (one_path(host="*.example"), CanaryLocation.HOST),
        (one_path(host="${HOST}"), CanaryLocation.SAME),
        (one_path(path="/${PATH}"), CanaryLocation.SAME),
        ("{defaultBackend: {service: {name: web, port: {number: 80}}}}", CanaryLocation.HOST),
        ("{defaultBackend: {service: {name: web, port: {number: 80}}}, rules: [{host: a.example}]}", CanaryLocation.SAME),
        ("{rules: [{host: a.example}]}", CanaryLocation.PATH),
    ],
)
def test_how_far_a_primary_has_a_location(primary: str, location: CanaryLocation) -> None:
    (path,) = read(one_path()).paths
    assert find_primary_path(path, read(primary))[0] is location


def test_a_default_backend_serves_the_catch_all_server() -> None:
    (path,) = read(one_path(host="")).paths
    primary = read("{defaultBackend: {service: {name: web, port: {number: 80}}}}")
    assert find_primary_path(path, primary) == (CanaryLocation.SAME, None)


def test_a_port_by_name_and_by_number_are_two_upstreams() -> None:
    ports = ("{number: 80}", "{name: http}", "{number: 80, name: http}")
    keys = {upstream(read(one_path(port=port)).backends[0]) for port in ports}
    assert keys == {(None, "web", "80"), (None, "web", "http")}


def test_a_typed_decoder_reads_unquoted_values() -> None:
    annotations = "{nginx.ingress.kubernetes.io/canary: yes, nginx.ingress.kubernetes.io/canary-weight: 0x14}"
    canary = Canary(read(one_path(), annotations))
    assert (canary.enabled, canary.weight) == (True, 20)


@pytest.mark.parametrize(("total", "effective"), [("'10'", 100), ("'1000'", 1000), ("'-5'", 100), ("'x'", 100), ("'${T}'", None)])
def test_the_total_is_never_below_100(total: str, effective: int | None) -> None:
    assert Canary(read(one_path(), f"{{nginx.ingress.kubernetes.io/canary-weight-total: {total}}}")).total == effective
