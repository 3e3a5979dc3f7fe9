"""Which objects carry others, and where in them these lie: one row a kind."""

from __future__ import annotations

from typing import NamedTuple

from kubelint_lb.kube.kinds import GroupKind


class Carrier(NamedTuple):
    """Where an object or a list of objects lies, and the field that tells where they are applied (None: each by itself)."""

    objects: tuple[str, ...]
    destination: tuple[str, ...] | None = None


_CROSSPLANE = Carrier(("spec", "forProvider", "manifest"), ("spec", "providerConfigRef", "name"))
CARRIERS = {
    # openshift/api `template/v1/types.go`
    GroupKind("template.openshift.io", "Template"): Carrier(("objects",)),
    GroupKind("", "Template"): Carrier(("objects",)),
    # crossplane-contrib/provider-kubernetes `apis/object`
    GroupKind("kubernetes.crossplane.io", "Object"): _CROSSPLANE,
    GroupKind("kubernetes.m.crossplane.io", "Object"): _CROSSPLANE,
    # open-cluster-management.io/api `work/v1`: the namespace is the managed cluster's
    GroupKind("work.open-cluster-management.io", "ManifestWork"): Carrier(
        ("spec", "workload", "manifests"), ("metadata", "namespace")
    ),
    GroupKind("work.open-cluster-management.io", "ManifestWorkReplicaSet"): Carrier(
        ("spec", "manifestWorkTemplate", "workload", "manifests")
    ),
    # openshift/hive `apis/hive/v1/syncset_types.go`
    GroupKind("hive.openshift.io", "SyncSet"): Carrier(("spec", "resources")),
    GroupKind("hive.openshift.io", "SelectorSyncSet"): Carrier(("spec", "resources")),
}
# The kinds, for a cheap look.
CARRYING_KINDS = frozenset(identity.kind for identity in CARRIERS)
