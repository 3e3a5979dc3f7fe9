"""Fields of a Service that do not go together.

Source: kubernetes `pkg/apis/core/validation/validation.go` ValidateService, ValidateServiceClusterIPsRelatedFields;
`pkg/registry/core/service/storage/alloc.go` initIPFamilyFields, which comes first.
"""

from __future__ import annotations

from kubelint_lb.kube.validation.addresses import address, network
from kubelint_lb.kube.validation.findings import Findings
from kubelint_lb.kube.validation.plain import OPEN, Path, Plain, fields, listed, maps, number, word

_TYPES = frozenset({"ClusterIP", "NodePort", "LoadBalancer", "ExternalName"})
_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges"
_LONGEST_AFFINITY = 86400
_KUBELET_PORT = 10250
_ONLY_LOAD_BALANCER = "nothing: it is a field of Services of type LoadBalancer"


def service(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """What the annotations say beside the type; and a Service without a spec."""
    spec = plain.get("spec")
    if spec is None:
        found.required(("spec", "ports"))
    kind = word(fields(spec).get("type"), "ClusterIP")
    annotations = fields(fields(plain.get("metadata")).get("annotations"))
    ranges = annotations.get(_RANGES)
    if not isinstance(ranges, str) or listed(fields(spec).get("loadBalancerSourceRanges")) or spec is OPEN:
        return
    place = ("metadata", "annotations", _RANGES)
    if kind in _TYPES and kind != "LoadBalancer":
        found.conflict(place, _ONLY_LOAD_BALANCER)
    elif ranges.strip() and any(network(one.strip()) is None for one in ranges.split(",")):
        found.value(place, "ranges of addresses with `,` between them")
    del path


def spec(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """A Service's spec."""
    kind = word(plain.get("type"), "ClusterIP")
    ports = plain.get("ports")
    if kind in _TYPES:
        _ports_there(kind, plain, path, found)
        _by_type(kind, plain, path, found)
        _policies(kind, plain, path, found)
        if kind == "ExternalName":
            _external_name(plain, path, found)
        else:
            _addresses(kind, plain, path, found)
    _ports(ports, path, found, kind)
    _affinity(plain, path, found)
    _warnings(kind, plain, path, found)


# The releases that warn first.
_EXTERNAL_IPS_DEPRECATED = 36
_PREFER_CLOSE_DEPRECATED = 36
_ALIAS_OF_ANOTHER_TYPE = 37


def _warnings(kind: str | None, plain: dict[str, Plain], path: Path, found: Findings) -> None:
    """GetWarningsForService (kubernetes `pkg/api/service/warnings.go`)."""
    servers = found.servers
    addresses = listed(plain.get("externalIPs"))
    if kind == "ExternalName":
        if addresses:
            found.warning((*path, "externalIPs"), "it is ignored where the type is ExternalName")
    elif addresses and servers.since(_EXTERNAL_IPS_DEPRECATED):
        found.warning((*path, "externalIPs"), "it is deprecated, and clusters may no longer implement it")
    if (
        kind != "ExternalName"
        and isinstance(plain.get("externalName"), str)
        and plain["externalName"]
        and servers.since(_ALIAS_OF_ANOTHER_TYPE)
    ):
        found.warning((*path, "externalName"), "it is ignored where the type is not ExternalName")
    if plain.get("trafficDistribution") == "PreferClose" and servers.since(_PREFER_CLOSE_DEPRECATED):
        found.warning((*path, "trafficDistribution"), "PreferClose is deprecated, PreferSameZone is its name now")
    if kind in {None, "ExternalName"} or plain.get("clusterIP") != "None":
        return
    if isinstance(plain.get("loadBalancerIP"), str) and plain["loadBalancerIP"]:
        found.warning((*path, "loadBalancerIP"), "it is ignored for headless Services")
    if addresses:
        found.warning((*path, "externalIPs"), "it is ignored for headless Services")
    if plain.get("sessionAffinity") == "ClientIP":
        found.warning((*path, "sessionAffinity"), "it is ignored for headless Services")


def _given(value: Plain) -> bool:
    """Set to something, for sure."""
    return (value is not None and value is not OPEN and value not in ("", [], {}, 0)) or value is False


def _headless(plain: dict[str, Plain]) -> bool | None:
    """`clusterIP: None`; None where it may be."""
    own, several = plain.get("clusterIP"), plain.get("clusterIPs")
    if own is OPEN or several is OPEN or OPEN in listed(several):
        return None
    return several == ["None"] or (not several and own == "None")


def _ports_there(kind: str, plain: dict[str, Plain], path: Path, found: Findings) -> None:
    if plain.get("ports") in (None, []) and kind != "ExternalName" and _headless(plain) is False:
        found.required((*path, "ports"))


def _by_type(kind: str, plain: dict[str, Plain], path: Path, found: Findings) -> None:
    if kind != "LoadBalancer":
        for name in ("loadBalancerSourceRanges", "allocateLoadBalancerNodePorts", "loadBalancerClass"):
            if _given(plain.get(name)):
                found.conflict((*path, name), _ONLY_LOAD_BALANCER)
    if kind in {"NodePort", "LoadBalancer"} and _headless(plain):
        written = "clusterIPs" if listed(plain.get("clusterIPs")) else "clusterIP"
        shown = (*path, written, 0) if written == "clusterIPs" else (*path, written)
        found.conflict((*path, "clusterIPs", 0), f"no address at all (`None`) for a Service of type {kind}", shown=shown)
    for index, port in maps(plain.get("ports")):
        if kind == "ClusterIP" and number(port.get("nodePort")):
            found.conflict((*path, "ports", index, "nodePort"), "no port on the nodes for a Service of type ClusterIP")
        if kind == "LoadBalancer" and port.get("port") == _KUBELET_PORT:
            found.conflict((*path, "ports", index), "port 10250 is the kubelet's: no load balancer may expose it")


def _policies(kind: str, plain: dict[str, Plain], path: Path, found: Findings) -> None:
    outside = plain.get("externalIPs")
    policy = plain.get("externalTrafficPolicy")
    reachable = kind in {"NodePort", "LoadBalancer"} or (kind == "ClusterIP" and bool(listed(outside)))
    if isinstance(policy, str) and policy and not reachable and outside is not OPEN:
        found.conflict((*path, "externalTrafficPolicy"), "nothing: it is a policy of Services that are reached from outside")
    health = number(plain.get("healthCheckNodePort"))
    if health and policy is not OPEN and not (kind == "LoadBalancer" and policy == "Local"):
        found.conflict((*path, "healthCheckNodePort"), "a port for type LoadBalancer with externalTrafficPolicy Local")


def _external_name(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    from kubelint_lb.kube.validation.formats import subdomain

    for name in ("clusterIPs", "ipFamilies", "ipFamilyPolicy"):
        if _given(plain.get(name)):
            found.conflict((*path, name), "nothing in a Service of type ExternalName")
    if _given(plain.get("clusterIP")) and not listed(plain.get("clusterIPs")):
        found.conflict((*path, "clusterIPs"), "nothing in a Service of type ExternalName", shown=(*path, "clusterIP"))
    alias = plain.get("externalName")
    if alias in (None, ""):
        found.required((*path, "externalName"))
    elif isinstance(alias, str):
        words = subdomain(alias.removesuffix("."))
        if words is not None:
            found.value((*path, "externalName"), words)


def _addresses(kind: str, plain: dict[str, Plain], path: Path, found: Findings) -> None:
    own, several, families = plain.get("clusterIP"), plain.get("clusterIPs"), listed(plain.get("ipFamilies"))
    if own is OPEN or several is OPEN or plain.get("ipFamilies") is OPEN:
        return
    addresses = listed(several)
    if addresses:
        if own in (None, ""):
            found.conflict((*path, "clusterIPs"), "no addresses where clusterIP names none")
        elif addresses[0] is not OPEN and addresses[0] != own:
            found.conflict((*path, "clusterIPs"), "addresses of which the first is clusterIP")
    for index, family in enumerate(families):
        if family is not OPEN and family in families[:index]:
            found.duplicate((*path, "ipFamilies", index), family)
    addresses = listed(several) or ([own] if isinstance(own, str) and own else [])
    _several(addresses, families, plain, path, found)
    selects = plain.get("selector")
    if addresses[:1] == ["None"] and not selects:
        return
    policy = plain.get("ipFamilyPolicy")
    if policy in (None, "", "SingleStack"):
        what = "cluster IPs" if len(addresses) == 2 else "IP families" if len(families) == 2 else ""
        if what:
            found.conflict((*path, "ipFamilyPolicy"), f"PreferDualStack or RequireDualStack where there are two {what}")
    del kind


def _several(addresses: list[Plain], families: list[Plain], plain: dict[str, Plain], path: Path, found: Findings) -> None:
    if "None" in addresses and len(addresses) > 1:
        place = (*path, "clusterIPs") if addresses[0] == "None" else (*path, "clusterIPs", addresses.index("None"))
        found.conflict(place, "`None` alone, or addresses")
        return
    if len(addresses) > 2:
        found.conflict((*path, "clusterIPs"), "two addresses at the most")
    read = [address(one) if isinstance(one, str) else None for one in addresses]
    if len(addresses) == 2 and all(read) and len({one.family for one in read if one is not None}) == 1:
        found.conflict((*path, "clusterIPs"), "one address of each family at the most")
    for index, (one, family) in enumerate(zip(read, families, strict=False)):
        if one is not None and isinstance(family, str) and family != f"IPv{one.family}":
            shown = (*path, "clusterIPs", index) if listed(plain.get("clusterIPs")) else (*path, "clusterIP")
            found.conflict((*path, "clusterIPs", index), f"an {family} address, as ipFamilies says", shown=shown)


def _ports(ports: Plain, path: Path, found: Findings, kind: str | None) -> None:
    several = len(listed(ports)) > 1
    names: set[str] = set()
    taken: set[tuple[str, int]] = set()
    nodes: set[tuple[str, int]] = set()
    for index, port in maps(ports):
        place = (*path, "ports", index)
        name = port.get("name")
        if several and name in (None, ""):
            found.required((*place, "name"))
        elif isinstance(name, str) and name:
            if name in names:
                found.duplicate((*place, "name"), name)
            names.add(name)
        protocol = word(port.get("protocol"), "TCP")
        for field, seen, shown in (("port", taken, place), ("nodePort", nodes, (*place, "nodePort"))):
            value = number(port.get(field))
            if value and protocol is not None:
                if (protocol, value) in seen:
                    found.duplicate(shown, f"{protocol} {value}")
                seen.add((protocol, value))
    del kind


def _affinity(plain: dict[str, Plain], path: Path, found: Findings) -> None:
    if plain.get("sessionAffinity") != "ClientIP":
        return
    seconds = number(fields(fields(plain.get("sessionAffinityConfig")).get("clientIP")).get("timeoutSeconds"))
    if seconds is not None and not 0 < seconds <= _LONGEST_AFFINITY:
        found.value((*path, "sessionAffinityConfig", "clientIP", "timeoutSeconds"), f"a number from 1 to {_LONGEST_AFFINITY}")
