"""A run over what a cluster holds: one unit, complete, with facts that no file has."""

from __future__ import annotations

import re
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING

from kubelint_lb.cluster.read import Live
from kubelint_lb.deploy.clusters import ClusterMap
from kubelint_lb.deploy.landed import Landed
from kubelint_lb.deploy.layout import Layout
from kubelint_lb.deploy.plan import Plan
from kubelint_lb.deploy.scope import Scope
from kubelint_lb.deploy.tree import Sources, Tree, read_tree
from kubelint_lb.deploy.unit import Found, Unit
from kubelint_lb.engine.assemble import position
from kubelint_lb.engine.detect import NOT_RENDERED, Hit
from kubelint_lb.engine.live.conditions import agreed
from kubelint_lb.engine.run import Run, WhatWasRead
from kubelint_lb.engine.suppress import UNUSED, Outcome, Suppressions, directives_of
from kubelint_lb.kube.kinds import POD_TEMPLATES, expand, view_name
from kubelint_lb.kube.stubs import Prefilter
from kubelint_lb.kube.versions import Target

if TYPE_CHECKING:
    from kubelint_lb.catalogue.outline import Outline
    from kubelint_lb.deploy.former import FormerObjects
    from kubelint_lb.engine.live.in_git import InGit
    from kubelint_lb.engine.settle import Settled
    from kubelint_lb.kube.manifest import Manifest
    from kubelint_lb.settings.settings import Settings

# The API server took the object: what rules and messages say that it refuses, it did not.
_ADMITTED = "api_server"
_REFUSED = re.compile(r"API server.*\brefuse|\brefuse.* API server")
# They are about files: what each apply sets back, and comments that hide nothing.
_ABOUT_FILES = frozenset({"hpa-replicas-conflict", "managed-weight-drift", NOT_RENDERED, UNUSED})
# What they miss may be in another namespace: a grant, the pods that a policy lets in, the rest of a host.
_WIDER = frozenset(
    {
        "backend-ref-not-permitted",
        "certificate-ref-not-permitted",
        "custom-route-target-not-found",
        "httpproxy-include-invalid",
        "ingress-host-owned-twice",
        "ingress-nginx-canary-no-primary",
        "kong-upstream",
        "network-policy-blocks-proxy",
        "network-policy-selects-nothing",
        "reference-grant-ineffective",
        "route-without-parent",
    }
)
# Of a class that may not be read the name still says which controller serves it, as in files: only rules about classes need it.
_NAMED, _ABOUT_CLASSES = frozenset({"IngressClass"}), ("ingress-class-", "ingressclass-", "ingress-default-class-")
# Namespaces of Kubernetes itself, and of platforms that keep their own things there.
_SYSTEM = ("kube-*", "openshift-*", "gke-*", "gmp-*", "aks-*")


