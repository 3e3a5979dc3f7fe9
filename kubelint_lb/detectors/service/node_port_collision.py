"""A node port belongs to one Service of the whole cluster."""

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    NodePortClaim,
    Service,
    claims_of,
    compatible,
    detector,
    without_node_port,
)


@detector
def check(service: Service, ctx: Context) -> Issues:
    """Reported at the Service that comes later in the files: the other one may have the port."""
    for claim in claims_of(service):
        others = [other for other in ctx.node_port_claims(claim.number) if _is_before(other, claim)]
        if not others:
            continue
        own = next((other for other in others if other.service is service), None)
        if own is not None:
            issue = Issue(claim.node, "own-health-check", service=service.title, port=claim.number)
            yield _freed(issue.related(own.node, "the same node port"), claim)
            continue
        together = {id(peer) for peer in ctx.peers(service, "Service")}
        first = next((other for other in others if id(other.service) in together and not _may_be_same(other, claim)), None)
        if first is not None:
            issue = Issue(claim.node, "taken", service=service.title, port=claim.number, other=first.service.title)
            yield _freed(issue.related(first.node, "the same node port"), claim)


def _freed(issue: Issue, claim: NodePortClaim) -> Issue:
    return issue.fix("leave the number to the cluster", without_node_port(claim))


def _is_before(other: NodePortClaim, claim: NodePortClaim) -> bool:
    return other.node is not claim.node and _order(other) < _order(claim)


def _order(claim: NodePortClaim) -> tuple[str, int, int]:
    span = claim.node.span
    return (claim.node.path, span.line, span.column)


def _may_be_same(other: NodePortClaim, claim: NodePortClaim) -> bool:
    """One Service, written twice: with and without its namespace."""
    left, right = other.service, claim.service
    return left.name == right.name and compatible(left.namespace, right.namespace)
