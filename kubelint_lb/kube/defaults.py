"""What the API server fills in where nothing is written.

Source: kubernetes v1.34 `pkg/apis/{core,apps,networking}/v1/defaults.go`; the Gateway API's CRDs.
"""

from __future__ import annotations

from typing import Any

POD: dict[str, Any] = {
    "restartPolicy": "Always",
    "terminationGracePeriodSeconds": 30,
    "dnsPolicy": "ClusterFirst",
    "securityContext": {},
    "schedulerName": "default-scheduler",
    "enableServiceLinks": True,
}
CONTAINER: dict[str, Any] = {
    "resources": {},
    "terminationMessagePath": "/dev/termination-log",
    "terminationMessagePolicy": "File",
}
# Of every type; and of some, each by its field.
SERVICE: dict[str, Any] = {"type": "ClusterIP", "sessionAffinity": "None"}
INTERNAL: dict[str, Any] = {"internalTrafficPolicy": "Cluster"}
EXTERNAL: dict[str, Any] = {"externalTrafficPolicy": "Cluster"}
LOAD_BALANCER: dict[str, Any] = {"allocateLoadBalancerNodePorts": True}
PORT: dict[str, Any] = {"protocol": "TCP"}
PARENT: dict[str, Any] = {"group": "gateway.networking.k8s.io", "kind": "Gateway"}
BACKEND: dict[str, Any] = {"group": "", "kind": "Service"}
WEIGHT: dict[str, Any] = {"weight": 1}
MATCH: dict[str, Any] = {"path": {"type": "PathPrefix", "value": "/"}}


def maps(value: object) -> list[dict[str, Any]]:
    """The maps of a list of plain data; none of anything else."""
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []
