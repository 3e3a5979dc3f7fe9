"""A cheap look at a document before it is parsed: is it of a kind that anybody reads?

It may let too much through, never too little. Of what it keeps out it notes what the document is, only so that rules
can stay silent about things that may be made from it.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

from kubelint_lb.kube.carrying import CARRYING_KINDS
from kubelint_lb.kube.kinds import CUSTOM, KINDS, POD_TEMPLATES, GroupKind, PodTemplates, canonical, expand

_TOP_KIND = re.compile(
    r"""^kind:[ \t]+(?:"([A-Za-z0-9]+)"|'([A-Za-z0-9]+)'|([A-Za-z0-9]+))[ \t]*(?:#[^\n]*)?\r?$""", re.MULTILINE
)
# Other things at the start of a line that may say the kind, so that a line which looks like it may be something else.
_ODD = re.compile(r"""^(?:["'!&?*<[]|\{(?!\{)|kind[ \t]*:(?![ \t]+["']?[A-Za-z0-9])|---[ \t]+[^#\s])""", re.MULTILINE)
_WORD = re.compile(r"[A-Za-z0-9]+")
_ESCAPED = re.compile(r"\\[xuU\r\n]|kind[\"']?\s*:\s*[*!&|>]")
_FIELD = r"""["']?{0}["']?\s*:\s*["']?([^\s"',}}#]+)"""
_API_VERSION = re.compile(_FIELD.format("apiVersion"))
_KIND = re.compile(_FIELD.format("kind"))
_METADATA = re.compile(r"""["']?metadata["']?\s*:(.{0,2000})""", re.DOTALL)
_NAME = re.compile(r"""(?:^|[\s{,])["']?name["']?\s*:\s*["']?([^\s"',}#]+)""")
_NAMESPACE = re.compile(r"""(?:^|[\s{,])["']?namespace["']?\s*:\s*["']?([^\s"',}#]+)""")

# Kinds that say what is not in git, read whatever rules run.
ALWAYS = ("HelmRelease", "Application", "ApplicationSet", "FluxKustomization", "FluxInstance", "Canary", "Rollout")
# Characters of a ConfigMap that may be parameters of a policy.
_SMALL = 10_000
# What a rule reads that looks at all objects or documents.
_EVERYTHING = frozenset({"Any", "Document"})
# Groups whose every object is read: they make Services of their own.
_ALWAYS_GROUPS = ("helm.cattle.io", "serving.knative.dev", "serving.kserve.io")

# What is in the ConfigMaps that some rule reads: kube-proxy's settings, Cilium's, and those of ingress-nginx.
_READ_CONFIG_MAPS = (
    "KubeProxyConfiguration",
    "kube-proxy-replacement",
    "ingress-nginx",
    "nginx-configuration",
    "nginx-ingress-controller",
)


class ObjectStub(NamedTuple):
    """What an unparsed document says it is, as well as a look can tell; `text` is that of a small ConfigMap, for who needs it."""

    path: str
    identity: GroupKind
    name: str
    namespace: str | None
    text: str = ""

    @property
    def folder(self) -> str:
        """The folder of its file."""
        return self.path.rpartition("/")[0]


class Prefilter:
    """Decides which documents are parsed, by the view names that rules read, the other kinds with a pod template, and
    those that the repository defines (the groups of each by its name)."""

    def __init__(
        self,
        names: Iterable[str],
        pod_templates: PodTemplates = POD_TEMPLATES,
        defined: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        views = set(expand((*names, *ALWAYS)))
        if not views.isdisjoint(_EVERYTHING):  # what such a rule finds must not depend on which others run
            views.update(KINDS, expand(("Workload",)))
        kinds = {KINDS[name].kind for name in views if name in KINDS}
        if "ExtraWorkload" in views:
            kinds |= {identity.kind for identity in pod_templates}
        if "ListenerSet" in kinds:
            kinds.add("XListenerSet")
        # A ConfigMap is large and seldom of use: only those that a rule can read anything from.
        self._config_maps = "ConfigMap" in kinds or "KubeProxyConfiguration" in kinds
        kinds.discard("ConfigMap")
        self._kinds = frozenset(kinds)
        self._defined = defined if defined is not None and CUSTOM in views else {}

    def __call__(self, text: str) -> bool:
        """Whether to parse a document."""
        found = [match[1] or match[2] or match[3] for match in _TOP_KIND.finditer(text)]
        if found and not _ODD.search(text):
            wanted = any(self._wants(kind, text) for kind in found)
        else:
            wanted = _ESCAPED.search(text) is not None or any(self._wants(word, text) for word in set(_WORD.findall(text)))
        return wanted or any(group in text for group in _ALWAYS_GROUPS) or self._carries(text, found)

    def _carries(self, text: str, kinds: list[str]) -> bool:
        """It may hold wanted objects that it brings to a cluster."""
        if not any(kind in CARRYING_KINDS for kind in kinds or _WORD.findall(text)):
            return False
        return any(self._wants(word, text) for word in set(_WORD.findall(text)))

    def _wants(self, kind: str, text: str) -> bool:
        if kind == "ConfigMap":
            return self._config_maps and any(word in text for word in _READ_CONFIG_MAPS)
        if kind == "Cluster" and self._config_maps and "KubeProxyConfiguration" in text:
            return "kind.x-k8s.io" in text
        return kind in self._kinds or kind.endswith("List") or any(group in text for group in self._defined.get(kind, ()))


def stub(text: str, path: str) -> ObjectStub:
    """What a document says it is."""
    api_version = _first(_API_VERSION, text)
    kind = _first(_TOP_KIND, text) or _first(_KIND, text)
    metadata = _first(_METADATA, text)
    identity = canonical(api_version.rpartition("/")[0], kind)
    kept = text if identity == KINDS["ConfigMap"] and len(text) <= _SMALL else ""
    return ObjectStub(path, identity, _first(_NAME, metadata), _first(_NAMESPACE, metadata) or None, kept)


def _first(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    return next((group for group in match.groups() if group), "") if match else ""
