"""What operators make of kinds whose Services and pods are not called after the object: `prometheus-operated`, `vmsingle-main`.

The groups of these kinds hold others that make nothing (a ServiceMonitor, an AppProject), so the group says nothing of a name.
Sources: prometheus-operator's API reference (`serviceName`, `podMetadata`), VictoriaMetrics operator's `PrefixedName` and
`SelectorLabels`, argo-events' reconcilers, argocd-operator's `newServiceWithSuffix`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from kubelint_lb.kube.kinds import GroupKind
from kubelint_lb.kube.labels import pair_matches
from kubelint_lb.kube.manifest import Manifest
from kubelint_lb.kube.namespaces import compatible
from kubelint_lb.kube.stubs import ObjectStub
from kubelint_lb.source.placeholder import has_placeholder, may_equal
from kubelint_lb.traffic.objects import Objects

# A look at a document without parsing it sees a placeholder by half (`${NAME`): what is no name of an object may become any.
_SETTLED = re.compile(r"[a-z0-9.-]+")
_ANY = "${NAME}"

_NAME, _INSTANCE = "app.kubernetes.io/name", "app.kubernetes.io/instance"


class Made(NamedTuple):
    """The Services of one object, and what is known of the labels of its pods, each kind of pods for itself; `{}` is its name.

    The pods may have more labels than these, but no other values of these.
    """

    services: tuple[str, ...]
    pods: tuple[Mapping[str, str], ...]


def _monitoring(program: str, *keys: str) -> Made:
    """`keys`: labels with the object's name. `app` was there in old versions; today it may be the user's own."""
    names = dict.fromkeys((_INSTANCE, *keys), "{}")
    return Made((f"{program}-operated",), ({_NAME: program, **names}, {_NAME: program, "app": program, **names}))


def _victoria(*programs: str) -> Made:
    """A balancer's Service has only the first word of its label."""
    services = tuple(f"{program.partition('-')[0]}-{{}}" for program in programs)
    return Made(services, tuple({_NAME: program, _INSTANCE: "{}"} for program in programs))


def _parts(*suffixes: str) -> Made:
    names = tuple(f"{{}}-{suffix}" for suffix in suffixes)
    return Made(names, tuple({_NAME: name} for name in names))


_MADE: dict[GroupKind, Made] = {
    GroupKind("monitoring.coreos.com", "Prometheus"): _monitoring("prometheus", "prometheus", "operator.prometheus.io/name"),
    GroupKind("monitoring.coreos.com", "PrometheusAgent"): _monitoring("prometheus-agent", "operator.prometheus.io/name"),
    GroupKind("monitoring.coreos.com", "Alertmanager"): _monitoring("alertmanager", "alertmanager"),
    GroupKind("monitoring.coreos.com", "ThanosRuler"): _monitoring("thanos-ruler", "thanos-ruler"),
}
_MADE |= {
    GroupKind("operator.victoriametrics.com", kind): _victoria(*programs)
    for kind, programs in {
        "VMSingle": ("vmsingle",),
        "VMCluster": ("vmselect", "vminsert", "vmstorage", "vmclusterlb-vmauth-balancer"),
        "VMAgent": ("vmagent",),
        "VMAlert": ("vmalert",),
        "VMAlertmanager": ("vmalertmanager",),
        "VMAuth": ("vmauth",),
        "VLogs": ("vlogs",),
        "VLSingle": ("vlsingle",),
        "VLCluster": ("vlselect", "vlinsert", "vlstorage", "vlclusterlb-vmauth-balancer"),
    }.items()
}
_ARGO_CD = (
    "applicationset-controller",
    "dex-server",
    "grafana",
    "metrics",
    "notifications-controller",
    "redis",
    "redis-ha",
    "redis-ha-haproxy",
    "repo-server",
    "server",
    "server-metrics",
)
_MADE |= {
    GroupKind("argoproj.io", "ArgoCD"): _parts(*_ARGO_CD),
    GroupKind("argoproj.io", "EventSource"): Made(
        ("{}-eventsource-svc",), ({"eventsource-name": "{}", "owner-name": "{}", "controller": "eventsource-controller"},)
    ),
    GroupKind("argoproj.io", "EventBus"): Made(
        ("eventbus-{}-js-svc", "eventbus-{}-stan-svc"), ({"eventbus-name": "{}", "controller": "eventbus-controller"},)
    ),
}


class _Pods(NamedTuple):
    namespace: str | None
    labels: dict[str, str]


class Operated:
    """The Services and pods that operators make of the objects of a unit's cluster."""

    def __init__(self, unit: Objects) -> None:
        self._shared: _Shared = unit.cluster.shared(unit, _Shared)

    def has_service(self, name: str, namespace: str | None) -> bool:
        """An operator makes a Service of this name there, or may."""
        found = (*self._shared.services.get(name, ()), *(one for text, one in self._shared.open if may_equal(text, name)))
        return any(compatible(namespace, other) for other in found)

    def has_pods(self, selector: Mapping[str, str], namespace: str | None) -> bool:
        """An operator makes pods there that a selector may match: what is known of their labels agrees."""
        return any(_agree(selector, one.labels) for one in self._shared.pods if compatible(namespace, one.namespace))


class _Shared:
    """What units that land in one cluster know together."""

    def __init__(self, units: Sequence[Objects]) -> None:
        self.services: dict[str, list[str | None]] = defaultdict(list)
        self.open: list[tuple[str, str | None]] = []
        self.pods: list[_Pods] = []
        for name, namespace, made in _operated(units):
            for template in made.services:
                service = template.replace("{}", name)
                if has_placeholder(service):
                    self.open.append((service, namespace))
                else:
                    self.services[service].append(namespace)
            for labels in made.pods:
                self.pods.append(_Pods(namespace, {key: text.replace("{}", name) for key, text in labels.items()}))


def _operated(units: Sequence[Objects]) -> Iterator[tuple[str, str | None, Made]]:
    for unit in units:
        everything: tuple[Manifest | ObjectStub, ...] = (*unit.manifests, *unit.stubs)
        for one in everything:
            made = _MADE.get(one.identity)
            if made is not None and one.name:
                yield (one.name if _SETTLED.fullmatch(one.name) else _ANY), one.namespace, made


def _agree(selector: Mapping[str, str], labels: Mapping[str, str]) -> bool:
    known = [pair_matches(value, labels, key) for key, value in selector.items() if key in labels]
    return bool(known) and False not in known
