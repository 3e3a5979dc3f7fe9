"""A policy needs the Service, and the port, that it is for."""

from __future__ import annotations

from kubelint_lb.detectors.api import (
    KINDS,
    BackendTLSPolicy,
    Context,
    Issue,
    Issues,
    PolicyTarget,
    Service,
    detector,
    is_open,
    missing,
)


@detector
def check(policy: BackendTLSPolicy, ctx: Context) -> Issues:
    """LocalPolicyTargetReferenceWithSectionName (gateway-api `apis/v1/policy_types.go`): the name of a Service's port."""
    for target in policy.targets:
        reference = target.reference
        if reference.target != KINDS["Service"]:
            continue
        service = f"{reference.namespace}/{reference.name}" if reference.namespace else reference.name
        yield from missing(ctx, reference, service=service, policy=policy.title)
        services = [one for one in ctx.resolve(reference).targets if isinstance(one, Service)]
        section = target.section_name
        if section and services and not is_open(section) and all(_lacks(one, section) for one in services):
            yield _no_section(policy, target, services[0], section)


def _lacks(service: Service, section: str) -> bool:
    return service.settled and bool(service.ports) and not any(one.name == section or is_open(one.name) for one in service.ports)


def _no_section(policy: BackendTLSPolicy, target: PolicyTarget, service: Service, section: str) -> Issue:
    node = target.node.get("sectionName") or target.reference.node
    words = {"policy": policy.title, "section": section, "service": service.title}
    if section.isdigit():
        issue = Issue(node, "number", **words)
    else:
        issue = Issue(node, "no-section", ports=", ".join(one.name or "one without a name" for one in service.ports), **words)
    return issue.related(service.ports[0].at("name"), "a port of the Service")
