"""Ingresses by host and path: placeholders may be any host, but are one path only where they are written alike."""

from __future__ import annotations

from kubelint_lb.deploy.layout import Layout
from kubelint_lb.deploy.unit import Unit
from kubelint_lb.kube.ingress import Ingress
from kubelint_lb.kube.manifest import manifests_of
from kubelint_lb.source.parse import parse_text
from kubelint_lb.traffic.ingress_hosts import IngressHosts
from kubelint_lb.traffic.objects import Objects


def ingress(name: str, host: str, path: str = "/") -> str:
    rule = f"{{host: '{host}', http: {{paths: [{{path: '{path}'}}]}}}}"
    return f"apiVersion: networking.k8s.io/v1\nkind: Ingress\nmetadata: {{name: {name}}}\nspec: {{rules: [{rule}]}}\n"


DEFAULT = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: fallback}
spec: {defaultBackend: {service: {name: web, port: {number: 80}}}}
"""


def hosts(*texts: str) -> tuple[IngressHosts, list[Ingress]]:
    documents = parse_text("---\n".join(texts), "a.yaml")
    manifests = tuple(manifest for document in documents for manifest in manifests_of(document))
    objects = Objects(Unit("", manifests, Layout({}, frozenset())))
    return IngressHosts(objects), [view for view in objects.all("Ingress") if isinstance(view, Ingress)]


def names(found: list[Ingress]) -> list[str]:
    return [one.name for one in found]


def test_a_host_is_found_whatever_its_case_and_a_placeholder_may_be_it() -> None:
    index, _ = hosts(ingress("a", "a.example"), ingress("b", "b.example"), ingress("any", "${HOST}"), ingress("x", "x.${HOST}"))
    assert names(index.on("A.example")) == ["a", "any"]
    assert names(index.on("c.example")) == ["any"]


def test_a_placeholder_may_be_every_host() -> None:
    index, _ = hosts(ingress("a", "a.example"), ingress("b", "b.example"))
    assert names(index.on("${HOST}")) == ["a", "b"]


def test_a_default_backend_answers_for_hosts_without_a_rule() -> None:
    index, _ = hosts(DEFAULT, ingress("a", "a.example"), ingress("every", ""))
    assert names(index.on("")) == ["fallback", "every"]


def test_a_path_is_found_by_what_is_written() -> None:
    index, ingresses = hosts(
        ingress("a", "a.example", "/x"),
        ingress("b", "A.example", "/x"),
        ingress("c", "a.example", "/${P}"),
        ingress("d", "a.example"),
    )
    assert names(index.at(ingresses[0].paths[0])) == ["a", "b"]
    assert names(index.at(ingresses[2].paths[0])) == ["c"]
