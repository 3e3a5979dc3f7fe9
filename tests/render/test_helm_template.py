"""From a rendered value back to the line of the template that wrote it."""

from __future__ import annotations

from textwrap import dedent

import pytest

from kubelint_lb.render.helm.template import HOLE, fits, mask
from kubelint_lb.render.helm.trace import Template
from kubelint_lb.source.node import Node, SourceText
from kubelint_lb.source.parse import parse_text
from kubelint_lb.source.steps import Way


def rendered_root(text: str) -> Node:
    (document,) = parse_text(dedent(text), "rendered.yaml")
    assert document.root is not None
    return document.root


def trace(template: str, rendered: str, *steps: str | int, to_key: bool = False) -> tuple[int, str] | None:
    """Line and text of the place in the template that the value at the end of the steps comes from."""
    root = rendered_root(rendered)
    found = Template(SourceText("templates/x.yaml", dedent(template))).trace(root).locate(Way(steps, to_key), root)
    return None if found is None else (found.span.line, found.source)


SERVICE = """\
    {{- if .Values.service.enabled }}
    {{- /* one
    service */}}
    apiVersion: v1
    kind: Service
    metadata:
      name: {{ include "shop.fullname" . }}
      labels:
        {{- include "shop.labels" . | nindent 4 }}
    spec:
      {{- if .Values.external }}
      type: LoadBalancer
      {{- else }}
      type: ClusterIP
      {{- end }}
      externalTrafficPolicy: {{ .Values.policy }}   # from the values
      ports:
      {{- range .Values.ports }}
        - name: {{ .name }}
          port: {{ .port }}
      {{- end }}
        - name: metrics
          port: 9100
          targetPort: metrics
      selector:
        app: {{ .Chart.Name }}-web
    {{- end }}
    """
RENDERED = """\
    apiVersion: v1
    kind: Service
    metadata: {name: shop, labels: {app: shop}}
    spec:
      type: ClusterIP
      externalTrafficPolicy: Local
      ports:
        - {name: http, port: 80}
        - {name: https, port: 443}
        - {name: metrics, port: 9100, targetPort: metrics}
      selector: {app: shop-web}
    """


@pytest.mark.parametrize(
    ("steps", "place"),
    [
        (("kind",), (5, "Service")),
        (("metadata", "name"), (7, '{{ include "shop.fullname" . }}')),
        (("metadata", "labels", "app"), (9, '{{- include "shop.labels" . | nindent 4 }}')),
        (("spec", "type"), (14, "ClusterIP")),
        (("spec", "externalTrafficPolicy"), (16, "{{ .Values.policy }}")),
        (("spec", "ports", 0, "port"), (20, "{{ .port }}")),
        (("spec", "ports", 1, "port"), (20, "{{ .port }}")),
        (("spec", "ports", 2, "port"), (23, "9100")),
        (("spec", "selector", "app"), (26, "{{ .Chart.Name }}-web")),
    ],
    ids=lambda value: ".".join(map(str, value)) if isinstance(value, tuple) and value[0] != 0 else "",
)
def test_a_value_comes_from_the_line_of_its_key(steps: tuple[str | int, ...], place: tuple[int, str]) -> None:
    assert trace(SERVICE, RENDERED, *steps) == place


def test_a_key_is_found_like_its_value() -> None:
    assert trace(SERVICE, RENDERED, "spec", "selector", to_key=True) == (25, "selector")


def test_a_whole_object_is_all_of_its_lines() -> None:
    found = trace(SERVICE, RENDERED)
    assert found is not None
    assert found[0] == 4
    assert found[1].startswith("apiVersion: v1\n")
    assert found[1].endswith("{{ .Chart.Name }}-web")


def test_what_one_action_prints_is_at_the_action() -> None:
    template = """\
        kind: Service
        spec:
          {{- toYaml .Values.spec | nindent 2 }}
        """
    assert trace(template, "kind: Service\nspec: {ports: [{port: 80}]}", "spec", "ports", 0, "port") == (
        3,
        "{{- toYaml .Values.spec | nindent 2 }}",
    )


def test_an_item_that_an_action_prints_beside_others_is_at_the_action() -> None:
    template = """\
        kind: HTTPRoute
        spec:
          rules:
            {{- toYaml .Values.rules | nindent 4 }}
            - backendRefs:
                - name: shop
              filters: {{ toYaml .Values.filters | nindent 8 }}
        """
    rendered = "kind: HTTPRoute\nspec: {rules: [{filters: [{type: A}]}, {backendRefs: [{name: shop}], filters: [{type: B}]}]}"
    assert trace(template, rendered, "spec", "rules", 0, "filters") == (4, "{{- toYaml .Values.rules | nindent 4 }}")
    assert trace(template, rendered, "spec", "rules", 1, "filters") == (7, "{{ toYaml .Values.filters | nindent 8 }}")


def test_an_action_at_the_margin_says_how_deep_it_prints() -> None:
    template = """\
        kind: Service
        spec:
          ports:
        {{ toYaml .Values.ports | indent 4 }}
          type: NodePort
        """
    rendered = "kind: Service\nspec: {ports: [{port: 80}], type: NodePort}"
    assert trace(template, rendered, "spec", "ports", 0, "port") == (4, "{{ toYaml .Values.ports | indent 4 }}")
    assert trace(template, rendered, "spec", "type") == (5, "NodePort")


