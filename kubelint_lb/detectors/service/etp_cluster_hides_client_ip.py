"""A node that passes on a connection puts its own address on it."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    Scalar,
    Service,
    detector,
    mappings,
    reaches_pods,
    serving,
    with_entry,
)

# Addresses of clusters and their nodes lie in these, mostly.
_PRIVATE = ("10.", "172.16.", "172.17.", "172.2", "172.3", "192.168.", "100.64.", "fd", "0.", "::")


@detector
def check(service: Service, ctx: Context) -> Issues:
    """The docs' "Using Source IP" (kubernetes docs)."""
    groups = serving(ctx.select(service))
    if service.external_policy != "Cluster" or service.type == "ClusterIP" or len(groups) != 1 or reaches_pods(service):
        return
    isolation = ctx.isolation(groups[0][0])
    for policy in isolation.policies if isolation is not None else ():
        for rule in mappings(policy.at("spec", "ingress")):
            for peer in mappings(rule.get("from")):
                node = peer.get("ipBlock", "cidr")
                if isinstance(node, Scalar) and not node.unknown and not node.text.startswith(_PRIVATE):
                    words = {"policy": policy.title, "range": node.text}
                    issue = Issue(service.place("spec", "type"), "policy", service=service.title, **words).related(
                        node, "clients"
                    )
                    yield issue.fix("write the policy Local", with_entry(service.spec, "externalTrafficPolicy", "Local"))
                    return
