"""One text that stands for several objects or fields is one finding, which names the others."""

from __future__ import annotations

from pathlib import Path

from kubelint_lb import lint
from kubelint_lb.settings.settings import Settings
from tests.conftest import LintTree, write_tree
from tests.engine.slips import places, rules

INGRESS = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: blog}
spec:
  ingressClassName: traefik
  rules:
    - host: a.example
      http:
        paths:
          - {path: /, pathType: Prefix, backend: &backend {service: {name: blog, port: {number: 8080}}}}
          - {path: /feed, pathType: Prefix, backend: *backend}
---
apiVersion: v1
kind: Service
metadata: {name: blog}
spec: {selector: {app: blog}, ports: [{port: 80, targetPort: 9090}]}
"""
LIST = """\
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Service
    metadata: {name: a}
    spec: &spec
      selector: {app: web}
      ports: [{port: 80}, {name: b, port: 81}]
  - {apiVersion: v1, kind: Service, metadata: {name: b}, spec: *spec}
  - {apiVersion: v1, kind: Service, metadata: {name: c}, spec: *spec}
"""


def test_an_alias_in_one_object(lint_tree: LintTree) -> None:
    report = lint_tree(INGRESS, select="ingress-backend-port-not-found")
    assert places(report) == [("manifest.yaml", 10, 97)]
    (found,) = report.findings
    assert found.field == "spec.rules[0].http.paths[0].backend.service.port.number"
    assert found.message.endswith(" The same text stands in its spec.rules[0].http.paths[1].backend.service.port.number.")


def test_an_anchor_that_several_objects_use(lint_tree: LintTree) -> None:
    report = lint_tree(LIST, select="service-port-invalid")
    assert (rules(report), places(report)) == (["service-port-invalid[unnamed]"], [("manifest.yaml", 9, 22)])
    assert report.findings[0].message == (
        "Service a has more than one port, and port 80 has no name: the API server refuses it. "
        "The same text stands in Service b and Service c."
    )


def test_many_are_counted(lint_tree: LintTree) -> None:
    more = "".join(
        f"  - {{apiVersion: v1, kind: Service, metadata: {{name: {name}}}, spec: *spec}}\n" for name in ("d", "e", "f", "g")
    )
    (found,) = lint_tree(LIST + more, select="service-port-invalid").findings
    assert found.message.endswith(" The same text stands in Service b, Service c, Service d and 3 more.")


def test_two_problems_of_one_text_stay_two(lint_tree: LintTree) -> None:
    service = "apiVersion: v1\nkind: Service\nmetadata: {name: a}\nspec: {selector: {app: a}, ports: [{port: 80}]}\n"
    report = lint_tree("# kubelint-lb: ignore[no-such-rule, nor-such-a-one] because\n" + service)
    assert len(report.findings) == 2
    assert all("The same text" not in one.message for one in report.findings)


def overlays(*namespaces: str) -> dict[str, str]:
    """One Ingress in a base; each overlay of it adds a Service of its own."""
    ingress, _, service = INGRESS.partition("---\n")
    tree = {"base/ingress.yaml": ingress, "base/kustomization.yaml": "resources: [ingress.yaml]\n"}
    for name in namespaces:
        tree[f"{name}/service.yaml"] = service
        tree[f"{name}/kustomization.yaml"] = f"namespace: {name}\nresources: [../base, service.yaml]\n"
    return tree


def test_a_base_whose_overlays_answer_each_with_a_place_of_its_own(lint_tree: LintTree) -> None:
    report = lint_tree(overlays("east", "west"), render=True, select="ingress-backend-port-not-found")
    assert (rules(report), places(report)) == (
        ["ingress-backend-port-not-found[not-found]"],
        [("base/ingress.yaml", 10, 97)],
    )
    (found,) = report.findings
    assert found.units == ("east", "west")
    assert [(one.location.path, *one.location.span[:2]) for one in found.related] == [
        ("east/service.yaml", 4, 31),
        ("west/service.yaml", 4, 31),
    ]
    assert "The same text stands in Ingress west/blog and its spec.rules[0]" in found.message


def test_a_file_that_only_a_later_object_refers_to_still_shows_it(tmp_path: Path) -> None:
    shared = "spec: {ingressClassName: traefik, defaultBackend: {service: {name: blog, port: {number: 8080}}}}"
    ingress = "apiVersion: networking.k8s.io/v1\n    kind: Ingress\n    metadata: {name: blog, namespace: EAST}\n    "
    used = ingress.replace("EAST", "west") + "spec: *spec\n"
    items = f"  - {ingress.replace('EAST', 'east')}{shared.replace('spec: ', 'spec: &spec ')}\n  - {used}"
    service = INGRESS.partition("---\n")[2]
    tree = {name: service.replace("name: blog", f"name: blog, namespace: {name[:4]}") for name in ("east.yaml", "west.yaml")}
    write_tree(tmp_path, {"ingresses.yaml": f"apiVersion: v1\nkind: List\nitems:\n{items}", **tree})
    report = lint([tmp_path / "west.yaml"], Settings(root=tmp_path.resolve(), select=("ingress-backend-port-not-found",)))
    assert places(report) == [("ingresses.yaml", 7, 99)]
    assert [one.location.path for one in report.findings[0].related] == ["east.yaml", "west.yaml"]
