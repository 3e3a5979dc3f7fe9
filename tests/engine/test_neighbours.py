"""In a tree of many objects, those that share nothing but common words with what was asked for are no neighbours of it."""

from __future__ import annotations

from pathlib import Path

from kubelint_lb.engine.neighbours import neighbours
from kubelint_lb.engine.run import lint
from kubelint_lb.kube.manifest import Manifest, manifests_of
from kubelint_lb.settings.settings import Settings
from kubelint_lb.source.parse import parse_text
from tests.conftest import write_tree

SERVICE = (
    "apiVersion: v1\nkind: Service\nmetadata: {{name: {0}, namespace: {0}}}\n"
    "spec: {{selector: {{app: {0}}}, ports: [{{port: 80}}]}}\n"
)
PODS = (
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: {0}-pods, namespace: {0}}}\n"
    "spec:\n  selector: {{matchLabels: {{app: {0}}}}}\n"
    "  template: {{metadata: {{labels: {{app: {0}}}}}, spec: {{containers: [{{name: main, image: main}}]}}}}\n"
)
ROUTE = (
    "apiVersion: gateway.networking.k8s.io/v1\nkind: HTTPRoute\nmetadata: {{name: to-{0}, namespace: edge-of-{0}}}\nspec:\n"
    "  parentRefs: [{{name: public, namespace: edge}}]\n  hostnames: [{0}.example.com]\n"
    "  rules: [{{backendRefs: [{{name: {0}, namespace: {0}, port: 80}}]}}]\n"
)
GATEWAY = (
    "apiVersion: gateway.networking.k8s.io/v1\nkind: Gateway\nmetadata: {name: public, namespace: edge}\n"
    "spec: {gatewayClassName: any, listeners: [{name: http, port: 80, protocol: HTTP}]}\n"
)
NAMES = ("amber", "birch", "cedar", "drift", "ember", "flint", "grove", "heath")


def _objects() -> list[Manifest]:
    texts = {f"{name}/{kind}.yaml": text.format(name) for name in NAMES for kind, text in enumerate((SERVICE, PODS, ROUTE))}
    texts["edge/gateway.yaml"] = GATEWAY
    return [manifest for path, text in texts.items() for one in parse_text(text, path) for manifest in manifests_of(one)]


def _near(objects: list[Manifest], asked: str, *former: str) -> set[str] | None:
    found = neighbours(objects, [one for one in objects if one.name == asked], former, most=3, large=10)
    return None if found is None else {one.name for one in objects if id(one) in found}


def test_those_on_the_way_of_the_traffic() -> None:
    objects = _objects()
    assert _near(objects, "to-cedar") == {"to-cedar", "cedar", "cedar-pods"}
    assert _near(objects, "cedar") == {"to-cedar", "cedar", "cedar-pods"}
    assert _near(objects, "cedar-pods") == {"to-cedar", "cedar", "cedar-pods"}


def test_who_names_what_a_change_took_away() -> None:
    assert _near(_objects(), "cedar", "amber") == {f"{prefix}{name}" for name in ("cedar", "amber") for prefix in ("", "to-")} | {
        "cedar-pods",
        "amber-pods",
    }


def test_a_gateway_may_concern_all() -> None:
    assert _near(_objects(), "public") is None


def test_in_a_small_tree_all_are_neighbours() -> None:
    objects = _objects()
    assert neighbours(objects, objects[:1], (), most=3) is None


def test_a_hook_in_a_large_tree_finds_what_a_full_run_finds(tmp_path: Path) -> None:
    """A route of another folder and namespace that asks for a port which the Service lacks."""
    many = {f"shop-{number}/service.yaml": SERVICE.format(f"shop-{number}") for number in range(400)}
    many |= {f"edge-{number}/route.yaml": ROUTE.format(f"shop-{number}") for number in range(400)}
    write_tree(tmp_path, many)
    file = tmp_path / "edge-7/route.yaml"
    file.write_text(file.read_text().replace("port: 80", "port: 8080"))
    settings = Settings(root=tmp_path, select=("gateway",), complete=False)
    (whole,) = [one for one in lint([tmp_path], settings).findings if one.rule == "backend-ref-port-not-in-service"]
    report = lint([tmp_path / "shop-7/service.yaml"], settings)
    assert whole in report.findings
    assert whole.location.path == "edge-7/route.yaml"
    assert report.summary.manifests == 1
