"""New pods get no clients who are kept elsewhere."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, serving, sticks


@detector
def check(service: Service, ctx: Context) -> Issues:
    """kube-proxy's session affinity (kubernetes docs "Virtual IPs and Service Proxies"); longhorn#7399."""
    if not sticks(service) or service.headless or service.external_name:
        return
    for group in serving(ctx.select(service)):
        autoscaler = ctx.autoscaler(group[0])
        if autoscaler is not None and autoscaler.replicas.known and autoscaler.replicas.high > max(autoscaler.replicas.low, 1):
            words = {"service": service.title, "autoscaler": autoscaler.title}
            issue = Issue(service.place("spec", "sessionAffinity"), "autoscaler", **words)
            yield issue.related(autoscaler.manifest.name_node, "the autoscaler")
            return
