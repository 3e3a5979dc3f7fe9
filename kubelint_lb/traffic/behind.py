"""What stands behind a Service: its port on the pods, and the workloads that it selects."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kubelint_lb.kube.service import Service, ServicePort
from kubelint_lb.kube.workload import Replicas, Workload
from kubelint_lb.traffic.objects import Objects
from kubelint_lb.traffic.request import Step, subject_of
from kubelint_lb.traffic.resolve import State
from kubelint_lb.traffic.scaling import Scaling
from kubelint_lb.traffic.selection import Selector


class Behind:
    """The last hops of a request."""

    def __init__(self, unit: Objects) -> None:
        self._selector = unit.of(Selector)
        self._scaling = unit.of(Scaling)

    def steps(self, service: Service, ports: Iterable[ServicePort]) -> Iterator[Step]:
        """The Service, by the ports that are asked for, and its workloads."""
        for port in ports:
            text = f"port {port.port} leads to {port.target} on the pods"
            yield Step("service", subject_of(service), port.at("port"), text)
        if service.external_name:
            yield Step("service", subject_of(service), service.place("spec", "externalName"), "is a name outside of the cluster")
        for workload in self._selector.select(service).workloads:
            yield Step("pods", subject_of(workload), workload.manifest.name_node, _count(self._scaling.replicas(workload)))

    def lost(self, service: Service) -> str:
        """Why a Service surely has no endpoints, in words; empty where it has some, or may."""
        if service.external_name or not service.settled:
            return ""
        selection = self._selector.select(service)
        if selection.state is State.MISSING:
            return "its selector matches no pods"
        if selection.groups and all(self._has_none(one) for one in selection.workloads):
            return "its workloads have no replicas"
        return ""

    def _has_none(self, workload: Workload) -> bool:
        replicas = self._scaling.replicas(workload)
        return replicas.known and replicas.high == 0 and not workload.manifest.patched


def _count(replicas: Replicas) -> str:
    low, high = replicas.low, replicas.high
    if not replicas.known:
        return "an unknown number of pods"
    return "1 pod" if low == high == 1 else f"{low} pods" if low == high else f"{low} to {high} pods"
