"""Braces of template engines: values where they are quoted, a template where they make structure, one document at a time."""

from __future__ import annotations

import pytest

from kubelint_lb.deploy.skipped import SkipReason
from tests.conftest import LintTree
from tests.engine.slips import RULE, SLIP, places, rules

TEMPLATE = SkipReason.TEMPLATE

ALERTS = """\
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: alerts}
spec:
  groups:
    - name: up
      rules:
        - alert: Down
          annotations: {summary: "{{ $labels.instance }} of {{ .Values.team }} is down"}
"""
RELEASE = """\
apiVersion: helm.toolkit.fluxcd.io/v2
kind: HelmRelease
metadata: {name: photos, namespace: media}
spec:
  chartRef: {kind: OCIRepository, name: app-template}
  values:
    host: "{{ .Release.Name }}.example.com"
    note: |
      {{ include "words" . }}
"""
NAMED = SLIP.replace("name: web\n", "name: {name}\n")


@pytest.mark.parametrize(
    "beside",
    [
        ALERTS,
        RELEASE,
        "apiVersion: v1\nkind: ConfigMap\nmetadata: {}\ndata:\n  page: |\n    {{- range .Values.items }}\n    {{ end }}\n",
        "# {{ not closed\n",
        "# Source: {{ .Chart.Name }}\napiVersion: v1\nkind: Secret\nmetadata: {name: x}\n",
        "apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}\nspec: {}\n",
        "apiVersion: v1\nkind: Service\n{{- if .Values.on }}\nspec: {}\n{{- end }}\n",
    ],
    ids=["alerts", "release", "data", "comment", "comment before an object", "template value", "template lines"],
)
def test_a_document_is_read_whatever_stands_beside_it(lint_tree: LintTree, beside: str) -> None:
    report = lint_tree(f"{beside}---\n{SLIP}", select=RULE)
    assert places(report) == [("manifest.yaml", beside.count("\n") + 7, 14)]


@pytest.mark.parametrize(
    "text",
    [
        "metadata:\n  name: {{ .Values.name }}\n",
        "metadata: {name: {{ .Release.Name }}-web}\n",
        'metadata: {name: {{ include "shop.name" . }}}\n',
        "metadata:\n  name: web\n  labels:\n    {{- toYaml .Values.labels | nindent 4 }}\n",
        "metadata:\n  name: web\n  labels:\n    {{ key }}: value\n",
        "metadata:\n  name: web\n{% if labels %}\n  labels: {}\n{% endif %}\n",
        "metadata:\n  name: {{ .Values.name }}-{{ .Values.env }}\n",
        "metadata:\n  name: web\nspec:\n  ports:\n    {{- range .Values.ports }}\n    - port: {{ . }}\n    {{- end }}\n",
        "metadata:\n  name: web\n<% if x %>\nspec: {}\n<% end %>\n",
        "metadata:\n  name: %NAME%\n",
        "metadata:\n  name: @NAME@\n",
        "metadata:\n  name: {{ range\n",
    ],
    ids=[
        "value", "part of a value", "include", "included lines", "key", "Jinja lines", "two actions", "loop", "ERB lines",
        "percent signs", "at signs", "never closed",
    ],
)  # fmt: skip
def test_braces_that_make_structure_make_a_template(lint_tree: LintTree, text: str) -> None:
    report = lint_tree(f"# one\n---\napiVersion: v1\nkind: Service\n{text}---\n{SLIP}")
    assert [(one.path, one.reason, one.line) for one in report.skipped] == [("manifest.yaml", TEMPLATE, 2)]
    assert rules(report) == [f"{RULE}[scalar]"]


def test_each_template_of_a_file_is_counted(lint_tree: LintTree) -> None:
    template = "apiVersion: v1\nkind: Service\nmetadata: {name: {{ .Values.name }}}\n"
    report = lint_tree(f"{template}---\n{SLIP}---\n{template}")
    assert [(one.reason, one.line) for one in report.skipped] == [(TEMPLATE, 1), (TEMPLATE, 14)]
    assert report.summary.skipped[TEMPLATE] == 2


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (f"{ALERTS}---\napiVersion: v1\nkind: Service\nmetadata: {{name: a\nspec: [}}\n", (14, 5)),
        ('apiVersion: v1\nkind: Service\nmetadata: {name: "{{ x }}"}\nspec: {ports: [}\n', (4, 16)),
        ("apiVersion: v1\nkind: Service\n# {{ .Values.x }}\nmetadata: {name: a\nspec: [}\n", (5, 5)),
        ("apiVersion: v1\nkind: Service\nmetadata: {name: {{ name }}}\nspec: [}\n", (4, 8)),
    ],
    ids=["braces in another document", "braces in quotes", "braces in a comment", "a value before"],
)
def test_a_fault_that_is_no_templates_doing_is_reported(lint_tree: LintTree, text: str, place: tuple[int, int]) -> None:
    report = lint_tree(text)
    assert (rules(report), report.skipped) == (["yaml-syntax[syntax]"], ())
    assert places(report) == [("manifest.yaml", *place)]


