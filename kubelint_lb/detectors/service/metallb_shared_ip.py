"""One address for two Services, where they agree on it."""

from __future__ import annotations

from collections import defaultdict

from kubelint_lb.detectors.api import Context, Issue, Issues, Scalar, Service, detector

_PREFIXES = ("metallb.io/", "metallb.universe.tf/")


@detector
def check(service: Service, ctx: Context) -> Issues:
    """metallb `internal/allocator/allocator.go`, `internal/k8salloc/k8salloc.go`. Reported at the Service that is read second."""
    node = _annotation(service, "loadBalancerIPs")
    if node is None or node.unknown or service.type != "LoadBalancer":
        return
    by_address = ctx.once("requested addresses", lambda: _by_address(ctx))
    for address in _addresses(node):
        for other in by_address[address]:
            theirs = _annotation(other, "loadBalancerIPs")
            key = _key(service, other) if other.is_before(service) and ctx.lands_with(service, other) else ""
            if key and theirs is not None:
                words = {"other": other.title, "address": address, **({"port": _port(service, other)} if key == "port" else {})}
                yield Issue(node, key, service=service.title, **words).related(theirs, "the same address")
                return


def _by_address(ctx: Context) -> dict[str, list[Service]]:
    found: dict[str, list[Service]] = defaultdict(list)
    for one in ctx.all("Service"):
        node = _annotation(one, "loadBalancerIPs") if isinstance(one, Service) else None
        for address in _addresses(node) if node is not None else ():
            if isinstance(one, Service):
                found[address].append(one)
    return found


def _addresses(node: Scalar) -> list[str]:
    return [one.strip() for one in node.text.split(",")]


def _annotation(service: Service, name: str) -> Scalar | None:
    return next((found for prefix in _PREFIXES if (found := service.annotation(prefix + name)) is not None), None)


def _key(service: Service, other: Service) -> str:
    """Why they cannot share it; empty where they can, or may."""
    keys = [_annotation(one, "allow-shared-ip") for one in (service, other)]
    if any(key is not None and key.unknown for key in keys):
        return ""
    texts = [key.text if key is not None else "" for key in keys]
    if not texts[0] or texts[0] != texts[1]:
        return "no-key"
    if _port(service, other):
        return "port"
    policies = {service.external_policy, other.external_policy}
    return "policy" if "Local" in policies and (len(policies) > 1 or service.selector != other.selector) else ""


def _port(service: Service, other: Service) -> str:
    theirs = {(one.port, one.protocol) for one in other.ports}
    return next((str(one.port) for one in service.ports if (one.port, one.protocol) in theirs), "")
