"""What the API server refuses of the objects of a unit, worked out once for each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kubelint_lb.kube.kinds import BUILT_IN_WORKLOADS, ROUTES, VENDOR_KINDS
from kubelint_lb.kube.validation.findings import Servers
from kubelint_lb.kube.validation.refusals import violations
from kubelint_lb.kube.validation.violation import Reason, Violation
from kubelint_lb.kube.values import present
from kubelint_lb.kube.versions import Version
from kubelint_lb.kube.view import View
from kubelint_lb.kube.workload import Workload
from kubelint_lb.source.node import Scalar
from kubelint_lb.traffic.objects import Objects

if TYPE_CHECKING:
    from kubelint_lb.kube.definitions import Definitions

# The releases of Kubernetes that the schemas are made of: what all of them refuse is refused where nobody says which one it is.
_SUPPORTED = Servers(Version(1, 34), Version(1, 37))
_WITH_SPEC = frozenset(
    {
        "Service",
        "Ingress",
        "NetworkPolicy",
        "PodDisruptionBudget",
        "HorizontalPodAutoscaler",
        "Gateway",
        *ROUTES,
        *BUILT_IN_WORKLOADS,
    }
)
_WITH_SELECTOR = frozenset({"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet"})


# A spec without any of these is no more than a patch.
_SPOKEN_OF = {
    "CronJob": ("schedule", "jobTemplate"),
    "Gateway": ("gatewayClassName", "listeners"),
    "HorizontalPodAutoscaler": ("scaleTargetRef", "maxReplicas"),
}


def is_fragment(view: View) -> bool:
    """What a patch would be that nothing in the tree applies: labels or annotations without a spec, or a kind of the repository's
    own without one (samples are scaffolded like that); a spec that does not say what its kind is there for; or a workload without
    two of its selector, its pods' labels and an image for each container. One alone is a mistake."""
    spec = view.spec
    if spec is None:
        custom = view.manifest.view_name is None or view.manifest.view_name in VENDOR_KINDS
        return custom or (view.kind in _WITH_SPEC and not view.bare_metadata)
    needed = _SPOKEN_OF.get(view.kind)
    if needed is not None:
        return all(present(spec.get(field)) is None for field in needed)
    if view.kind == "Ingress":
        return len(list(spec.keys())) == 1 and spec.get("rules") is None and spec.get("defaultBackend") is None
    if not isinstance(view, Workload) or view.kind not in _WITH_SELECTOR:
        return False
    selector = present(spec.get("selector"))
    if view.template is None:
        return selector is None
    containers = view.template.containers
    without = (
        selector is None,
        present(view.template.node.get("metadata", "labels")) is None,
        not containers or any(present(one.node.get("image")) is None for one in containers),
    )
    return without.count(True) > 1


class Refusals:
    """The violations of objects."""

    def __init__(self, unit: Objects) -> None:
        del unit
        self._known: dict[tuple[int, Version | None, str | None], tuple[Violation, ...]] = {}

    def of_view(
        self, view: View, server: Version | None, channel: str | None, definitions: Definitions | None = None
    ) -> tuple[Violation, ...]:
        """What is refused of an object, by the version of the cluster and the channel of its Gateway API if they are known, and
        by the repository's own definitions; nothing of an object that is encrypted, or of a kind or version that nobody
        knows."""
        key = (id(view.manifest), server, channel)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = _refusals(view, server, channel, definitions)
        return found


def _refusals(view: View, server: Version | None, channel: str | None, definitions: Definitions | None) -> tuple[Violation, ...]:
    api_version = view.manifest.node.get("apiVersion")
    if not isinstance(api_version, Scalar) or view.manifest.encrypted:
        return ()
    servers = Servers(server, server) if server is not None else _SUPPORTED
    settled = view.settled and not is_fragment(view)
    defined = definitions.schemas if definitions is not None else None
    found = violations(
        view.manifest.node, api_version.text, view.kind, servers, channel=channel, settled=settled, defined=defined
    )
    if view.manifest.patched:  # a value that is wrong may be there to be replaced; no patch makes a field known
        return tuple(one for one in found if one.reason is Reason.UNKNOWN)
    return found
