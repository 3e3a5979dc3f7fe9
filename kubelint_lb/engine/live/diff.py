"""The traffic of a cluster compared with what it were if some files were applied to it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from kubelint_lb.cluster.asked import LEFT_OUT
from kubelint_lb.cluster.kubectl import Kubectl
from kubelint_lb.cluster.read import read_cluster
from kubelint_lb.deploy.tree import paused_collector
from kubelint_lb.engine.diff.change import Comparison
from kubelint_lb.engine.diff.compare import compare
from kubelint_lb.engine.diff.trees import WORK_TREE
from kubelint_lb.engine.live.cluster_run import ClusterRun
from kubelint_lb.engine.live.in_git import InGit, read_git
from kubelint_lb.engine.reading import Reading
from kubelint_lb.kube.kinds import KINDS, POD_TEMPLATES, GroupKind
from kubelint_lb.kube.namespaces import compatible
from kubelint_lb.kube.scopes import is_cluster_scoped
from kubelint_lb.kube.values import mappings, name_text
from kubelint_lb.render.origin import located
from kubelint_lb.settings.errors import UsageError
from kubelint_lb.traffic.world import worlds_of

if TYPE_CHECKING:
    from kubelint_lb.cluster.read import Live
    from kubelint_lb.deploy.plan import Plan
    from kubelint_lb.kube.manifest import Manifest
    from kubelint_lb.settings.settings import Settings

_SERVICE = KINDS["Service"]


class Compared(NamedTuple):
    """What applying the files would change, and what could not be looked at."""

    comparison: Comparison
    notices: tuple[str, ...]


def compare_cluster(context: str | None, namespace: str | None, paths: Sequence[str], settings: Settings) -> Compared:
    """What changes from a cluster as it is to the cluster with the objects of some files.

    What the files do not define stays as it is: applying them removes nothing. Raises UsageError where the cluster does not
    answer, where the files hold variants of one object, and as `lint` does for the paths.
    """
    with paused_collector():
        settings = settings._replace(baseline=None)
        in_git = read_git(paths, settings)
        pod_templates = {**POD_TEMPLATES, **settings.workloads}
        live = read_cluster(Kubectl(context, namespace), pod_templates, frozenset(_node_ports(in_git)))
        run = ClusterRun(settings, live, in_git)
        plan = run.read().plan
        changed = _applied(plan, _landing(in_git, plan, live))
        name = f"the cluster {live.context}"
        found = compare(Reading(run, worlds_of(plan)), Reading(run, worlds_of(changed)), name, WORK_TREE)
        return Compared(found, live.notices)


def _node_ports(in_git: InGit) -> Iterator[str]:
    """The node ports that somebody chose; the API server allocates others."""
    for one in in_git.manifests:
        if one.identity == _SERVICE:
            for port in mappings(one.node.get("spec", "ports")):
                number = name_text(port.get("nodePort"))
                if number is not None:
                    yield number


def _landing(in_git: InGit, plan: Plan, live: Live) -> list[Manifest]:
    """The objects of the files where they would land in the cluster. Raises UsageError where that is not one object each."""
    there = [one for landed in plan.landed for one in landed.unit.manifests]
    found: dict[tuple[GroupKind, str | None, str], Manifest] = {}
    for one in in_git.manifests:
        if not one.name or one.identity in live.unread or one.view_name in LEFT_OUT:
            continue
        manifest = one.put_into(_namespace(one, there, live))
        if live.namespace is not None and manifest.namespace not in {None, live.namespace}:
            continue
        key = (manifest.identity, manifest.namespace, manifest.name)
        other = found.setdefault(key, manifest)
        if other is not manifest and _place(other) != _place(manifest):
            raise UsageError(
                f"diff --cluster: {manifest.title} is defined twice, in {_place(other)} and in {_place(manifest)}: "
                f"name only the files that are for this cluster"
            )
    return list(found.values())


def _place(manifest: Manifest) -> str:
    place = located(manifest.name_node)
    return f"{place.path}:{place.span.line}"


def _namespace(manifest: Manifest, there: Iterable[Manifest], live: Live) -> str | None:
    """That which is written, else that of the one object in the cluster that can be meant, else what kubectl would take."""
    if is_cluster_scoped(*manifest.identity):
        return None
    if manifest.namespace is not None:
        return manifest.namespace
    meant = {
        one.namespace
        for one in there
        if (one.identity, one.name) == (manifest.identity, manifest.name) and compatible(one.namespace, live.namespace)
    }
    return meant.pop() if len(meant) == 1 else live.namespace or "default"


def _applied(plan: Plan, manifests: Sequence[Manifest]) -> Plan:
    """The plan with objects in the place of those that they are, or beside them."""
    new = {(one.identity, one.namespace, one.name) for one in manifests}
    landed = []
    for one in plan.landed:
        kept = (other for other in one.unit.manifests if (other.identity, other.namespace, other.name) not in new)
        landed.append(one._replace(unit=one.unit._replace(manifests=(*kept, *manifests))))
    return plan._replace(landed=tuple(landed))
