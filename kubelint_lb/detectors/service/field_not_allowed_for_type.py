"""Fields that the API server refuses on a Service of another type."""

from kubelint_lb.detectors.api import (
    Context,
    Issue,
    Issues,
    MappingNode,
    Node,
    Scalar,
    Sequence,
    Service,
    detector,
    integer,
    is_dns_subdomain,
    is_open,
    taken_out,
    text,
)

_TYPES = frozenset({"ClusterIP", "NodePort", "LoadBalancer", "ExternalName"})
_RANGES = "service.beta.kubernetes.io/load-balancer-source-ranges"
_LOAD_BALANCER_ONLY = ("loadBalancerSourceRanges", "allocateLoadBalancerNodePorts", "loadBalancerClass")
_NOT_EXTERNAL_NAME = ("clusterIP", "clusterIPs", "ipFamilies", "ipFamilyPolicy")

# Of these the field is missing, or its value is wrong.
_NEEDED = frozenset({"no-external-name", "external-name-invalid"})


@detector
def check(service: Service, ctx: Context) -> Issues:
    """What ValidateService refuses at creation (kubernetes `pkg/apis/core/validation`)."""
    del ctx
    written = service.at("spec", "type")
    if (
        service.type not in _TYPES
        or (written is not None and text(written) not in {*_TYPES, ""})
        or service.lacks("spec", "type") is None
    ):
        return
    for issue in _issues(service):
        field = str(issue.words["field"])
        edit = taken_out(service, "spec", field) if issue.key not in _NEEDED else None
        issue = issue.fix(f"take {field} out", edit)
        yield issue.related(written, "the type") if written is not None else issue


def _issues(service: Service) -> Issues:
    yield from _policy(service)
    if service.type == "ClusterIP":
        for port in service.ports:
            if port.node_port:
                yield _refused(service, port.at("nodePort"), "node-port", "nodePort")
    if service.type != "LoadBalancer":
        yield from _load_balancer_fields(service)
    if service.external_name:
        for field in _NOT_EXTERNAL_NAME:
            if (node := service.at("spec", field)) is not None and _says_something(node):
                yield _refused(service, _start(service, field, node), "external-name", field)
        yield from _external_name(service)


def _policy(service: Service) -> Issues:
    policy = service.at("spec", "externalTrafficPolicy")
    if isinstance(service.at("spec", "externalIPs"), Scalar):
        return  # filled in later: with addresses, the policy is legal
    if policy is not None and _says_something(policy) and not service.externally_accessible:
        yield _refused(service, policy, "external-policy", "externalTrafficPolicy")
    health = service.at("spec", "healthCheckNodePort")
    local = service.external_policy not in {"Cluster", None}
    if health is not None and integer(health) and not (service.type == "LoadBalancer" and local):
        yield _refused(service, health, "health-check", "healthCheckNodePort")


def _load_balancer_fields(service: Service) -> Issues:
    for field in _LOAD_BALANCER_ONLY:
        node = service.at("spec", field)
        if node is not None and _says_something(node):
            yield _refused(service, _start(service, field, node), "load-balancer-only", field)
    annotation = service.annotation(_RANGES)
    if annotation is not None and _says_something(annotation):
        yield _refused(service, annotation, "load-balancer-only", _RANGES)
    address = service.at("spec", "loadBalancerIP")
    if address is not None and _says_something(address):
        yield _refused(service, address, "ignored", "loadBalancerIP")


def _external_name(service: Service) -> Issues:
    node = service.at("spec", "externalName")
    name = text(node)
    if node is None or name == "":
        if service.settled:
            yield _refused(service, service.place("spec", "type"), "no-external-name", "externalName")
    elif name is not None and not is_open(name) and not is_dns_subdomain(name.removesuffix(".")):
        yield _refused(service, node, "external-name-invalid", name)


def _refused(service: Service, node: Node, key: str, field: str) -> Issue:
    return Issue(node, key, service=service.title, type=service.type, field=field)


def _says_something(node: Node) -> bool:
    """Neither empty nor filled in later (perhaps with nothing)."""
    if isinstance(node, Scalar):
        return bool(node.text) and not is_open(node.text)
    if isinstance(node, Sequence):
        return bool(node.items)
    return isinstance(node, MappingNode) and bool(node.entries)


def _start(service: Service, field: str, node: Node) -> Node:
    """A list is named by its key: its values are not what is wrong."""
    return (service.key_at("spec", field) or node) if isinstance(node, Sequence) else node
