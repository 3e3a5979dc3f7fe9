"""What is put into the templates of ApplicationSets, and what stays as it is written."""

from __future__ import annotations

import pytest

from kubelint_lb.deploy.argocd.template import filled

GO = {
    "cluster": "dev",
    "path": {"path": "apps/web/dev", "basename": "dev", "segments": ["apps", "web", "dev"]},
    "values": {"port": 80, "big": 1_000_000, "tls": True, "a.b": "dotted"},
}
FAST = {"cluster": "dev", "path": "apps/web", "path.basename": "web", "path[0]": "apps", "values.tier": "gold"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain", "plain"),
        ("{{.cluster}}", "dev"),
        ("{{ .path.path }}/x", "apps/web/dev/x"),
        ("{{ $.path.basename }}", "dev"),
        ("{{index .path.segments 1}}-{{ .cluster }}", "web-dev"),
        ('{{ index .values "a.b" }}', "dotted"),
        ("{{ .values.port }}/{{ .values.tls }}", "80/true"),
        ("a {{- .cluster }}", "adev"),
        ("{{ .cluster -}} b", "devb"),
    ],
)
def test_go_templates_that_name_a_parameter(text: str, expected: str) -> None:
    assert filled(text, GO, go=True) == expected


@pytest.mark.parametrize(
    "text",
    [
        "{{ .absent }}",
        "{{ .path }}",
        "{{ index .path.segments 7 }}",
        "{{ .values.big }}",
        "{{ .cluster | upper }}",
        "{{ if .cluster }}",
        "{{ normalize .path.basename }}",
        "{{cluster}}",
    ],
)
def test_other_go_templates_stay(text: str) -> None:
    assert filled(text, GO, go=True) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("{{cluster}}-{{ values.tier }}", "dev-gold"),
        ("{{path}}/{{path.basename}}/{{path[0]}}", "apps/web/web/apps"),
        ("{{server}}/{{cluster}}", "{{server}}/dev"),
        ("{{.cluster}}", "{{.cluster}}"),
    ],
)
def test_old_templates_name_parameters_as_a_whole(text: str, expected: str) -> None:
    assert filled(text, FAST, go=False) == expected