class ClusterRun(Run):
    """One run over a cluster. `in_git`: the files that define some of its objects, where they were given."""

    def __init__(self, settings: Settings, live: Live, in_git: InGit | None = None) -> None:
        self._live, self._in_git = live, in_git
        self._pod_templates = {**POD_TEMPLATES, **settings.workloads}
        root = in_git.root if in_git is not None else settings.root
        if root is None:
            raise ValueError("the settings of a cluster's run name a root")
        super().__init__(_of_cluster(settings, live), Scope(root, frozenset(), ("",)))
        unread = frozenset(name for one in live.unread if (name := view_name(one)) is not None)
        self.outlines = [one for one in self.outlines if self._can_tell(one, unread)]
        self.enabled = frozenset(one.name for one in self.outlines)

    def _can_tell(self, outline: Outline, unread: frozenset[str]) -> bool:
        if outline.family == _ADMITTED or outline.name in _ABOUT_FILES:
            return False
        if self._live.namespace is not None and outline.name in _WIDER:
            return False
        if not outline.name.startswith(_ABOUT_CLASSES):
            unread = unread - _NAMED
        return unread.isdisjoint((*expand(outline.kinds), *expand(outline.needs)))

    def _read_now(self) -> WhatWasRead:
        texts = self._live.texts
        tree = read_tree(
            Sources(texts, (), prerendered=frozenset(texts)), Prefilter(("Any",), self._pod_templates), self._pod_templates
        )
        if self._in_git is not None:
            tree.sources.update(self._in_git.tree.sources)  # findings point there
        unit = unit_of(self._live, tree, self.settings)
        settings = self.settings
        target = Target(settings.kubernetes_version, settings.gateway_api_version, settings.gateway_api_channel, True)  # noqa: FBT003
        landed = Landed(unit, target, settings.class_controllers, settings.default_ingress_class)
        return WhatWasRead(tree, Plan((landed,), ClusterMap(tree, settings)), None)

    def _hits(self, tree: Tree, plan: Plan, former: FormerObjects | None) -> list[Hit]:
        found = []
        holders = {one.path: one for one in reversed(tree.manifests)}  # the first: a text may hold what is embedded in it, too
        for hit in super()._hits(tree, plan, former):
            message = self.catalogue.rules[hit.rule].messages[hit.issue.key]
            if self._is_of_the_system(hit.issue.owner or hit.handed) or _REFUSED.search(message.text):
                continue
            agreeing = agreed(hit, message.condition)
            if agreeing is not None:
                agreeing = agreeing._replace(issue=agreeing.issue.unfixed())  # there is no file to edit
                if self._in_git is not None:
                    agreeing = self._in_git.moved(agreeing, holders)
                found.append(agreeing)
        return found

    def _suppressed(self, tree: Tree, settled: list[Settled]) -> Outcome:
        """What files say above an object, or in a line of it, holds for the object of the cluster, too."""
        outcome, in_git = super()._suppressed(tree, settled), self._in_git
        if in_git is None:
            return outcome
        written = [
            one if one.owner is None else one._replace(owner=in_git.definition_at(one.owner, one.node.path) or one.owner)
            for one in outcome.kept
        ]
        more = Suppressions(directives_of(in_git.tree), (), self._state, self.today).sift(written)
        return Outcome(more.kept, sorted([*outcome.suppressed, *more.suppressed], key=lambda one: position(one.finding)))

    def _is_of_the_system(self, manifest: Manifest | None) -> bool:
        """Nobody wrote it who could be told: something in the cluster made it, or it came with the cluster."""
        if manifest is None:
            return False
        if manifest.path in self._live.made:
            return True
        namespace = manifest.namespace or ""
        if namespace != self._live.namespace and any(fnmatchcase(namespace, one) for one in _SYSTEM):
            return True
        return (namespace, manifest.name) == ("default", "kubernetes")  # the API server's own Service and EndpointSlice


def unit_of(live: Live, tree: Tree, settings: Settings) -> Unit:
    """All that the cluster holds."""
    others = (*(f"{name}/*" for name in live.elsewhere), *live.unseen)
    return Unit(
        live.context,
        tuple(tree.manifests),
        Layout({}, frozenset()),
        Found.CLUSTER,
        complete=True,
        whole=True,
        external=(*settings.external, *others),
        stubs=tuple(tree.stubs),
        files=live.texts.__contains__,
    )


def _of_cluster(settings: Settings, live: Live) -> Settings:
    """The settings less those about files; versions are the cluster's, unless somebody says others."""
    settings = settings._replace(complete=True, render=False, rendered=(), units=(), clusters=(), helm=(), charts=None, crds=())
    if live.kubernetes is not None and not settings.kubernetes_version_set:
        settings = settings._replace(kubernetes_version=live.kubernetes, kubernetes_version_set=True)
    if live.gateway_api is not None and not settings.gateway_api_version_set:
        settings = settings._replace(gateway_api_version=live.gateway_api, gateway_api_version_set=True)
    channel = settings.gateway_api_channel or live.gateway_api_channel
    return settings._replace(gateway_api_channel=channel, notices=(*settings.notices, *live.notices))
