"""kube-proxy's configuration inside other objects: found at its own line."""

from __future__ import annotations

import pytest

from tests.conftest import LintText

CLUSTER = """\
kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
kubeadmConfigPatches:
  - |
    kind: KubeProxyConfiguration
    mode: iptable
"""
NODE = """\
kind: Cluster
apiVersion: kind.x-k8s.io/v1alpha4
nodes:
  - role: control-plane
    kubeadmConfigPatches:
      - |
        kind: InitConfiguration
        ---
        apiVersion: kubeproxy.config.k8s.io/v1alpha1
        kind: KubeProxyConfiguration
        mode: iptable
"""


@pytest.mark.parametrize(("text", "place"), [(CLUSTER, (6, 11)), (NODE, (11, 15))], ids=["the cluster's", "a node's"])
def test_patches_of_a_cluster_that_kind_makes(lint_text: LintText, text: str, place: tuple[int, int]) -> None:
    (found,) = lint_text(text, select="kube-proxy-mode-invalid")
    assert (found.message_key, found.place) == ("near", place)


@pytest.mark.parametrize(
    "text",
    [CLUSTER.replace("iptable", "iptables"), CLUSTER.replace("kind.x-k8s.io", "cluster.x-k8s.io")],
    ids=["a mode", "another kind of cluster"],
)
def test_what_is_no_mistake_of_kind_s(lint_text: LintText, text: str) -> None:
    assert lint_text(text, select="kube-proxy-mode-invalid") == []
