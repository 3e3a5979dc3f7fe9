"""Which kinds surely have a namespace."""

from __future__ import annotations

import pytest

from kubelint_lb.kube.kinds import KINDS, GroupKind
from kubelint_lb.kube.namespaced import is_namespaced
from kubelint_lb.kube.scopes import is_cluster_scoped, kustomize_gives_namespace


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
        (GroupKind("kyverno.io", "ClusterPolicy"), False),
    ],
)
def test_kinds(kind: GroupKind, answer: bool) -> None:
    assert is_namespaced(kind) is answer


@pytest.mark.parametrize(
    ("kind", "scoped", "moved"),
    [
        (KINDS["Namespace"], True, False),
        (KINDS["IngressClass"], True, False),
        (KINDS["GatewayClass"], True, True),  # kustomize knows no kinds of others
        (GroupKind("cert-manager.io", "ClusterIssuer"), True, True),
        (KINDS["Gateway"], False, True),
        (GroupKind("example.com", "Widget"), False, True),
    ],
)
def test_one_table_says_what_is_cluster_scoped(kind: GroupKind, scoped: bool, moved: bool) -> None:
    assert (is_cluster_scoped(*kind), kustomize_gives_namespace(*kind)) == (scoped, moved)
