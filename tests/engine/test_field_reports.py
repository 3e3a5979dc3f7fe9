"""Odd but real inputs behind public bug reports: what is wrong in them is found, what is not stays quiet."""

from __future__ import annotations

import pytest

from tests.conftest import LintTree
from tests.deploy.charts import CHART
from tests.engine.slips import places, rules
from tests.render.tools import need, needs_kustomize

TARGET = "target-port-unresolved"
PODS = """\
apiVersion: apps/v1
kind: Deployment
metadata: {name: web, labels: {app: web}}
spec:
  replicas: 2
  selector: {matchLabels: {app: web}}
  template:
    metadata: {labels: {app: web}}
    spec: {containers: [{name: web, image: web, ports: [{name: http, containerPort: 8080}]}]}
"""
SERVICE = """\
apiVersion: v1
kind: Service
metadata: {name: web}
spec: {selector: {app: web}, ports: [{name: http, port: 80, targetPort: http}]}
"""
WRONG = SERVICE.replace("targetPort: http", "targetPort: htttp")


BASE = {"base/kustomization.yaml": "resources: [app.yaml]\n", "base/app.yaml": f"{SERVICE}---\n{PODS}"}
COMPONENT = {
    "tls/kustomization.yaml": """\
        apiVersion: kustomize.config.k8s.io/v1alpha1
        kind: Component
        patches:
          - target: {kind: Service}
            patch: |-
              - {op: replace, path: /spec/ports/0/targetPort, value: https}
          - patch: |-
              apiVersion: apps/v1
              kind: Deployment
              metadata: {name: web}
              spec: {template: {spec: {containers: [{name: web, ports: [{name: https, containerPort: 8443}]}]}}}
        """,
    "prod/kustomization.yaml": "namespace: prod\nresources: [../base]\ncomponents: [../tls]\n",
}
BROKEN = {
    "broken/kustomization.yaml": """\
        namespace: broken
        resources: [../base]
        patches:
          - target: {kind: Service}
            patch: |-
              - op: replace
                path: /spec/ports/0/targetPort
                value: htpps
        """
}


def test_odd_scalars_beside_a_slip(lint_tree: LintTree) -> None:
    """A bare `=`, a key that reads as a boolean, braces in data, a comment that is a document."""
    odd = WRONG.replace("metadata: {name: web}", "metadata:\n  name: web\n  annotations:\n    test: =\n    yes: 'on'")
    data = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: data}\ndata:\n  page: |\n    ---\n    {{ .Values.x }}\n"
    report = lint_tree("---\n".join([odd, data, "# only a comment {{ not closed\n", PODS]))
    assert (rules(report), places(report)) == ([f"{TARGET}[none]"], [("manifest.yaml", 8, 73)])


def test_merge_keys_between_the_items_of_a_list(lint_tree: LintTree) -> None:
    text = """\
apiVersion: v1
kind: List
items:
  - &pods
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: east}
    spec: &spec
      selector: {matchLabels: &labels {app: east}}
      template: &template
        metadata: {labels: *labels}
        spec: {containers: [{name: c, image: c, ports: &ports [{name: http, containerPort: 80}]}]}
  - <<: *pods
    metadata: {name: west}
    spec:
      <<: *spec
      selector: {matchLabels: {app: west}}
      template: {<<: *template, metadata: {labels: {<<: *labels, app: west}}}
  - {apiVersion: v1, kind: Service, metadata: {name: east}, spec: {selector: *labels, ports: [{port: 80, targetPort: http}]}}
  - {apiVersion: v1, kind: Service, metadata: {name: west}, spec: {selector: {app: west}, ports: [{port: 80, targetPort: htttp}]}}
"""
    report = lint_tree(text)
    assert (rules(report), places(report)) == ([f"{TARGET}[none]"], [("manifest.yaml", 20, 122)])
    assert [(one.location.span.line, one.message) for one in report.findings[0].related] == [(12, "the nearest name")]


def test_kyaml(lint_tree: LintTree) -> None:
    service = """\
---
{
  apiVersion: "v1",
  kind: "Service",
  metadata: { name: "web", },
  spec: {
    selector: { app: "web", },
    ports: [{
      port: 80,
      targetPort: "htpp",  # renamed by mistake
    }],
  },
}
"""
    report = lint_tree(service + "---\n" + PODS)
    assert (rules(report), places(report)) == ([f"{TARGET}[none]"], [("manifest.yaml", 10, 19)])


