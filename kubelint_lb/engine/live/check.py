"""Lints what runs in a cluster."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from kubelint_lb.cluster.kubectl import Kubectl
from kubelint_lb.cluster.read import read_cluster
from kubelint_lb.deploy.tree import paused_collector
from kubelint_lb.engine.live.cluster_run import ClusterRun
from kubelint_lb.engine.live.in_git import read_git
from kubelint_lb.kube.kinds import POD_TEMPLATES

if TYPE_CHECKING:
    from kubelint_lb.report.finding import Report
    from kubelint_lb.settings.settings import Settings


def lint_cluster(context: str | None, namespace: str | None, paths: Sequence[str], settings: Settings) -> Report:
    """What rules find in a cluster. Where `paths` define an object, its findings point there.

    Raises UsageError where the cluster does not answer, and as `lint` does for the paths.
    """
    live = read_cluster(Kubectl(context, namespace), {**POD_TEMPLATES, **settings.workloads})
    with paused_collector():
        in_git = read_git(paths, settings._replace(baseline=None)) if paths else None
        return ClusterRun(settings, live, in_git).report()
