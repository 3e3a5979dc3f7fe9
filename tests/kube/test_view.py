"""Fields have three answers: set, not set, and not known yet."""

from __future__ import annotations

import pytest

from kubelint_lb.kube.view import View
from tests.unit_of import named, world_of


def service(spec: str, *, patched: bool = False) -> View:
    view = named(world_of(f"apiVersion: v1\nkind: Service\nmetadata: {{name: web}}\nspec: {spec}\n"), "Service", "web")
    view.manifest.patched = patched
    return view


@pytest.mark.parametrize(
    ("spec", "patched", "answer"),
    [
        ("{ports: [{port: 80}], type: NodePort}", False, False),
        ("{ports: [{port: 80}]}", False, True),
        ("{ports: [{port: 80}], type: null}", False, True),
        ("{ports: [{port: 80}]}", True, None),  # a kustomization that is not rendered may set it
        ("{ports: [{port: 80}], type: NodePort}", True, False),
        ("{externalTrafficPolicy: Local}", False, None),  # a fragment for server-side apply
        ("'${SPEC}'", False, None),
        ("{ports: [{port: 80}], type: '${TYPE}'}", False, False),  # set, whatever it becomes
    ],
)
def test_a_field_is_lacking(spec: str, patched: bool, answer: bool | None) -> None:
    assert service(spec, patched=patched).lacks("spec", "type") is answer


@pytest.mark.parametrize(
    ("value", "known"), [("NodePort", "NodePort"), ("'${TYPE}'", None), ("YOUR_TYPE", None), ("null", None), ("[a]", None)]
)
def test_a_value_is_known(value: str, known: str | None) -> None:
    assert service(f"{{ports: [{{port: 80}}], type: {value}}}").known("spec", "type") == known


def test_what_is_settled() -> None:
    assert service("{ports: [{port: 80}]}").settled
    assert not service("{ports: [{port: 80}]}", patched=True).settled
    assert not service("{type: LoadBalancer}").settled
