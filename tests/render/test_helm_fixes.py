"""Findings in rendered charts are fixed in the template where it writes the value itself, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from kubelint_lb.engine.fix import Fixed, fix
from kubelint_lb.settings.settings import Settings
from kubelint_lb.settings.severity import Severity
from tests.conftest import write_tree
from tests.render.tools import need

_PATH = "chart/templates/service.yaml"
_SERVICE = """\
{{- if .Values.enabled }}
apiVersion: v1
kind: Service
metadata:
  name: {{ .Release.Name }}-shop
  labels: {{- include "labels" . | nindent 4 }}
spec:
  FIELD
  selector: {app: shop}
  ports:
    - name: http
      port: {{ .Values.port }}
    - name: metrics
      port: 9090
{{- end }}
"""
_BRANCHES = """\
{{- if .Values.enabled }}
  publishNotReadyAddresses: "true"
  {{- else }}
  publishNotReadyAddresses: "true"
  {{- end }}"""
_LABELS = '{{- define "labels" }}\napp: shop\n{{- end }}\n'


def _fixed(root: Path, service: str) -> Fixed:
    need("helm")
    files = {
        "chart/Chart.yaml": "apiVersion: v2\nname: shop\nversion: 1.0.0\n",
        "chart/values.yaml": 'enabled: true\nport: 80\npublish: "true"\n',
        "chart/templates/_labels.tpl": _LABELS,
        _PATH: service,
    }
    write_tree(root, files)
    return fix([root], Settings(select=("field-type",), severity=Severity.INFO), unsafe=True)


@pytest.mark.parametrize(
    ("field", "after"),
    [
        ('publishNotReadyAddresses: "true" # early', "publishNotReadyAddresses: true # early"),
        ("publishNotReadyAddresses: 'true'", "publishNotReadyAddresses: true"),
    ],
)
def test_a_value_that_the_template_says_is_fixed_there(tmp_path: Path, field: str, after: str) -> None:
    done = _fixed(tmp_path, _SERVICE.replace("FIELD", field))
    assert (done.applied, done.refused, done.report.findings) == (1, (), ())
    assert (tmp_path / _PATH).read_text() == _SERVICE.replace("FIELD", after)


@pytest.mark.parametrize(
    "service",
    [
        pytest.param(_SERVICE.replace("FIELD", "publishNotReadyAddresses: {{ .Values.publish | quote }}"), id="from the values"),
        pytest.param(
            _SERVICE.replace("FIELD", _BRANCHES),
            id="twice",
        ),
        pytest.param(
            '{{- range list "a" "b" }}\n---\n'
            + _SERVICE.replace("{{- if .Values.enabled }}\n", "")
            .replace("{{ .Release.Name }}-shop", "{{ . }}")
            .replace('{{- include "labels" . | nindent 4 }}', "{}")
            .replace("{{ .Values.port }}", "80")
            .replace("FIELD", 'publishNotReadyAddresses: "true"'),
            id="in a loop",
        ),
    ],
)
def test_a_value_that_may_come_from_elsewhere_stays(tmp_path: Path, service: str) -> None:
    done = _fixed(tmp_path, service)
    assert {one.rule for one in done.report.findings} == {"field-type"}
    assert (done.applied, (tmp_path / _PATH).read_text()) == (0, service)
