"""Which kinds surely have a namespace."""

from __future__ import annotations

import pytest

from kubelint_lb.model.kinds import KINDS, GroupKind
from kubelint_lb.model.namespaced import is_namespaced


@pytest.mark.parametrize(
    ("kind", "answer"),
    [
        (KINDS["Service"], True),
        (KINDS["HTTPRoute"], True),
        (GroupKind("rbac.authorization.k8s.io", "RoleBinding"), True),
        (GroupKind("apps.kruise.io", "CloneSet"), True),
        (KINDS["Namespace"], False),
        (KINDS["GatewayClass"], False),
        (KINDS["IngressClass"], False),
        (GroupKind("rbac.authorization.k8s.io", "ClusterRole"), False),
        (GroupKind("cert-manager.io", "ClusterIssuer"), False),
    ],
)
def test_kinds(kind: GroupKind, answer: bool) -> None:
    assert is_namespaced(kind) is answer
