"""Pods should not be ready before their load balancer knows them."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, detector, in_metadata, targets_pods

_LABEL = "elbv2.k8s.aws/pod-readiness-gate-inject"


@detector
def check(service: Service, ctx: Context) -> Issues:
    """aws-load-balancer-controller "Pod readiness gate". Said once a Namespace, of its first Service."""
    if not targets_pods(service) or not service.settled or service.namespace is None or not service.selector:
        return
    namespaces = [one for one in ctx.unit.everywhere("Namespace") if one.name == service.namespace]
    if len(namespaces) != 1 or not namespaces[0].settled or namespaces[0].lacks("metadata", "labels", _LABEL) is not True:
        return
    namespace = namespaces[0]
    if ctx.once(("first", namespace.name), lambda: service) is service:
        issue = Issue(namespace.manifest.name_node, "no-label", service=service.title, namespace=namespace.name, label=_LABEL)
        issue = issue.related(service.manifest.name_node, "its targets are pods").about(namespace.manifest)
        yield issue.fix("label the Namespace", in_metadata(namespace, "labels", _LABEL, "enabled"))