def test_an_action_beside_its_key_prints_what_lies_below() -> None:
    template = """\
        kind: Service
        spec:
          selector: {{- toYaml .Values.selector | nindent 4 }}
        """
    rendered = "kind: Service\nspec: {selector: {app: shop}}"
    assert trace(template, rendered, "spec", "selector", "app") == (3, "{{- toYaml .Values.selector | nindent 4 }}")


def test_what_two_actions_may_print_is_at_their_key() -> None:
    template = """\
        kind: Service
        metadata:
          annotations:
            {{- toYaml .Values.annotations | nindent 4 }}
            {{- toYaml .Values.more | nindent 4 }}
        """
    rendered = "kind: Service\nmetadata: {annotations: {a: b}}"
    assert trace(template, rendered, "metadata", "annotations", "a") == (3, "annotations")


def test_a_choice_within_a_line_may_print_anything() -> None:
    template = "kind: Service\nspec:\n  type: {{ if .Values.lb }}LoadBalancer{{ else }}ClusterIP{{ end }}\n"
    assert trace(template, "kind: Service\nspec: {type: ClusterIP}", "spec", "type") == (
        3,
        "{{ if .Values.lb }}LoadBalancer{{ else }}ClusterIP{{ end }}",
    )


def test_a_key_that_an_action_prints_may_be_any() -> None:
    template = (
        "kind: Service\nspec:\n  selector:\n    {{- range $k, $v := .Values.selector }}\n    {{ $k }}: {{ $v }}\n    {{- end }}\n"
    )
    assert trace(template, "kind: Service\nspec: {selector: {app: shop}}", "spec", "selector", "app") == (5, "{{ $v }}")


def test_the_document_most_like_the_object_is_its_own() -> None:
    template = """\
        kind: Service
        metadata: {name: one}
        spec:
          clusterIP: None
        ---
        kind: Service
        metadata:
          name: {{ .Release.Name }}-two
        spec:
          clusterIP: 10.0.0.1
        """
    rendered = "kind: Service\nmetadata: {name: shop-two}\nspec: {clusterIP: 10.0.0.1}"
    assert trace(template, rendered, "spec", "clusterIP") == (10, "10.0.0.1")


def test_a_literal_that_differs_is_not_the_place() -> None:
    assert trace("kind: Service\nspec:\n  type: NodePort\n", "kind: Service\nspec: {type: ClusterIP}", "spec", "type") is None


def test_items_of_a_list_may_stand_below_their_key_without_indent() -> None:
    template = "kind: Service\nspec:\n  ports:\n  - port: 80\n  - port: 443\n  type: NodePort\n"
    rendered = "kind: Service\nspec: {ports: [{port: 80}, {port: 443}], type: NodePort}"
    assert trace(template, rendered, "spec", "ports", 1, "port") == (5, "443")
    assert trace(template, rendered, "spec", "type") == (6, "NodePort")


def test_a_block_of_text_is_not_read_as_keys() -> None:
    template = "kind: ConfigMap\ndata:\n  script: |\n    type: x\n    spec: y\nspec:\n  type: a\n"
    rendered = 'kind: ConfigMap\ndata: {script: "type: x"}\nspec: {type: a}'
    assert trace(template, rendered, "spec", "type") == (7, "a")


def test_an_object_made_by_a_helper_is_at_the_call() -> None:
    template = Template(SourceText("templates/x.yaml", '{{- include "common.service" . }}\n'))
    place = template.trace(rendered_root("kind: Service\nspec: {type: ClusterIP}")).object_place
    assert (place.span.line, place.source) == (1, '{{- include "common.service" . }}')


def test_an_empty_template_has_a_place_all_the_same() -> None:
    place = Template(SourceText("templates/x.yaml", "")).trace(rendered_root("kind: Service")).object_place
    assert (place.span.line, place.span.column) == (1, 1)


@pytest.mark.parametrize(
    "text",
    ['a: {{ "}}" }} b', "a: {{ `}}` }} b", "a: {{/* don't */}} b", 'a: {{ x | replace "\\"" "\'" }} b', "a: {{- x -}} b"],
)
def test_a_mask_is_as_long_as_its_template_and_hides_every_action(text: str) -> None:
    masked = mask(text)
    assert len(masked) == len(text)
    assert masked.replace(HOLE, "").split() == ["a:", "b"]


def test_an_action_that_never_ends_is_left_alone() -> None:
    text = "a: {{ " + '"' * 5000 + "`" * 5000
    assert mask(text) == text


@pytest.mark.parametrize(
    ("written", "rendered", "may"),
    [
        ("80", "80", True),
        ('"80"', "80", True),
        ("80", "81", False),
        (f"{HOLE * 3}-svc", "shop-svc", True),
        (f'"{HOLE}-svc"', "shop-web", False),
        (HOLE, "", True),
    ],
)
def test_what_a_text_may_print(written: str, rendered: str, may: bool) -> None:
    assert fits(written, rendered) is may
