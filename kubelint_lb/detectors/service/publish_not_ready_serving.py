"""Traffic should go to pods that are ready."""

from __future__ import annotations

from kubelint_lb.detectors.api import Context, Issue, Issues, Service, boolean, detector, taken_out


@detector
def check(service: Service, ctx: Context) -> Issues:
    """ServiceSpec.PublishNotReadyAddresses (kubernetes `core/v1`)."""
    node = service.at("spec", "publishNotReadyAddresses")
    if node is None or boolean(node) is not True:
        return
    front = next(iter(ctx.fronts(service)), None)
    if front is not None:
        issue = Issue(node, "serving", service=service.title, front=front.view.title)
        issue = issue.related(front.reference.node, "sends traffic to it")
        yield issue.fix("publish ready pods only", taken_out(service, "spec", "publishNotReadyAddresses"))
    elif service.is_exposed:
        issue = Issue(node, "outside", service=service.title).related(service.place("spec", "type"), "from outside")
        yield issue.fix("publish ready pods only", taken_out(service, "spec", "publishNotReadyAddresses"))
