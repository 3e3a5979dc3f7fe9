"""Traffic of a controller comes from its own namespace."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Front, Isolation, Issue, Issues, Service, detector, sole_workload, string_map

_CONTROLLERS = ("ingress", "gateway", "proxy", "nginx", "traefik", "envoy", "haproxy", "kong", "contour")


@detector
def check(service: Service, ctx: Context) -> Issues:
    """NetworkPolicyPeer (kubernetes `networking/v1`): a podSelector alone is for the policy's own namespace (kubernetes#112467).
    A controller in that namespace, and one that runs on the nodes, gets through: its workload or its Gateway is then here."""
    fronts = ctx.fronts(service)
    workload = sole_workload(ctx.select(service)) if fronts else None
    if workload is None or service.namespace is None:
        return
    isolation = ctx.isolation(workload)
    if isolation is None or not (isolation.is_meant or ctx.complete or _names_a_controller(isolation)):
        return
    if all(source.lets_others_in is False for source in isolation.sources) and not _may_be_here(service, ctx):
        yield _issue(service, fronts[0], isolation)


def _names_a_controller(isolation: Isolation) -> bool:
    """Some policy is written to let a controller in: its labels say so."""
    labels = (string_map(one.pods.get("matchLabels")) for one in isolation.sources if one.pods is not None)
    return any(word in value for pairs in labels for value in pairs.values() for word in _CONTROLLERS)


def _may_be_here(service: Service, ctx: Context) -> bool:
    """What sends the traffic may run in the Service's namespace: its class, its Gateway or its workload is there."""
    if ctx.is_open(service, service.namespace):
        return True
    names = (one.name for one in ctx.unit.everywhere("Workload", "Gateway") if one.namespace == service.namespace)
    return any(word in name for name in names for word in _CONTROLLERS)


def _issue(service: Service, front: Front, isolation: Isolation) -> Issue:
    words = {"front": front.view.title, "service": service.title}
    labelled = (one for one in isolation.sources if one.pods is not None and one.pods.get("matchLabels") is not None)
    meant = next((one for one in labelled if string_map(one.pods.get("matchLabels") if one.pods is not None else None)), None)
    labels = string_map(meant.pods.get("matchLabels")) if meant is not None and meant.pods is not None else {}
    if meant is not None and meant.pods is not None and labels:
        shown = ", ".join(f"{key}={value}" for key, value in labels.items())
        issue = Issue(meant.node or meant.pods, "own-namespace", policy=meant.policy.title, labels=shown, **words)
        issue = issue.about(meant.policy.manifest).related(service.manifest.name_node, "the Service of these pods")
    else:
        issue = Issue(service.manifest.name_node, "nobody", namespace=service.namespace or "", **words)
        issue = issue.related(isolation.policies[0].manifest.name_node, "a policy for these pods")
    return issue.related(front.reference.node, "sends traffic to the Service")
