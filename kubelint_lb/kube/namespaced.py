"""Which kinds live in namespaces, as far as Kubernetes itself and the kinds that the model knows go."""

from __future__ import annotations

from kubelint_lb.kube.kinds import KINDS, POD_TEMPLATES, GroupKind
from kubelint_lb.kube.scopes import is_cluster_scoped

_OWN_GROUPS = frozenset(
    {
        "",
        "apps",
        "autoscaling",
        "batch",
        "coordination.k8s.io",
        "discovery.k8s.io",
        "events.k8s.io",
        "networking.k8s.io",
        "policy",
        "rbac.authorization.k8s.io",
    }
)
_KNOWN = frozenset({*KINDS.values(), *POD_TEMPLATES})


def is_namespaced(identity: GroupKind) -> bool:
    """Whether objects of a kind surely have a namespace; of kinds that others define, nobody knows."""
    return (identity in _KNOWN or identity.group in _OWN_GROUPS) and not is_cluster_scoped(*identity)
