"""MetalLB reads addresses in one place."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, address, detector, replace_node

_NAME, _OLD = "metallb.io/loadBalancerIPs", "metallb.universe.tf/"


@detector
def check(service: Service, _ctx: Context) -> Issues:
    """metallb `controller/service.go`."""
    node = service.annotation(_NAME) or service.annotation(f"{_OLD}loadBalancerIPs")
    if node is not None and not node.unknown:
        field = service.at("spec", "loadBalancerIP")
        wrong = next((one.strip() for one in node.text.split(",") if address(one.strip()) is None), None)
        if wrong is not None:
            yield Issue(node, "no-address", service=service.title, value=wrong)
        elif field is not None:
            yield Issue(node, "both", service=service.title).related(field, "the field")
    for name in service.annotations:
        old = service.annotation(name) if name.startswith(_OLD) else None
        if old is not None:
            issue = Issue(old, "old-prefix", service=service.title, name=name)
            key = service.key_at("metadata", "annotations", name)
            yield issue.fix("write the new prefix", replace_node(key, f"metallb.io/{name.removeprefix(_OLD)}") if key else None)
            return