def test_a_release_with_braces_in_its_values_still_fills_its_namespace(lint_tree: LintTree) -> None:
    ingress = """\
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: {name: portal, namespace: media}
spec:
  ingressClassName: nginx
  rules:
    - http:
        paths:
          - {path: /, pathType: Prefix, backend: {service: {name: portal, port: {number: 80}}}}
          - {path: /photos, pathType: Prefix, backend: {service: {name: photos, port: {number: 80}}}}
---
apiVersion: v1
kind: Service
metadata: {name: portal, namespace: media}
spec: {selector: {app: portal}, ports: [{port: 80}]}
"""
    rule = "ingress-backend-service-not-found"
    assert rules(lint_tree({"portal/all.yaml": ingress}, select=rule)) == [f"{rule}[not-found]"]
    assert lint_tree({"photos/release.yaml": RELEASE, "portal/all.yaml": ingress}, select=rule).findings == ()


class TestComments:
    """`port: #{x}`: to YAML a comment, to Octopus Deploy, replace-tokens and ytt a token."""

    SERVICE = """\
apiVersion: v1
kind: Service
metadata:
  name: web
  labels:
    team: {token}
spec:
  type: {token}
  selector:
    app: {token}
  ports:
    - name: http
      port: {token}
      targetPort: {token}
    - name: {token}
      port: {token}
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: {{name: web}}
spec:
  hostnames:
    - {token}
  rules:
    - backendRefs:
        - name: web
          port: {token}
          weight: {token}
        - name: {token}
          port: {token}
          weight: 90
"""

    @pytest.mark.parametrize(
        "token",
        ["#{web.port}", "#{web.port}#", "#{a}#-#{b}#", "#{x} # the port", "#@ data.values.port"],
    )
    def test_a_token_behind_nothing_is_a_value_nobody_knows(self, lint_tree: LintTree, token: str) -> None:
        assert lint_tree(self.SERVICE.format(token=token)).findings == ()

    @pytest.mark.parametrize("words", ["", "# the port", "# {port}", "#1", "#port"])
    def test_other_comments_are_none(self, lint_tree: LintTree, words: str) -> None:
        found = lint_tree(f"apiVersion: v1\nkind: Service\nmetadata: {{name: web}}\nspec:\n  ports:\n    - port: {words}\n")
        assert rules(found) == ["service-port-invalid[no-number]"]
        assert places(found) == [("manifest.yaml", 6, 7)]


@pytest.mark.parametrize(
    "token",
    [
        *(
            "((x))",
            "<%= x %>",
            "[[ .x ]]",
            "'%x%'",
            "$[x]",
            "YOUR_PORT",
            "REPLACE_ME",
            "^PORT^",
            "~PORT~",
            "'|PORT|'",
            "'#PORT#'",
        ),
        *("${{ x.y }}", "'{{{x}}}'", "<PORT>", "__PORT__", "'@PORT@'", "$PORT$", "{{ x }}"),
    ],
)
def test_a_placeholder_is_unknown_wherever_it_stands(lint_tree: LintTree, token: str) -> None:
    text = f"""\
apiVersion: v1
kind: Service
metadata: {{name: web}}
spec:
  type: {token}
  selector: {{app: web}}
  ports:
    - {{name: {token}, port: {token}, targetPort: {token}, nodePort: {token}, protocol: {token}}}
---
apiVersion: apps/v1
kind: Deployment
metadata: {{name: web}}
spec:
  selector: {{matchLabels: {{app: web}}}}
  template:
    metadata: {{labels: {{app: web}}}}
    spec: {{containers: [{{name: web, image: web, ports: [{{name: http, containerPort: 80}}]}}]}}
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: web
  annotations: {{nginx.ingress.kubernetes.io/canary: "true", nginx.ingress.kubernetes.io/canary-weight: {token}}}
spec:
  ingressClassName: nginx
  rules:
    - host: {token}
      http: {{paths: [{{path: /, pathType: Prefix, backend: {{service: {{name: {token}, port: {{number: {token}}}}}}}}}]}}
---
apiVersion: v1
kind: Service
metadata: {{name: elsewhere}}
spec:
  type: {token}
  externalName: {token}
"""
    assert lint_tree(text).findings == ()
