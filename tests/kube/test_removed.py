"""Which API versions went, by the release of the cluster."""

from __future__ import annotations

import pytest

from kubelint_lb.kube.removed import removal
from kubelint_lb.kube.versions import Version
from tests.conftest import LintText

INGRESS = """\
apiVersion: {version}
kind: Ingress
metadata: {{name: web}}
spec:
  ingressClassName: nginx
"""


def test_what_is_served_is_not_removed() -> None:
    assert (removal("networking.k8s.io/v1", "Ingress"), removal("gateway.networking.k8s.io/v1beta1", "HTTPRoute")) == (None, None)


def test_a_removal_names_its_release_and_what_to_use() -> None:
    assert removal("autoscaling/v2beta2", "HorizontalPodAutoscaler") == (Version(1, 26), "autoscaling/v2", True)


@pytest.mark.parametrize(("cluster", "found"), [(Version(1, 21), []), (Version(1, 22), [1]), (Version(1, 34), [1])])
def test_a_cluster_that_is_older_still_has_it(lint_text: LintText, cluster: Version, found: list[int]) -> None:
    seen = lint_text(
        INGRESS.format(version="networking.k8s.io/v1beta1"), select="api-version-removed", kubernetes_version=cluster
    )
    assert [one.line for one in seen] == found