def test_lists_of_lists_with_nothing_in_them(lint_tree: LintTree) -> None:
    inner = "{apiVersion: v1, kind: Service, metadata: {name: a}, spec: {selector: {app: a}, ports: [{port: 80}, {port: 81}]}}"
    nested = f"apiVersion: v1\nkind: List\nitems:\n  - {{apiVersion: v1, kind: List, items: [{inner}]}}\n  - null\n"
    wrong_key = "apiVersion: v1\nkind: List\nlist:\n  - {kind: Service}\n"
    report = lint_tree({"a.yaml": wrong_key, "b.yaml": nested})
    assert [place[:2] for place in places(report)] == [("b.yaml", 4), ("b.yaml", 4)]
    assert rules(report) == ["service-port-invalid[unnamed]"] * 2


def test_items_of_a_typed_list_leave_their_kind_out(lint_tree: LintTree) -> None:
    item = "{metadata: {name: a}, spec: {selector: {app: a}, ports: [{port: 80}, {name: b, port: 81}]}}"
    report = lint_tree(
        f"apiVersion: v1\nkind: ServiceList\nitems:\n  - {item}\n---\nkind: IngressList\napiVersion: v1\nitems: []\n"
    )
    assert (rules(report), places(report)) == (["service-port-invalid[unnamed]"], [("manifest.yaml", 4, 69)])


def test_pods_in_the_folder_above(lint_tree: LintTree) -> None:
    assert lint_tree({"apps/web/net/service.yaml": SERVICE, "apps/web/deployment.yaml": PODS}).findings == ()


@needs_kustomize
class TestKustomize:
    def test_a_component_that_is_consistent(self, lint_tree: LintTree) -> None:
        assert lint_tree({**BASE, **COMPONENT}, render=True).findings == ()

    def test_the_patch_that_breaks_it(self, lint_tree: LintTree) -> None:
        report = lint_tree({**BASE, **COMPONENT, **BROKEN}, render=True)
        assert (rules(report), places(report)) == ([f"{TARGET}[none]"], [("broken/kustomization.yaml", 8, 16)])

    def test_a_label_that_only_the_selector_gets(self, lint_tree: LintTree) -> None:
        """kustomize does not know where a CloneSet has its pods."""
        pods = PODS.replace("apps/v1", "apps.kruise.io/v1alpha1").replace("Deployment", "CloneSet")
        files = {
            "kustomization.yaml": "commonLabels:\n  release: production\nresources: [all.yaml]\n",
            "all.yaml": f"{SERVICE}---\n{pods}",
        }
        for complete, key in ((False, "no-label"), (True, "no-pods")):
            report = lint_tree(files, render=True, complete=complete, select="selector-no-workload")
            assert (rules(report), places(report)) == ([f"selector-no-workload[{key}]"], [("kustomization.yaml", 2, 12)])
            assert [one.message for one in report.findings[0].related] == ["these pods lack the label"]


class TestHelm:
    RELEASE = """\
        apiVersion: helm.toolkit.fluxcd.io/v2
        kind: HelmRelease
        metadata: {name: web, namespace: web}
        spec:
          chart: {spec: {chart: ./charts/web, sourceRef: {kind: GitRepository, name: flux-system}}}
          values:
            policy: Local
            host: HOST
        """

    @pytest.mark.parametrize("host", ["web.example.com", '"{{ .Release.Name }}.example.com"'])
    def test_braces_in_the_values_of_a_release_hide_nothing(self, lint_tree: LintTree, host: str) -> None:
        need("helm")
        chart = {f"charts/web/{name}": text for name, text in CHART.items()}
        files = {**chart, "apps/web.yaml": self.RELEASE.replace("HOST", host)}
        report = lint_tree(files, render=True, select="etp-local-no-spread")
        assert places(report) == [("charts/web/templates/service.yaml", 7, 26)]
        assert ("apps/web.yaml", 7, "the value is set here") in [
            (one.location.path, one.location.span.line, one.message) for one in report.findings[0].related
        ]

    def test_braces_in_crds_and_in_text_that_templates_print(self, lint_tree: LintTree) -> None:
        need("helm")
        files = {f"charts/web/{name}": text for name, text in CHART.items()}
        files["charts/web/crds/crd.yaml"] = (
            "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: x}\n"
            "spec: {description: 'use {{workflow.name}} or {{args.x}}'}\n"
        )
        target = '  selector: {app: web}\n  ports:\n    - port: 80\n      targetPort: {{ .Values.target | default "htpp" }}\n'
        service = SERVICE.partition("spec:")[0] + "spec:\n" + target
        files["charts/web/templates/more.yaml"] = (
            "# a comment {{/* of a template */}}\n"
            f"{PODS}"
            "---\n"
            f"{service}"
            '---\napiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {a: \'{{ "{{" }}x{{ "}}" }}\'}\n'
        )
        report = lint_tree(files, render=True, select=[TARGET, "yaml-syntax"])
        assert (rules(report), places(report)) == ([f"{TARGET}[none]"], [("charts/web/templates/more.yaml", 19, 19)])
        assert lint_tree(files, select=[TARGET, "yaml-syntax"]).findings == ()
