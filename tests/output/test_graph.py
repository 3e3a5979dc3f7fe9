"""The traffic as a picture: what stands in it, and that each form can be read by what reads it."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path
from xml.etree import ElementTree

import pytest

from kubelint_lb.engine.reading import read_worlds
from kubelint_lb.output.flow.dot import dot
from kubelint_lb.output.flow.drawing import Drawing, drawing_of
from kubelint_lb.output.flow.mermaid import mermaid
from kubelint_lb.output.flow.page import page
from kubelint_lb.output.flow.svg import svg
from kubelint_lb.output.paths import Paths
from kubelint_lb.settings.settings import Settings
from kubelint_lb.traffic.picture import picture_of

SHOP = """\
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: {name: edge, namespace: shop}
spec: {gatewayClassName: edge, listeners: [{name: http, port: 80, protocol: HTTP}]}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {name: shop, namespace: shop}
spec:
  parentRefs: [{name: edge}, {name: other, namespace: infra}]
  hostnames: [shop.example]
  rules:
    - matches: [{path: {value: /cart}, method: POST}]
      backendRefs: [{name: cart, port: 80, weight: 9}, {name: crat, port: 80}]
    - filters: [{type: RequestMirror, requestMirror: {backendRef: {name: cart, port: 80}}}]
      backendRefs: [{name: web, port: 80}]
---
apiVersion: v1
kind: Service
metadata: {name: web, namespace: shop}
spec: {type: LoadBalancer, selector: {app: web}, ports: [{port: 80, targetPort: http}]}
---
apiVersion: v1
kind: Service
metadata: {name: cart, namespace: shop}
spec: {selector: {app: cart}, ports: [{port: 80}]}
---
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, namespace: shop}
spec:
  selector: {matchLabels: {app: web}}
  template: {metadata: {labels: {app: web}}, spec: {containers: [{name: a, image: "a:1", ports: [{name: http, containerPort: 80}]}]}}
"""  # noqa: E501


@pytest.fixture
def drawing(tmp_path: Path) -> Drawing:
    (tmp_path / "shop.yaml").write_text(SHOP, encoding="utf-8")
    reading = read_worlds([str(tmp_path)], Settings(root=tmp_path))
    pictures = [picture_of(one.objects) for one in reading.worlds]
    return drawing_of(pictures, reading.findings(), Paths(tmp_path, tmp_path))


def test_what_leads_where_with_shares_mirrors_and_what_is_missing(drawing: Drawing) -> None:
    assert mermaid(drawing).splitlines()[1:-3] == [
        '  n1(["Gateway infra/other<br/>not in these files"]):::elsewhere',
        '  n2(["Gateway shop/edge<br/>HTTP :80"])',
        '  n3(["LoadBalancer<br/>:80"])',
        '  n4["shop.example/cart POST<br/>HTTPRoute shop/shop, rule 1<br/>⚠ 1 error, 1 warning"]:::found',
        '  n5["shop.example/<br/>HTTPRoute shop/shop, rule 2"]',
        '  n6("Service shop/cart<br/>:80 → 80")',
        '  n7("Service shop/crat<br/>missing"):::missing',
        '  n8("Service shop/web<br/>LoadBalancer<br/>:80 → http")',
        '  n9[["Deployment shop/web"]]',
        "  n2 --> n4",
        "  n1 --> n4",
        '  n4 -->|"90 %"| n6',
        '  n4 -->|"10 %"| n7',
        "  n2 --> n5",
        "  n1 --> n5",
        "  n5 --> n8",
        '  n5 -.->|"mirror"| n6',
        "  n3 --> n8",
        "  n8 --> n9",
    ]


@pytest.mark.parametrize(
    ("focus", "services"),
    [
        ("shop.example", {"cart", "crat", "web"}),
        ("shop/cart", {"cart", "crat", "web"}),
        ("web", {"web", "cart"}),
        ("none", set()),
    ],
)
def test_what_is_around_an_object_or_a_host(drawing: Drawing, focus: str, services: set[str]) -> None:
    (picture,) = drawing.pictures
    found = {one.subject[2] for one in picture.around(focus).boxes if one.kind.value == "service"}
    assert found <= services
    assert bool(found) == bool(services)


def test_words_of_manifests_cannot_leave_their_quotes(tmp_path: Path) -> None:
    evil = SHOP.replace("/cart", '"/\\"]<script>alert(1)</script>|`"')
    (tmp_path / "shop.yaml").write_text(evil, encoding="utf-8")
    reading = read_worlds([str(tmp_path)], Settings(root=tmp_path))
    found = drawing_of([picture_of(one.objects) for one in reading.worlds], (), Paths(tmp_path, tmp_path))
    assert "<script>alert" not in page(found)
    assert "/#quot;]#lt;script#gt;alert(1)#lt;/script#gt;|#96;" in mermaid(found)
    assert '/\\"]<script>' in dot(found)


@pytest.mark.parametrize("program", ["dot", None])
def test_the_drawing_is_well_formed_and_needs_nothing(
    drawing: Drawing, monkeypatch: pytest.MonkeyPatch, program: str | None
) -> None:
    """Graphviz and igraph lay it out in their own ways; what is drawn is the same."""
    if program is not None and shutil.which(program) is None:
        pytest.skip("Graphviz (dot) is not installed")
    monkeypatch.setattr(shutil, "which", lambda _: program)
    root = ElementTree.fromstring(svg(drawing))
    boxes = [one for one in root.iter("{http://www.w3.org/2000/svg}g") if "box" in (one.get("class") or "").split()]
    assert [one.get("id") for one in boxes] == [f"n{number}" for number in range(1, 10)]
    text = page(drawing)
    assert not re.search(r"(?:src|href)=|url\(|@import|https?://(?!www\.w3\.org/2000/svg)", text)
    assert "<td>shop.example/<br>HTTPRoute shop/shop, rule 2<br>shop.yaml:15</td>" in text


def test_graphviz_reads_the_graph(drawing: Drawing) -> None:
    if shutil.which("dot") is None:
        pytest.skip("Graphviz (dot) is not installed")
    done = subprocess.run(["dot", "-Tplain"], input=dot(drawing), capture_output=True, text=True, check=True)
    assert len([line for line in done.stdout.splitlines() if line.startswith("node ")]) == 9
